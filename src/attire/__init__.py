"""Attire reads fashion photos: garments, parts, pixel outlines and fine-grained attributes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attire.catalog.catalog import Catalog
    from attire.client import AsyncClient, Client
    from attire.instances import Instances
    from attire.ontology import Ontology
    from attire.predict import Predictor

__version__ = "0.1.0"

__all__ = ["AsyncClient", "Catalog", "Client", "Instances", "Ontology", "Predictor", "__version__"]

_HOMES = {
    "AsyncClient": "attire.client",
    "Catalog": "attire.catalog.catalog",
    "Client": "attire.client",
    "Instances": "attire.instances",
    "Ontology": "attire.ontology",
    "Predictor": "attire.predict",
}
_NEEDS = {
    "AsyncClient": ("serve", "httpx", "pydantic"),
    "Catalog": ("catalog", "lancedb"),
    "Client": ("serve", "httpx", "pydantic"),
}
"""Extras that install what the core does not, and the modules that they are needed for."""


def __getattr__(name: str) -> Any:
    """Import an exported name when it is first used, so that ``import attire`` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'attire' has no attribute {name!r}")
    if name in _NEEDS:
        from attire.extras import require

        extra, *modules = _NEEDS[name]
        for module in modules:
            require(module, extra)
    return getattr(import_module(_HOMES[name]), name)
