"""What a service with given settings serves, told before it is opened."""

from dataclasses import dataclass

from attire.predict.open_runtime import choose_model
from attire.serve.settings import Settings

__all__ = ["Served", "describe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What clients get to ask."""

    model: str
    """File name of the model."""
    garments: int | None
    """In the catalogue; None without one."""
    workers: int
    page: bool
    """Whether there is one."""


def describe(settings: Settings) -> Served:
    """Look at the model's and the catalogue's place, without loading the network.

    Raises:
        AttireError: If there is no such model or no such catalogue.
    """
    model = choose_model(settings.model, runtime=settings.runtime, precision=settings.precision)
    return Served(
        model=model.name,
        garments=None if settings.catalog is None else _garments(settings.catalog),
        workers=settings.workers,
        page=settings.page,
    )


def _garments(catalog: str) -> int:
    from attire.catalog.store import Store
    from attire.serve.catalogs import is_new

    return 0 if is_new(catalog) else len(Store.open(catalog))
