"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import health, ontology, predict
from attire.serve.security.keys import Access

__all__ = ["ROUTERS"]

ROUTERS: tuple[tuple[APIRouter, Access], ...] = (
    (health.router, "open"),
    (ontology.router, "read"),
    (predict.router, "read"),
)
"""All of them with what they ask for, in the order in which OpenAPI lists them."""
