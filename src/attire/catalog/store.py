"""The catalogue's table: one LanceDB table with a row per garment."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import lancedb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lancedb.expr import Expr, col, lit

from attire.catalog.garment import Garment
from attire.catalog.row import GarmentRow, row_model
from attire.errors import DataError

__all__ = ["Near", "Store"]

_TABLE = "garments"
_VECTOR = "embedding"


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """A garment and how near it is to a query."""

    garment: Garment
    similarity: float
    """Cosine with the (weighed) query, in -1 … 1."""


class Store:
    """Reads and writes the table; knows nothing of photos, models and questions."""

    def __init__(self, table: lancedb.Table) -> None:
        """Take an open table; :meth:`open` and :meth:`create` are the usual ways."""
        self.table = table

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a catalogue.

        Args:
            path: Folder, or URI such as ``s3://bucket/catalog``.

        Raises:
            DataError: If there is none.
        """
        database = lancedb.connect(str(path))
        if _TABLE not in database.list_tables().tables:
            raise DataError(f"{path}: holds no catalogue. Make one: attire index PHOTOS --catalog {path}")
        return cls(database.open_table(_TABLE))

    @classmethod
    def create(cls, path: Path | str, dimensions: int, own: Sequence[pa.Field] = ()) -> Self:
        """Open a catalogue, or begin it.

        Args:
            path: As for :meth:`open`.
            dimensions: Length of an embedding.
            own: The user's columns.
        """
        schema: pa.Schema = row_model(dimensions).to_arrow_schema()  # type: ignore[no-untyped-call]
        for field in own:
            schema = schema.append(field)
        return cls(lancedb.connect(str(path)).create_table(_TABLE, schema=schema, exist_ok=True))

    def __len__(self) -> int:
        return int(self.table.count_rows())

    @property
    def own_columns(self) -> tuple[str, ...]:
        """Names of the user's columns."""
        ours = {*GarmentRow.model_fields, _VECTOR}
        return tuple(name for name in self.table.schema.names if name not in ours)

    @property
    def dimensions(self) -> int:
        """Length of an embedding."""
        return int(self.table.schema.field(_VECTOR).type.list_size)

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows, all of them or none."""
        self.table.add(pa.Table.from_pylist(list(rows), schema=self.table.schema))

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
        self, columns: Sequence[str] | None = None, *, where: Expr | None = None, limit: int | None = None
    ) -> pa.Table:
        """Give rows as they stand in the table, in no order.

        Args:
            columns: Which; all if None.
            where: Which rows; all if None.
            limit: How many at most; all if None.
        """
        query = self.table.search()
        if where is not None:
            query = query.where(where)
        if columns is not None:
            query = query.select(list(columns))
        return query.limit(limit).to_arrow()

    def nearest(
        self,
        vector: npt.NDArray[np.float32],
        k: int,
        *,
        where: Expr | None = None,
        embeddings: bool = False,
    ) -> list[Near]:
        """Find the garments nearest to a query, nearest first.

        Args:
            vector: Weighed by :func:`attire.catalog.encoder.weigh`, shape ``(D,)``.
            k: How many at most.
            where: What they have to be; filtered before the search, so that k are found if there are k.
            embeddings: Whether to give theirs, too.
        """
        names = [name for name in self.table.schema.names if embeddings or name != _VECTOR]
        query: Any = self.table.search(vector, vector_column_name=_VECTOR)
        query = query.distance_type("cosine")
        if where is not None:
            query = query.where(where, prefilter=True)
        found = query.select([*names, "_distance"]).limit(k).to_list()
        own = self.own_columns
        return [Near(Garment.from_row(row, own), 1.0 - float(row["_distance"])) for row in found]
