"""Rows of photos whose bytes are here."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController

from attire.catalog.indexing.fetching import Fetched
from attire.catalog.indexing.outcome import Broken
from attire.catalog.indexing.reading import Reading
from attire.catalog.own_columns import Own
from attire.catalog.sources import Photo
from attire.predict import Look, PhotoFailure

__all__ = ["read_photos"]


def read_photos(
    reading: Reading,
    fetched: Iterable[Fetched],
    said_of: Callable[[Photo], Own | None],
    source: str | None,
) -> Iterator[tuple[Fetched, Sequence[dict[str, Any]] | Broken]]:
    """Read photos one after the other; copies of those from a bucket are deleted.

    Args:
        reading: What reads them.
        fetched: The photos, taken as there is room for them.
        said_of: Gives what the user says of a photo.
        source: Where they come from, in the user's word.

    Yields:
        Each photo with its rows, or with what is wrong with it; in order.
    """
    underway: deque[Fetched] = deque()

    def named() -> Iterator[tuple[str, Path]]:
        for one in fetched:
            underway.append(one)
            yield one.photo.uri, one.file

    with _one_way_to_add():
        for look in reading.looks(named()):
            one = underway.popleft()
            try:
                found = _found(reading, look, one, said_of(one.photo), source or "")
            finally:
                one.release()
            yield one, found


@contextmanager
def _one_way_to_add() -> Iterator[None]:
    """Let numpy multiply in one thread.

    By several, it divides matrices otherwise, and the last bits of embeddings differ from machine to machine.
    """
    with ThreadpoolController().select(internal_api="openblas").limit(limits=1):
        yield


def _found(
    reading: Reading, look: Look | PhotoFailure, one: Fetched, said: Own | None, source: str
) -> Sequence[dict[str, Any]] | Broken:
    if isinstance(look, PhotoFailure):
        return Broken(one.photo.uri, look.reason.replace(str(one.file), one.photo.uri))
    return reading.rows_of(
        look,
        reading.encoder,
        photo_uri=one.photo.uri,
        photo_digest=one.digest,
        source=source,
        seen_at=said.seen_at if said is not None and said.seen_at is not None else one.taken,
        model=reading.model,
        indexed_at=datetime.now(UTC),
        own={} if said is None else said.values,
    )
