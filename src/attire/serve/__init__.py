"""The service: reading photos and asking the catalogue over HTTP, and a page to do both by hand."""

from attire.serve.app import create_app
from attire.serve.settings import Settings

__all__ = ["Settings", "create_app"]
