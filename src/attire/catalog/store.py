"""The catalogue's table: one LanceDB table with a row per garment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeAlias

import lancedb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lancedb.expr import Expr, col, lit

from attire.catalog.committing import BusyError, commit
from attire.catalog.connection import connect, local_folder, reaching, refresh
from attire.catalog.garment import Garment
from attire.catalog.identity import Identity
from attire.catalog.indices import KEPT, VECTOR, Indexed, build_indices, read_indexed, tidy
from attire.catalog.migration import KEY, MARK, migrate
from attire.catalog.row import GarmentRow, row_model
from attire.errors import DataError

__all__ = ["Filter", "Near", "Store"]

Filter: TypeAlias = Expr | str
"""What rows have to be. As text, SQL, only what :func:`attire.catalog.filters.to_expr` makes of what no
expression says (that a list holds a name); never words of a user's, nor ``lit(…).to_sql()`` of them."""
TABLE = "garments"
PROBES = 256
"""Partitions of the index, of 4096 vectors each, that are looked into unless there is a filter: up to a
million garments, all of them."""
REFINE = 4
"""Times as many candidates as are wanted are compared exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """A garment and how near it is to a query."""

    garment: Garment
    similarity: float
    """Cosine with the (weighed) query, in -1 … 1."""


class Store:
    """Reads and writes the table; knows nothing of photos, models and questions.

    Any number of programs may read and write at once; a read sees all that was committed before it.
    """

    def __init__(self, table: lancedb.Table) -> None:
        """Take an open table; :meth:`open` and :meth:`create` are the usual ways."""
        self.table = table

    @staticmethod
    def exists(path: Path | str) -> bool:
        """Whether there is a catalogue; asking makes no folder.

        Raises:
            DataError: If it is in a bucket that cannot be used.
        """
        folder = local_folder(path)
        if folder is not None and not folder.is_dir():
            return False
        with reaching(path):
            return TABLE in connect(path).list_tables().tables

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a catalogue; one that an older Attire made is brought up to date.

        Args:
            path: Folder, or URI such as ``s3://bucket/catalog``.

        Raises:
            DataError: If there is none, a newer Attire made it, or it is in a bucket that cannot be used.
        """
        if not cls.exists(path):
            raise DataError(f"{path}: holds no catalogue. Make one: attire index PHOTOS --catalog {path}")
        with reaching(path):
            table = connect(path).open_table(TABLE)
        migrate(table, path)
        return cls(table)

    @classmethod
    def create(
        cls, path: Path | str, dimensions: int, own: Sequence[pa.Field] = (), *, encoder: str = ""
    ) -> Self:
        """Open a catalogue, or begin it.

        Args:
            path: As for :meth:`open`.
            dimensions: Length of an embedding.
            own: The user's columns; those the table lacks are added.
            encoder: Version of what makes the embeddings; not checked if empty.

        Raises:
            DataError: If there is one whose embeddings or columns are other ones.
        """
        ours: pa.Schema = row_model(dimensions).to_arrow_schema()  # type: ignore[no-untyped-call]
        fields = [_as_key(field) if field.name == KEY else field for field in ours]
        schema = pa.schema([*fields, *own], metadata=Identity.new(encoder).to_metadata())
        with reaching(path):
            commit(partial(cls._begin, path, schema))
        store = cls.open(path)
        store.check_encoder(encoder or store.encoder, dimensions)
        store.add_own_columns(own)
        return store

    @classmethod
    def _begin(cls, path: Path | str, schema: pa.Schema) -> None:
        """Make the table; tried again where another program makes it meanwhile, it finds it there."""
        if not cls.exists(path):
            connect(path).create_table(TABLE, schema=schema)

    def __len__(self) -> int:
        return int(self.table.count_rows())

    @property
    def own_columns(self) -> tuple[str, ...]:
        """Names of the user's columns."""
        return tuple(field.name for field in self.own_fields)

    @property
    def own_fields(self) -> tuple[pa.Field, ...]:
        """The user's columns."""
        return tuple(field for field in self.table.schema if field.name not in _OURS)

    @property
    def dimensions(self) -> int:
        """Length of an embedding."""
        return int(self.table.schema.field(VECTOR).type.list_size)

    @property
    def identity(self) -> Identity:
        """What the table says of itself."""
        return Identity.of(self.table.schema)

    @property
    def encoder(self) -> str:
        """Version of what made the embeddings; empty while that is not known."""
        said = self.identity.encoder
        if said:
            return said
        first = self.rows(["encoder"], limit=1).column("encoder").to_pylist()
        return str(first[0]) if first else ""

    @property
    def megabytes(self) -> float:
        """Size of rows and indices, without old versions, in millions of bytes."""
        stats: Any = self.table.stats()
        return float(stats["total_bytes"]) / 1e6

    def check_encoder(self, version: str, dimensions: int) -> None:
        """Refuse embeddings that cannot be compared with those in the table.

        Args:
            version: What made them.
            dimensions: Their length.

        Raises:
            DataError: If the table holds others.
        """
        has, length = self.encoder, self.dimensions
        if (has and has != version) or length != dimensions:
            raise DataError(
                f"The catalogue holds embeddings by {has or 'an encoder without a name'} ({length} numbers), "
                f"which cannot be compared with those by {version} ({dimensions}). Begin another catalogue, "
                "or use the encoder that made this one."
            )

    def add_own_columns(self, fields: Sequence[pa.Field]) -> None:
        """Add columns of the user's that the table lacks; rows that are there hold nothing in them.

        Args:
            fields: Text, number, flag or time.

        Raises:
            DataError: If the table has one of them with another type.
        """
        self.check_own_columns(fields)
        have = set(self.own_columns)
        missing = [field.with_nullable(True) for field in fields if field.name not in have]
        if missing:
            commit(partial(self._add_columns, missing))

    def check_own_columns(self, fields: Sequence[pa.Field]) -> None:
        """Refuse columns of the user's that the table has with another type.

        Raises:
            DataError: If there is one.
        """
        have = {field.name: field.type for field in self.own_fields}
        for field in fields:
            kind = have.get(field.name)
            if kind is not None and kind != field.type:
                raise DataError(
                    f"Column {field.name!r} holds {kind} in the catalogue, {field.type} in what is to be "
                    f"added. Make its values {kind}, or give the column another name."
                )

    def _add_columns(self, fields: list[pa.Field]) -> None:
        refresh(self.table)
        have = set(self.table.schema.names)
        left = [field for field in fields if field.name not in have]
        if left:
            self.table.add_columns(left)

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows of photos that the table does not hold, all of them or none.

        Raises:
            DataError: If their embeddings cannot be compared with those in the table.
        """
        data = self._arrow(rows)
        commit(lambda: self.table.add(data))

    def replace(self, photo_ids: Collection[str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in the place of all that the table holds of some photos, in one commit.

        No reader sees a photo half, and of two that write the same photo one comes after the other.

        Args:
            photo_ids: Photos whose rows go; they need not be there.
            rows: Rows that come, of these photos and no others; a photo may have none.

        Raises:
            DataError: If a row is of another photo, or its embedding cannot be compared with the table's.
        """
        going = set(photo_ids)
        strangers = {str(row["photo_id"]) for row in rows} - going
        if strangers:
            raise DataError(f"Rows of photo {min(strangers)} were given, but it is not among those replaced.")
        if not rows:
            self.remove(going)
            return
        data = self._arrow(rows)
        commit(lambda: self._merge(data, col("photo_id").isin(sorted(going))))

    def _merge(self, data: pa.Table, going: Expr) -> None:
        merge = self.table.merge_insert(KEY).when_matched_update_all().when_not_matched_insert_all()
        # An index on the key misses rows that were just compacted (lancedb issue 3177), a scan does not.
        merge.when_not_matched_by_source_delete(going).use_index(False).execute(data)

    def remove(self, photo_ids: Collection[str]) -> None:
        """Delete all rows of some photos, in one commit."""
        if photo_ids:
            commit(lambda: self.table.delete(col("photo_id").isin(sorted(photo_ids))))

    def update(self, values: pa.Table) -> None:
        """Write some columns of rows that are there, in one commit.

        Args:
            values: ``garment_id`` and the columns to write; rows that the table does not hold are left out.
        """
        schema = self.table.schema
        data = values.cast(pa.schema([schema.field(name) for name in values.column_names]))
        merge = self.table.merge_insert(KEY).when_matched_update_all().use_index(False)
        commit(lambda: merge.execute(data))

    def get(self, garment_id: str) -> Garment:
        """Give one garment, with its embedding.

        Raises:
            DataError: If the catalogue does not hold it.
        """
        rows = self.rows(where=col("garment_id") == lit(garment_id), limit=1).to_pylist()
        if not rows:
            raise DataError(f"No garment {garment_id!r} in the catalogue. attire search prints ids.")
        return Garment.from_row(rows[0], self.own_columns)

    def rows(
        self, columns: Sequence[str] | None = None, *, where: Filter | None = None, limit: int | None = None
    ) -> pa.Table:
        """Give rows as they stand in the table, in no order.

        Args:
            columns: Which; all if None.
            where: Which rows; all if None.
            limit: How many at most; all if None.
        """
        return self._scan(columns, where).limit(limit).to_arrow()

    def batches(
        self, columns: Sequence[str] | None = None, *, where: Filter | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Give rows as :meth:`rows` does, a few thousand at a time."""
        yield from self._scan(columns, where).limit(None).to_batches()

    def _scan(self, columns: Sequence[str] | None, where: Filter | None) -> Any:
        query = self.table.search()
        if where is not None:
            query = query.where(where)
        return query if columns is None else query.select(list(columns))

    def nearest(
        self,
        vector: npt.NDArray[np.float32],
        k: int,
        *,
        where: Filter | None = None,
        embeddings: bool = False,
        probes: int = PROBES,
        refine: int = REFINE,
    ) -> list[Near]:
        """Find the garments nearest to a query, nearest first.

        Args:
            vector: Weighed by :func:`attire.catalog.encoder.weigh`, shape ``(D,)``.
            k: How many at most.
            where: What they have to be; filtered before the search, so that k are found if there are k.
            embeddings: Whether to give theirs, too.
            probes: Partitions of the index to look into, at least 1; with a filter, all of them.
            refine: How many times k candidates to compare exactly, at least 1.

        Raises:
            DataError: If the query has another length than the embeddings.
        """
        schema = self.table.schema
        own = tuple(name for name in schema.names if name not in _OURS)
        length = schema.field(VECTOR).type.list_size
        if vector.shape != (length,):
            raise DataError(
                f"The catalogue's embeddings have {length} numbers, the query has shape {vector.shape}. Use "
                "the encoder that made the catalogue."
            )
        names = [name for name in schema.names if embeddings or name != VECTOR]
        query: Any = self.table.search(vector, vector_column_name=VECTOR)
        query = query.distance_type("cosine").refine_factor(refine).nprobes(probes)
        if where is not None:  # what it leaves may lie in any partition, and is quick to look through
            query = query.where(where, prefilter=True).maximum_nprobes(_ALL)
        found = query.select([*names, "_distance"]).limit(k).to_list()
        return [Near(Garment.from_row(row, own), 1.0 - float(row["_distance"])) for row in found]

    def finish(self, kept: timedelta = KEPT) -> Indexed:
        """Put files together, build or renew indices, and forget old versions; after many rows were written.

        Where others write all the time, it leaves that to them: everything is found without, if more slowly.

        Args:
            kept: How long a version can still be read after a newer one has taken its place.
        """
        try:
            tidy(self.table, kept)
            return build_indices(self.table, self.own_fields)
        except BusyError:
            return self.indexed()

    def indexed(self) -> Indexed:
        """Say what :meth:`finish` has built, and do nothing."""
        return read_indexed(self.table)

    def _arrow(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        for encoder in {str(row["encoder"]) for row in rows}:
            self.check_encoder(encoder, self.dimensions)
        return pa.Table.from_pylist([dict(row) for row in rows], schema=self.table.schema)


_ALL = 0
"""No limit, in LanceDB's words."""
_OURS = frozenset({*GarmentRow.model_fields, VECTOR})


def _as_key(field: pa.Field) -> pa.Field:
    return field.with_metadata({MARK: "true"})
