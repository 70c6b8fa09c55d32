"""Photos of a listing, read where they are new or have changed, and written in large steps."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from attire.catalog.indexing.fetching import Fetched, fetch, in_order
from attire.catalog.indexing.manifest import Manifest
from attire.catalog.indexing.outcome import Broken, Outcome
from attire.catalog.indexing.photo_rows import read_photos
from attire.catalog.indexing.reading import Reading
from attire.catalog.indexing.run import Run
from attire.catalog.indexing.shard import Shard
from attire.catalog.own_columns import SaysOwn
from attire.catalog.sources import Listing
from attire.catalog.store import Store

__all__ = ["index_photos"]

_THREADS = 8
"""Photos fetched at once: those of a bucket wait for the network most of the time."""
_AHEAD = 32


def index_photos(
    listing: Listing,
    store: Store,
    manifest: Manifest,
    reading: Reading,
    *,
    own: SaysOwn | None = None,
    source: str | None = None,
    anew: bool = False,
    prune: bool = False,
    said: Callable[[Outcome], None] = lambda _: None,
) -> Outcome:
    """Bring a catalogue up to date with photos.

    Photos that the catalogue has as they are, are skipped; garments of one that has changed take the place of
    its old ones. Killed at any moment, it loses what was not written yet, half a minute's work at most;
    interrupted from the keyboard, nothing.

    Args:
        listing: The photos.
        store: The catalogue; its encoder has to be the reading's.
        manifest: What is known of its photos.
        reading: What reads them.
        own: The user's columns, which the store has.
        source: Where the photos come from, in the user's word; None leaves that of known photos.
        anew: Read all photos, known or not.
        prune: Remove the garments of photos that are no longer in the folders listed, or named and gone.
        said: Told the counts after every photo.

    Returns:
        The counts, and what could not be read.
    """
    manifest.follow(store)
    run = Run(manifest=manifest, version=reading.version, own=own, source=source, anew=anew, said=said)
    shard = Shard(store, manifest, reading.version)
    begun = time.monotonic()
    with TemporaryDirectory(prefix="attire-") as spool:
        fetched = in_order(
            lambda photo: fetch(photo, Path(spool)), run.new(listing), threads=_THREADS, ahead=_AHEAD
        )
        try:
            for one, rows in read_photos(reading, _changed(fetched, run), run.said_of, source):
                if isinstance(rows, Broken):
                    run.broken(rows)
                    continue
                run.was_read(one.size, len(rows))
                run.outcome.rows += shard.add(one.photo, one.digest, rows)
                run.outcome.seconds = time.monotonic() - begun
                said(run.outcome)
        finally:
            run.outcome.rows += shard.write()
    run.finish(listing, store, prune=prune)
    run.outcome.seconds = time.monotonic() - begun
    return run.outcome


def _changed(fetched: Iterator[Fetched | Broken], run: Run) -> Iterator[Fetched]:
    """Pass on photos that have to be read, by their bytes."""
    for one in fetched:
        if isinstance(one, Broken):
            run.broken(one)
        elif run.is_same(one.photo, one.digest):
            one.release()
        else:
            yield one
