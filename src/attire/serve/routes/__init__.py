"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import (
    catalog,
    facets,
    garments,
    health,
    ontology,
    page,
    predict,
    recommend,
    search,
    trends,
)

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    predict.router,
    search.router,
    garments.router,
    facets.router,
    recommend.router,
    trends.router,
    catalog.router,
    ontology.router,
    page.router,
)
"""All of them, in the order in which OpenAPI lists them."""
