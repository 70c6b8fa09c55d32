"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import (
    catalog,
    docs,
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
from attire.serve.security.keys import Access

__all__ = ["ROUTERS"]

ROUTERS: tuple[tuple[APIRouter, Access], ...] = (
    (health.router, "open"),
    (ontology.router, "read"),
    (predict.router, "read"),
    (search.router, "read"),
    (garments.router, "read"),
    (facets.router, "read"),
    (recommend.router, "read"),
    (trends.router, "read"),
    (catalog.router, "read"),
    (catalog.adding, "write"),
    (docs.router, "open"),
    (page.router, "open"),
)
"""All of them with what they ask for, in the order in which OpenAPI lists them."""
