"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import health, ontology, page, predict, search

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    predict.router,
    search.router,
    ontology.router,
    page.router,
)
"""All of them, in the order in which OpenAPI lists them."""
