"""Fragments: files of rows that other machines write, and that become part of the table in one commit.

A fragment that is never committed is a file that no version of the table names. :meth:`Store.finish` deletes
it once it is a week old.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import lance
import pyarrow as pa
from lance.file import LanceFileReader
from lance.fragment import FragmentMetadata
from lance.fragment import write_fragments as write_files

from attire.catalog.committing import commit
from attire.catalog.connection import local_folder, refresh, storage_options

if TYPE_CHECKING:
    from attire.catalog.store import Store

__all__ = ["FragmentPlace", "append_fragments", "drop_repeated", "rows_of", "write_fragments"]

_AT_ONCE = 2000
"""Photos that are asked for by name in one filter."""


@dataclass(frozen=True, kw_only=True)
class FragmentPlace:
    """Where fragments of a table go, and of what form they are; it can be sent to another machine."""

    uri: str
    schema: pa.Schema
    storage_version: str
    """Of the table's files."""

    @classmethod
    def of(cls, store: "Store") -> Self:
        """Take it from a table."""
        dataset = store.table.to_lance()
        folder = local_folder(dataset.uri)
        return cls(
            uri=dataset.uri if folder is None else str(folder.absolute()),
            schema=store.table.schema,
            storage_version=str(dataset.data_storage_version),
        )


def write_fragments(place: FragmentPlace, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Write rows into files that belong to no version of the table yet.

    Args:
        place: Where.
        rows: At least one, with all columns that the table does not leave empty.

    Returns:
        What the table has to know of each file, as JSON.
    """
    data = pa.Table.from_pylist([dict(row) for row in rows], schema=place.schema)
    written = write_files(
        data,
        place.uri,
        schema=place.schema,
        mode="append",
        data_storage_version=place.storage_version,
        storage_options=storage_options(place.uri),
    )
    return [json.dumps(one.to_json()) for one in written]


def rows_of(place: FragmentPlace, fragments: Iterable[str]) -> list[dict[str, Any]]:
    """Give the rows of fragments, committed or not."""
    rows: list[dict[str, Any]] = []
    for fragment in fragments:
        for file in FragmentMetadata.from_json(fragment).files:
            reader = LanceFileReader(
                f"{place.uri}/data/{file.path}", storage_options=storage_options(place.uri)
            )
            rows += reader.read_all().to_table().to_pylist()
    return rows


def append_fragments(store: "Store", fragments: Sequence[str], photo_ids: Collection[str]) -> None:
    """Make fragments part of the table, all of them in one commit.

    Args:
        store: The table; it should hold none of the photos. If another program writes some of them at that
            moment, readers may see those twice until this returns; then each is there once.
        fragments: What :func:`write_fragments` gave.
        photo_ids: Photos whose rows they hold.
    """
    place = FragmentPlace.of(store)
    append = lance.LanceOperation.Append([FragmentMetadata.from_json(one) for one in fragments])

    def write() -> tuple[int, int]:
        before = int(store.table.version)
        after = lance.LanceDataset.commit(
            place.uri, append, read_version=before, storage_options=storage_options(place.uri)
        )
        return before, int(after.version)

    looked_at = int(store.table.version)
    before, after = commit(write)
    refresh(store.table)
    if before != looked_at or after != before + 1:
        drop_repeated(store, photo_ids)


def drop_repeated(store: "Store", photo_ids: Collection[str]) -> int:
    """Of photos that are there twice, keep what was written last.

    Args:
        store: The table.
        photo_ids: Photos to look at.

    Returns:
        Rows deleted.
    """
    names = sorted(photo_ids)
    parts = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    return sum(commit(partial(_drop, store, part)) for part in parts)


def _drop(store: "Store", photo_ids: Sequence[str]) -> int:
    refresh(store.table)
    dataset = store.table.to_lance()
    said = ", ".join(f"'{one}'" for one in photo_ids)
    found = dataset.to_table(
        columns=["garment_id", "photo_id", "indexed_at"], filter=f"photo_id IN ({said})", with_row_id=True
    )
    going = _repeated(found.to_pylist())
    if going:
        # Tried again by Lance, these numbers could mean other rows: whoever calls looks anew.
        dataset.delete(f"_rowid IN ({', '.join(map(str, going))})", conflict_retries=0)
        refresh(store.table)
    return len(going)


def _repeated(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Choose rows to delete so that each photo is left as it was written last.

    Example:
        >>> rows = [
        ...     {"photo_id": "a", "garment_id": garment, "indexed_at": hour, "_rowid": number}
        ...     for number, (garment, hour) in enumerate([("a-0", 1), ("a-0", 2), ("a-1", 2), ("a-1", 2)])
        ... ]
        >>> _repeated(rows)
        [0, 3]
        >>> _repeated(rows[1:3])
        []
    """
    times = Counter(row["garment_id"] for row in rows)
    twice = {row["photo_id"] for row in rows if times[row["garment_id"]] > 1}
    last: dict[str, Any] = {}
    for row in rows:
        photo = row["photo_id"]
        last[photo] = max(row["indexed_at"], last.get(photo, row["indexed_at"]))
    going, kept = [], set()
    for row in rows:
        if row["photo_id"] not in twice:
            continue
        if row["indexed_at"] != last[row["photo_id"]] or row["garment_id"] in kept:
            going.append(int(row["_rowid"]))
        else:
            kept.add(row["garment_id"])
    return going
