"""What is done on the machines of the cluster: photos are fetched, read, and their rows written."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from attire.catalog.fragments import FragmentPlace, write_fragments
from attire.catalog.indexing import Broken, Reading
from attire.catalog.indexing.fetching import Fetched, fetch_bytes, in_order
from attire.catalog.indexing.photo_rows import read_photos
from attire.catalog.indexing.shard import named_rows
from attire.errors import ClusterError
from attire.scale.indexing.messages import Carried, Errand, Group, ReadPhoto, Same, Written, pack, unpack
from attire.scale.indexing.spent import Spent

__all__ = ["Reader", "fetch_groups", "write_groups"]

_THREADS = 8
"""Photos fetched at once: those of a bucket wait for the network most of the time."""


def fetch_groups(block: pa.Table) -> pa.Table:
    """Fetch the bytes of photos; one that has the bytes it had need not be read."""
    return pack(_fetched(group) for group in unpack(block))


def _fetched(group: Group) -> Group:
    begun = time.perf_counter()
    ones = list(in_order(_fetch, group.ones, threads=_THREADS, ahead=_THREADS))
    return Group(ones=ones, spent=Spent(fetching=time.perf_counter() - begun))


def _fetch(errand: Errand) -> Carried | Same | Broken:
    got = fetch_bytes(errand.photo)
    if isinstance(got, Broken):
        return got
    if got.digest == errand.digest:
        return Same(errand.photo, got.digest)
    return Carried(errand=errand, got=got)


class Reader:
    """Lives as long as its process, and has the model open."""

    def __init__(self, opening: Callable[[], Reading], version: str, source: str | None) -> None:
        """Open the model.

        Args:
            opening: Gives what reads photos.
            version: What it has to be, so that all photos are read the same way.
            source: Where the photos come from, in the user's word.

        Raises:
            ClusterError: If it is another one.
        """
        begun = time.perf_counter()
        self._reading, self._source = opening(), source
        self._opened = Spent(opening=time.perf_counter() - begun)
        if self._reading.version != version:
            raise ClusterError(
                f"A machine of the Ray cluster reads photos by {_line(self._reading.version)}, not by "
                f"{_line(version)}. Install the same version of Attire and its models on all of them."
            )

    def __call__(self, block: pa.Table) -> pa.Table:
        """Read photos."""
        return pack(self._read(group) for group in unpack(block))

    def _read(self, group: Group) -> Group:
        begun = time.perf_counter()
        carried = {one.errand.photo.uri: one for one in group.ones if isinstance(one, Carried)}
        ones: list[Any] = [one for one in group.ones if not isinstance(one, Carried)]
        with TemporaryDirectory(prefix="attire-") as spool:
            files: Iterator[Fetched] = (one.got.in_file(Path(spool)) for one in carried.values())
            for fetched, found in read_photos(
                self._reading, files, lambda photo: carried[photo.uri].errand.said, self._source
            ):
                ones.append(
                    found
                    if isinstance(found, Broken)
                    else ReadPhoto(
                        photo=fetched.photo,
                        digest=fetched.digest,
                        size=fetched.size,
                        known=carried[fetched.photo.uri].errand.known,
                        garments=len(found),
                        rows=named_rows(fetched.photo, fetched.digest, found),
                    )
                )
        group.spent.add(Spent(reading=time.perf_counter() - begun))
        group.spent.add(self._opened)
        self._opened = Spent()
        return Group(ones=ones, spent=group.spent)


def write_groups(block: pa.Table, place: FragmentPlace) -> pa.Table:
    """Write rows into files, for the table to take over."""
    begun = time.perf_counter()
    spent = Spent()
    read: list[ReadPhoto] = []
    others: list[Same | Broken] = []
    for group in unpack(block):
        spent.add(group.spent)
        for one in group.ones:
            (read if isinstance(one, ReadPhoto) else others).append(one)
    rows = [row for one in read if not one.known for row in one.rows]
    fragments = write_fragments(place, rows) if rows else []
    inside = [_bare(one) for one in read if not one.known]
    spent.writing += time.perf_counter() - begun
    written = Written(
        fragments=fragments,
        inside=inside,
        beside=[one for one in read if one.known],
        others=others,
        spent=spent,
    )
    return pack([written])


def _bare(one: ReadPhoto) -> ReadPhoto:
    return ReadPhoto(
        photo=one.photo, digest=one.digest, size=one.size, known=one.known, garments=one.garments
    )


def _line(version: str) -> str:
    return version.replace("\n", ", ")
