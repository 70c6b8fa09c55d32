"""Rows in hand: they are written together, photo by photo whole, and only then remembered as read."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lancedb.expr import col

from attire.catalog.indexing.manifest import Manifest
from attire.catalog.sources import Photo
from attire.catalog.store import Store

__all__ = ["LONGEST_S", "PHOTOS", "ROWS", "Shard", "named_rows"]

ROWS = 4000
"""Rows that are written at once, or a few more."""
PHOTOS = 4000
"""Photos after which is written, however little was found in them."""
LONGEST_S = 30.0
"""What a killed run loses at most."""


def named_rows(photo: Photo, digest: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Fill in what names photo and garment."""
    ids = {"photo_id": photo.photo_id, "photo_uri": photo.uri, "photo_digest": digest}
    return [{**row, **ids, "garment_id": f"{photo.photo_id}-{row['garment']}"} for row in rows]


class Shard:
    """Gathers photos and writes them in one commit."""

    def __init__(
        self,
        store: Store,
        manifest: Manifest,
        version: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nothing in hand.

        Args:
            store: Where rows go.
            manifest: Where photos are remembered once their rows are there.
            version: What reads them.
            clock: Tells seconds.
        """
        self._store, self._manifest, self._version, self._clock = store, manifest, version, clock
        self._rows: list[dict[str, Any]] = []
        self._photos: list[tuple[Photo, str, int]] = []
        self._since = clock()

    def add(self, photo: Photo, digest: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Take a photo that was read.

        Args:
            photo: The photo; its bytes are no longer needed.
            digest: Of its bytes.
            rows: Its garments. What names photo and garment is filled in here.

        Returns:
            How many rows were written because of it; as a rule none yet.
        """
        if not self._photos:
            self._since = self._clock()
        self._rows += named_rows(photo, digest, rows)
        self._photos.append((photo, digest, len(rows)))
        full = len(self._rows) >= ROWS or len(self._photos) >= PHOTOS
        return self.write() if full or self._clock() - self._since >= LONGEST_S else 0

    def write(self) -> int:
        """Write what is in hand, and remember it. Killed in between, the photos are read once more.

        Returns:
            Rows written.
        """
        if not self._photos:
            return 0
        known = [photo.photo_id for photo, _, _ in self._photos if self._manifest.has(photo)]
        rows = self._with_old(known)
        self._store.replace([photo.photo_id for photo, _, _ in self._photos], rows)
        self._manifest.note(self._photos, self._version)
        self._rows, self._photos = [], []
        return len(rows)

    def _with_old(self, known: Sequence[str]) -> list[dict[str, Any]]:
        """Keep what was said of photos that have changed, where nothing new is said."""
        if not known:
            return self._rows
        names = ["photo_id", "source", "seen_at", *self._store.own_columns]
        said: dict[str, dict[str, Any]] = {}
        for row in self._store.rows(names, where=col("photo_id").isin(sorted(known))).to_pylist():
            said.setdefault(row.pop("photo_id"), row)
        kept = []
        for row in self._rows:
            old = said.get(row["photo_id"], {})
            kept.append({**row, **{name: old[name] for name in old if row.get(name) in (None, "")}})
        return kept
