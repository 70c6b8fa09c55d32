"""What makes a large table quick to ask, and keeps it small: its indices, and files put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import lancedb
import pyarrow as pa
from lancedb.index import Bitmap, BTree, IvfFlat, IvfRq, LabelList

from attire.catalog.committing import commit
from attire.catalog.connection import refresh

__all__ = ["INDEX_FROM", "KEPT", "VECTOR", "Indexed", "build_indices", "read_indexed", "tidy"]

INDEX_FROM = 20_000
"""Rows from which on vectors get an index; below, comparing with all of them is exact and quick."""
KEPT = timedelta(hours=1)
"""How long a version of the table can still be read after a newer one has taken its place."""
VECTOR = "embedding"
_BITS = 4
"""Bits per number in the index: with 1, five times as many candidates have to be read again for the same
recall, which costs more time than the index saves space."""
_PARTITION = 4096
"""Vectors of a partition."""
_ANEW = 4
"""Vectors are divided anew once there are so many times as many as the last time."""
_DIVIDED_AT = "attire.divided_at"
_OURS = {
    "garment_id": BTree(),
    "photo_id": BTree(),
    "category": Bitmap(),
    "source": Bitmap(),
    "seen_at": BTree(),
    "attributes": LabelList(),
    "parts": LabelList(),
    "colours": LabelList(),
}


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What was done, and what is there now."""

    built: tuple[str, ...] = ()
    """Columns whose index was made anew."""
    rows: int = 0
    """Rows whose vectors are in the index; 0 where the table has too few to need one."""


def build_indices(table: lancedb.Table, own: Iterable[pa.Field] = ()) -> Indexed:
    """Give a table the indices it lacks, if it has rows enough to gain by it.

    Args:
        table: Its vectors get IVF_RQ (RaBitQ: Gao and Long, SIGMOD 2024); columns that are filtered by get
            what fits their values.
        own: The user's columns.
    """
    rows = table.count_rows()
    have = {index.columns[0] for index in table.list_indices()}
    built = []
    if rows >= INDEX_FROM:
        for name, config in {**_OURS, **{field.name: _config(field.type) for field in own}}.items():
            if name not in have:
                commit(partial(table.create_index, name, config=config))
                built.append(name)
    if rows >= INDEX_FROM and (VECTOR not in have or rows > _ANEW * _divided_at(table)):
        _divide(table, rows)
        built.append(VECTOR)
    return read_indexed(table, tuple(built))


def read_indexed(table: lancedb.Table, built: tuple[str, ...] = ()) -> Indexed:
    """Say what is in the index of the vectors.

    Args:
        table: Any.
        built: What was made anew just now.
    """
    names = [index.name for index in table.list_indices() if index.columns == [VECTOR]]
    found = table.index_stats(names[0]) if names else None
    return Indexed(built=built, rows=0 if found is None else int(found.num_indexed_rows))


def tidy(table: lancedb.Table, kept: timedelta = KEPT) -> None:
    """Put small files together, take new rows into the indices, and forget old versions.

    Readers and writers at work go on with the version they have open, for as long as old versions are kept.

    Args:
        table: Any number of programs may use it meanwhile.
        kept: How long a version can still be read after a newer one has taken its place.
    """
    commit(partial(table.optimize, cleanup_older_than=kept))


def _divide(table: lancedb.Table, rows: int) -> None:
    partitions = max(rows // _PARTITION, 1)
    config: IvfRq | IvfFlat = IvfRq(distance_type="cosine", num_partitions=partitions, num_bits=_BITS)
    if table.schema.field(VECTOR).type.list_size % 8:  # which RaBitQ wants
        config = IvfFlat(distance_type="cosine", num_partitions=partitions)
    commit(partial(table.create_index, VECTOR, config=config, replace=True))
    commit(lambda: table.to_lance().update_schema_metadata({_DIVIDED_AT: str(rows)}))
    refresh(table)


def _divided_at(table: lancedb.Table) -> int:
    """Rows there were when the vectors were divided into partitions; later ones join the nearest."""
    return int((table.schema.metadata or {}).get(_DIVIDED_AT.encode(), b"0"))


def _config(kind: pa.DataType) -> Bitmap | BTree:
    """Text and flags have few values, as brands and seasons; numbers and times have many."""
    return Bitmap() if pa.types.is_string(kind) or pa.types.is_boolean(kind) else BTree()
