"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import health, ontology

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (health.router, ontology.router)
"""All of them, in the order in which OpenAPI lists them."""
