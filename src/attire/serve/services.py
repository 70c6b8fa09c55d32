"""What the routes work with: made once when a process starts, closed when it stops."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from attire.ontology import Ontology
from attire.serve.problems import Problem
from attire.serve.reading import PhotoReader
from attire.serve.settings import Settings

if TYPE_CHECKING:
    from attire.catalog.catalog import Catalog

__all__ = ["CatalogOf", "Services", "ServicesOf", "open_services"]


@dataclass(kw_only=True, eq=False)
class Services:
    """Of one process."""

    settings: Settings
    reader: PhotoReader
    """Reads photos, in batches."""
    catalog: "Catalog | None" = None
    """None where none is served."""
    ready: bool = field(default=False)
    """Whether it takes requests: the network is warm, and it is not stopping."""

    @property
    def ontology(self) -> Ontology:
        """What garments and attributes are named by."""
        return self.reader.predictor.ontology


def open_services(settings: Settings) -> Services:
    """Load the network, and open the catalogue where there is one.

    Raises:
        AttireError: If the model or the catalogue cannot be opened.
    """
    from attire.catalog.catalog import Catalog
    from attire.catalog.store import Store

    reader = PhotoReader.open(settings)
    catalog = None
    if settings.catalog is not None:
        catalog = Catalog(Store.open(settings.catalog), predictor=reader.predictor, encoder=reader.encoder)
    return Services(settings=settings, reader=reader, catalog=catalog)


def _services(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


ServicesOf = Annotated[Services, Depends(_services)]
"""What a route takes to get them."""


def _catalog(services: ServicesOf) -> "Catalog":
    if services.catalog is None:
        raise Problem(404, "No catalogue is served here. Start with one: attire serve --catalog DIR.")
    return services.catalog


CatalogOf = Annotated["Catalog", Depends(_catalog)]
"""What a route takes that asks the catalogue."""
