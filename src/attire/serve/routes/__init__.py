"""One file per resource."""

from fastapi import APIRouter

from attire.serve.routes import facets, garments, health, ontology

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (health.router, ontology.router, garments.router, facets.router)
"""All of them, in the order in which OpenAPI lists them."""
