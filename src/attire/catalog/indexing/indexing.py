"""Photos of a listing, read where they are new or have changed, and written in large steps."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attire.catalog.indexing.fetching import Fetched, fetch, in_order
from attire.catalog.indexing.manifest import Manifest
from attire.catalog.indexing.outcome import Broken, Outcome
from attire.catalog.indexing.reading import Reading
from attire.catalog.indexing.refreshing import refresh_own
from attire.catalog.indexing.shard import Shard
from attire.catalog.own_columns import SaysOwn
from attire.catalog.sources import Listing, Photo
from attire.catalog.store import Store
from attire.predict import Look, PhotoFailure

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
    run = _Run(manifest, reading, own, source, anew, said)
    shard = Shard(store, manifest, reading.version)
    begun = time.monotonic()
    with TemporaryDirectory(prefix="attire-") as spool:
        try:
            for fetched, rows in run.photos(listing, Path(spool)):
                run.outcome.rows += shard.add(fetched, rows)
                run.outcome.seconds = time.monotonic() - begun
                said(run.outcome)
        finally:
            run.outcome.rows += shard.write()
    run.outcome.refreshed = refresh_own(store, run.known, own, source)
    if prune:
        run.outcome.pruned = _prune(listing, store, manifest, run)
    run.outcome.seconds = time.monotonic() - begun
    return run.outcome


@dataclass(eq=False)
class _Run:
    """What is known while photos pass by."""

    manifest: Manifest
    reading: Reading
    own: SaysOwn | None
    source: str | None
    anew: bool
    said: Callable[[Outcome], None]
    outcome: Outcome = field(default_factory=Outcome)
    listed: set[int] = field(default_factory=set)
    """Ids of the photos that are there, as numbers."""
    known: set[int] = field(default_factory=set)
    """Of those, the ones that were skipped."""
    waiting: deque[Fetched] = field(default_factory=deque)
    """Photos on their way through the network, in order."""

    def photos(self, listing: Listing, spool: Path) -> Iterator[tuple[Fetched, Sequence[dict[str, Any]]]]:
        """Give the photos that were read, each with its rows."""
        fetched = in_order(
            lambda photo: fetch(photo, spool), self.new(listing), threads=_THREADS, ahead=_AHEAD
        )
        for look in self.reading.looks(self.changed(fetched)):
            one = self.waiting.popleft()
            try:
                if isinstance(look, PhotoFailure):
                    self.broken(one.photo, look.reason.replace(str(one.file), one.photo.uri))
                    continue
                rows = self.rows(look, one)
            finally:
                one.release()
            self.outcome.read += 1
            self.outcome.empty += not rows
            self.outcome.megabytes_read += one.size / 1e6
            yield one, rows

    def new(self, listing: Listing) -> Iterator[Photo]:
        """Pass on photos that may have to be read, by what their folder says of them."""
        for photo in listing:
            self.outcome.photos += 1
            if self.own is not None and self.own.of(photo.uri) is None:
                self.outcome.without_own += 1
            if photo.size is not None:
                self.listed.add(int(photo.photo_id, 16))
            if not self.anew and self.manifest.unchanged(photo, self.reading.version):
                self.skip(photo)
            else:
                yield photo

    def changed(self, fetched: Iterator[Fetched | Broken]) -> Iterator[tuple[str, Path]]:
        """Pass on photos that have to be read, by their bytes."""
        for one in fetched:
            if isinstance(one, Broken):
                self.outcome.broken.append(one)
                self.said(self.outcome)
            elif not self.anew and self.manifest.same(one.photo, one.digest, self.reading.version):
                one.release()
                self.skip(one.photo)
            else:
                self.waiting.append(one)
                yield one.photo.uri, one.file

    def skip(self, photo: Photo) -> None:
        """Count a photo that the catalogue has as it is."""
        self.outcome.known += 1
        self.known.add(int(photo.photo_id, 16))
        self.said(self.outcome)

    def broken(self, photo: Photo, reason: str) -> None:
        """Count a photo that is none."""
        self.outcome.broken.append(Broken(photo.uri, reason))
        self.said(self.outcome)

    def rows(self, look: Look, one: Fetched) -> Sequence[dict[str, Any]]:
        """Make rows of a look."""
        said = None if self.own is None else self.own.of(one.photo.uri)
        return self.reading.rows_of(
            look,
            self.reading.encoder,
            photo_uri=one.photo.uri,
            photo_digest=one.digest,
            source=self.source or "",
            seen_at=said.seen_at if said is not None and said.seen_at is not None else one.taken,
            model=self.reading.model,
            indexed_at=datetime.now(UTC),
            own={} if said is None else said.values,
        )


def _prune(listing: Listing, store: Store, manifest: Manifest, run: _Run) -> int:
    """Remove photos that are gone: those below the folders listed, if anything is left there."""
    if not run.listed:
        return 0
    gone = {
        photo_id for photo_id, _ in manifest.below(listing.folders) if int(photo_id, 16) not in run.listed
    }
    store.remove(gone)
    manifest.forget(gone)
    return len(gone)
