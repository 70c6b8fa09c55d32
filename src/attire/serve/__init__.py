"""The service: reading photos and asking the catalogue over HTTP, and a page to do both by hand."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attire.serve.app import create_app
    from attire.serve.settings import Settings

__all__ = ["Settings", "create_app"]

_HOMES = {"Settings": "attire.serve.settings", "create_app": "attire.serve.app"}


def __getattr__(name: str) -> Any:
    """Import an exported name when it is first used: the client takes the schemas and no web framework."""
    if name not in _HOMES:
        raise AttributeError(f"module 'attire.serve' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
