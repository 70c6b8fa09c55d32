"""What a run of indexing knows while photos pass by, wherever they are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from attire.catalog.indexing.manifest import Manifest
from attire.catalog.indexing.outcome import Broken, Outcome
from attire.catalog.indexing.refreshing import refresh_own
from attire.catalog.own_columns import Own, SaysOwn
from attire.catalog.sources import Listing, Photo
from attire.catalog.store import Store

__all__ = ["Run"]


@dataclass(eq=False, kw_only=True)
class Run:
    """Says which photos have to be read, counts them, and ends what is done once all are there."""

    manifest: Manifest
    version: str
    """What reads them."""
    own: SaysOwn | None
    source: str | None
    anew: bool
    said: Callable[[Outcome], None]
    outcome: Outcome = field(default_factory=Outcome)
    listed: set[int] = field(default_factory=set)
    """Ids of the photos that are there, as numbers."""
    known: set[int] = field(default_factory=set)
    """Of those, the ones that were skipped."""

    def new(self, listing: Listing) -> Iterator[Photo]:
        """Pass on photos that may have to be read, by what their folder says of them."""
        for photo in listing:
            self.outcome.photos += 1
            if self.own is not None and self.own.of(photo.uri) is None:
                self.outcome.without_own += 1
            if photo.size is not None:
                self.listed.add(int(photo.photo_id, 16))
            if not self.anew and self.manifest.unchanged(photo, self.version):
                self.skip(photo)
            else:
                yield photo

    def is_same(self, photo: Photo, digest: str) -> bool:
        """Whether a photo need not be read, by its bytes; it is skipped then."""
        if self.anew or not self.manifest.same(photo, digest, self.version):
            return False
        self.skip(photo)
        return True

    def said_of(self, photo: Photo) -> Own | None:
        """Give what the user says of a photo; None if nothing is."""
        return None if self.own is None else self.own.of(photo.uri)

    def skip(self, photo: Photo) -> None:
        """Count a photo that the catalogue has as it is."""
        self.outcome.known += 1
        self.known.add(int(photo.photo_id, 16))
        self.said(self.outcome)

    def broken(self, one: Broken) -> None:
        """Count a photo that is none."""
        self.outcome.broken.append(one)
        self.said(self.outcome)

    def was_read(self, size: int, garments: int) -> None:
        """Count a photo that was read.

        Args:
            size: In bytes.
            garments: Found in it.
        """
        self.outcome.read += 1
        self.outcome.empty += not garments
        self.outcome.megabytes_read += size / 1e6

    def finish(self, listing: Listing, store: Store, *, prune: bool) -> None:
        """Write the user's columns of known photos anew, and remove photos that are gone if asked."""
        self.outcome.refreshed = refresh_own(store, self.known, self.own, self.source)
        if prune:
            self.outcome.pruned = self._prune(listing, store)

    def _prune(self, listing: Listing, store: Store) -> int:
        """Remove photos that are gone: those below the folders listed, if anything is left there."""
        if not self.listed:
            return 0
        gone = {
            photo_id
            for photo_id, _ in self.manifest.below(listing.folders)
            if int(photo_id, 16) not in self.listed
        }
        store.remove(gone)
        self.manifest.forget(gone)
        return len(gone)
