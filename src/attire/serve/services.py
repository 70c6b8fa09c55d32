"""What the routes work with: made once when a process starts, closed when it stops."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from attire.ontology import Ontology
from attire.serve.batching import Admission
from attire.serve.observability import Metrics
from attire.serve.problems import Problem
from attire.serve.reading import PhotoReader, Reader
from attire.serve.settings import Settings

if TYPE_CHECKING:
    from attire.catalog.catalog import Catalog
    from attire.serve.jobs import Adding

__all__ = ["CatalogOf", "Services", "ServicesOf", "open_services"]


@dataclass(kw_only=True, eq=False)
class Services:
    """Of one process."""

    settings: Settings
    reader: Reader
    """Reads photos."""
    catalog: "Catalog | None" = None
    """None where none is served."""
    adding: "Adding | None" = None
    """Takes photos into the catalogue; None where there is none, or nowhere to keep them."""
    metrics: Metrics = field(default_factory=Metrics)
    """What is counted of its doings."""
    ready: bool = field(default=False)
    """Whether it takes requests: the network is warm, and it is not stopping."""
    admission: Admission = field(init=False)
    """Lets photos in."""

    def __post_init__(self) -> None:
        self.admission = Admission(
            self.settings.queue_size,
            lost=self.metrics.lost,
            changed=self.metrics.held.set,
        )

    @property
    def ontology(self) -> Ontology:
        """What garments and attributes are named by."""
        return self.reader.ontology

    async def start(self) -> None:
        """Begin to take requests, in the running event loop, once the network is warm."""
        await asyncio.to_thread(self.reader.warm_up)
        self.reader.start()
        if self.adding is not None:
            self.adding.start(asyncio.get_running_loop(), busy=lambda: self.admission.inside > 0)
        self.ready = True

    def begin_stop(self) -> None:
        """Let no more photos in; those inside are still read."""
        self.ready = False
        self.admission.close()
        if self.adding is not None:
            self.adding.begin_stop()

    async def stop(self) -> None:
        """End, once what was let in is answered."""
        self.begin_stop()
        if self.adding is not None:
            await self.adding.stop(within_s=self.settings.shutdown_s)
        await self.reader.stop(within_s=self.settings.shutdown_s)


def open_services(
    settings: Settings,
    metrics: Metrics | None = None,
    *,
    open_reader: Callable[[Settings, Metrics], Reader] = PhotoReader.open,
) -> Services:
    """Load the network, and open the catalogue where there is one.

    Args:
        settings: What to open.
        metrics: Where its doings are counted; in new ones if None.
        open_reader: Gives what reads photos; the network is loaded here by default.

    Raises:
        AttireError: If the model or the catalogue cannot be opened.
    """
    from attire.catalog.catalog import Catalog
    from attire.serve.catalogs import HIDDEN, open_adding, open_store

    metrics = metrics or Metrics()
    reader = open_reader(settings, metrics)
    catalog, adding = None, None
    if settings.catalog is not None:
        store = open_store(settings.catalog, reader.encoder)
        catalog = Catalog(store, encoder=reader.encoder, hidden=HIDDEN)
        adding = open_adding(store, reader, settings)
    return Services(settings=settings, reader=reader, catalog=catalog, adding=adding, metrics=metrics)


def _services(request: Request) -> Services:
    services = getattr(request.app.state, "services", None)
    if not isinstance(services, Services):
        raise Problem(503, "The service is starting. Try again in 2 s.", headers={"Retry-After": "2"})
    return services


ServicesOf = Annotated[Services, Depends(_services)]
"""What a route takes to get them."""


def _catalog(services: ServicesOf) -> "Catalog":
    if services.catalog is None:
        raise Problem(404, "No catalogue is served here. Start with one: attire serve --catalog DIR.")
    return services.catalog


CatalogOf = Annotated["Catalog", Depends(_catalog)]
"""What a route takes that asks the catalogue."""
