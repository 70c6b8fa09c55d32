"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import catalog, facets, garments, health, ontology, predict, recommend, trends

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    ontology.router,
    predict.router,
    garments.router,
    facets.router,
    recommend.router,
    trends.router,
    catalog.router,
    catalog.adding,
)
"""All of them, in the order in which OpenAPI lists them."""
