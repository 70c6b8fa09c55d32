"""What the cluster has written, in hand: it is committed together, and only then remembered as read."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lancedb.expr import col

from attire.catalog.fragments import FragmentPlace, append_fragments, rows_of
from attire.catalog.indexing import Manifest
from attire.catalog.indexing.shard import LONGEST_S, PHOTOS, ROWS, Shard
from attire.catalog.store import Store
from attire.scale.indexing.messages import ReadPhoto, Written

__all__ = ["Shards"]


class Shards:
    """Gathers files of rows and commits several at once; each photo once, however often it comes."""

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
        self._place = FragmentPlace.of(store)
        self._rows = Shard(store, manifest, version)
        """Photos that the table may hold: their old rows go in the same commit."""
        self._hand: list[Written] = []
        self._since = clock()
        self._taken: set[int] = set()
        """Ids of photos that came, as numbers."""

    @property
    def place(self) -> FragmentPlace:
        """Where the cluster writes."""
        return self._place

    def begin(self) -> None:
        """Begin a portion of the listing: none of its photos was in an earlier one."""
        self._taken.clear()

    def take(self, written: Written) -> tuple[list[ReadPhoto], int]:
        """Take what was written.

        Args:
            written: Photos of it that came before are left out: a lost machine may have had them, too.

        Returns:
            Photos that were not there before, and how many rows were committed because of it.
        """
        if not self._hand:
            self._since = self._clock()
        inside, beside = self._fresh(written.inside), self._fresh(written.beside)
        rows = sum(self._rows.add(one.photo, one.digest, one.rows) for one in beside)
        if len(inside) == len(written.inside):
            self._hand.append(written)
        else:
            rows += self._one_by_one(written.fragments, inside)
        full = sum(one.garments for held in self._hand for one in held.inside) >= ROWS
        full = full or sum(len(held.inside) for held in self._hand) >= PHOTOS
        if full or self._clock() - self._since >= LONGEST_S:
            rows += self.write()
        return [*inside, *beside], rows

    def write(self) -> int:
        """Commit what is in hand, and remember it. Killed in between, the next run learns it from the table.

        Returns:
            Rows committed.
        """
        hand, self._hand = self._hand, []
        held = self._held(one.photo.photo_id for written in hand for one in written.inside)
        clear, rows = [], 0
        for written in hand:
            if held.isdisjoint(one.photo.photo_id for one in written.inside):
                clear.append(written)
            else:  # another program was faster with some of them
                rows += self._one_by_one(written.fragments, written.inside)
        inside = [one for written in clear for one in written.inside]
        fragments = [fragment for written in clear for fragment in written.fragments]
        if fragments:
            append_fragments(self._store, fragments, [one.photo.photo_id for one in inside if one.garments])
        self._manifest.note(((one.photo, one.digest, one.garments) for one in inside), self._version)
        return rows + sum(one.garments for one in inside) + self._rows.write()

    def _fresh(self, photos: Iterable[ReadPhoto]) -> list[ReadPhoto]:
        """Give those that did not come before."""
        fresh = []
        for one in photos:
            number = int(one.photo.photo_id, 16)
            if number not in self._taken:
                self._taken.add(number)
                fresh.append(one)
        return fresh

    def _held(self, photo_ids: Iterable[str]) -> set[str]:
        """Say which photos the table holds by now."""
        names = sorted(photo_ids)
        if not names:
            return set()
        found = self._store.rows(["photo_id"], where=col("photo_id").isin(names))
        return set(found.column("photo_id").to_pylist())

    def _one_by_one(self, fragments: Sequence[str], photos: Sequence[ReadPhoto]) -> int:
        """Write rows of fragments as rows that take the place of others."""
        if not photos:
            return 0
        by_photo: dict[str, list[Mapping[str, Any]]] = {one.photo.photo_id: [] for one in photos}
        for row in rows_of(self._place, fragments):
            if row["photo_id"] in by_photo:
                by_photo[row["photo_id"]].append(row)
        return sum(self._rows.add(one.photo, one.digest, by_photo[one.photo.photo_id]) for one in photos)
