"""Attire reads fashion photos: garments, parts, pixel outlines and fine-grained attributes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attire.catalog.catalog import Catalog
    from attire.instances import Instances
    from attire.ontology import Ontology
    from attire.predict import Predictor

__version__ = "0.1.0"

__all__ = ["Catalog", "Instances", "Ontology", "Predictor", "__version__"]

_HOMES = {
    "Catalog": "attire.catalog.catalog",
    "Instances": "attire.instances",
    "Ontology": "attire.ontology",
    "Predictor": "attire.predict",
}
_NEEDS = {"Catalog": ("lancedb", "catalog")}
"""Modules that the core does not install, and the extra that does."""


def __getattr__(name: str) -> Any:
    """Import an exported name when it is first used, so that ``import attire`` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'attire' has no attribute {name!r}")
    if name in _NEEDS:
        from attire.extras import require

        require(*_NEEDS[name])
    return getattr(import_module(_HOMES[name]), name)
