"""The catalogue of a service: opened, or begun where there is nothing yet, and ready to be added to."""

import logging
import os

from attire.catalog.connection import local_folder
from attire.catalog.encoder import Encoder
from attire.catalog.store import Store
from attire.errors import DataError
from attire.serve.jobs import Adding
from attire.serve.reading import Reader
from attire.serve.settings import Settings

__all__ = ["HIDDEN", "is_new", "open_adding", "open_store"]

log = logging.getLogger(__name__)

HIDDEN = ("photo_uri",)
"""What filters may not ask for here: it would tell, guess by guess, where photos lie on the server."""


def open_store(catalog: str, encoder: Encoder) -> Store:
    """Open a catalogue; begin an empty one if there is no such folder, or nothing in it.

    Args:
        catalog: Folder or URI.
        encoder: Made for the network that will read photos added to it.

    Raises:
        DataError: If there is something else in the folder, or it cannot be made.
    """
    folder = local_folder(catalog)
    if folder is None or not is_new(catalog):
        return Store.open(catalog)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError("you may not write to it")
    except OSError as error:
        raise DataError(f"{catalog}: there is no catalogue, and none can be begun ({error}).") from None
    log.warning("%s: there was no catalogue. An empty one was begun, for photos to be added.", catalog)
    return Store.create(catalog, encoder.dimensions, encoder=encoder.version)


def is_new(catalog: str) -> bool:
    """Whether there is nothing yet: no such folder, or an empty one."""
    folder = local_folder(catalog)
    return folder is not None and (not folder.exists() or (folder.is_dir() and not any(folder.iterdir())))


def open_adding(store: Store, reader: Reader, settings: Settings) -> Adding | None:
    """Give what takes photos into a catalogue; None where there is no folder to keep them in."""
    folder = Adding.folder_for(settings)
    if folder is None:
        return None
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return Adding(store, reader, settings, folder) if os.access(there, os.W_OK) else None
