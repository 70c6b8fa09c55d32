"""The catalogue as it is looked through; what was looked at last is kept in memory."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias

import pyarrow as pa
from fastapi import Depends, Request
from lancedb.expr import Expr, col, lit

from attire.catalog.catalog import Catalog
from attire.catalog.filters import Filter, parse_filter, to_expr
from attire.catalog.garment import Garment
from attire.catalog.indices import VECTOR
from attire.serve.browsing.counting import Counted, count_values
from attire.serve.browsing.pictures import Pictures
from attire.serve.kept import Kept
from attire.serve.long_answers import LongAnswers
from attire.serve.problems import Problem
from attire.serve.services import CatalogOf

__all__ = ["Order", "Shelf", "ShelfOf"]

Order: TypeAlias = Literal["mixed", "surest", "newest"]
"""``mixed`` is by id, in which neighbours have nothing in common; ``newest`` by when it was indexed."""
_BY: dict[Order, list[tuple[str, Literal["ascending", "descending"]]]] = {
    "mixed": [],
    "surest": [("score", "descending")],
    "newest": [("indexed_at", "descending")],
}
_GARMENTS = 4096
"""Rows kept: one takes some 20 kB."""
_IDS_BYTES = 64 * 1024 * 1024
"""Of the ids of whole filters, in order: some 26 MB for a million garments."""
_COUNTS = 64
"""Filters whose counts are kept."""
_TRENDS = 32
"""Reports that are kept; one takes some 150 kB."""


class Shelf:
    """Looks things up for many threads; whatever is kept holds for one version of the table."""

    def __init__(self, catalog: Catalog) -> None:
        """Take a catalogue."""
        self.catalog = catalog
        self.store = catalog.store
        self.pictures = Pictures()
        self.trends: LongAnswers[bytes] = LongAnswers(_TRENDS)
        self._garments: Kept[Garment] = Kept(_GARMENTS)
        self._ids: Kept[pa.ChunkedArray] = Kept(_IDS_BYTES, lambda ids: int(ids.nbytes))
        self._counts: Kept[Counted] = Kept(_COUNTS)
        self._photos: Kept[int] = Kept(1)

    @property
    def version(self) -> int:
        """Of the table: rises with every write, whoever makes it."""
        return int(self.store.table.version)

    def filter(self, where: str | None) -> Filter | None:
        """Read a filter; None or blank for none.

        Raises:
            QueryError: If it cannot be understood.
        """
        return parse_filter(where, self.catalog.columns) if where and where.strip() else None

    def garment(self, garment_id: str) -> Garment:
        """Give a garment, without its embedding.

        Raises:
            Problem: 404 if the catalogue does not hold it.
        """
        found = self.garments([garment_id])
        if not found:
            raise Problem(404, f"No garment {garment_id!r} in the catalogue. /v1/search gives ids.")
        return found[0]

    def garments(self, ids: Sequence[str]) -> list[Garment]:
        """Give garments without embeddings, in the order asked for; those that are gone are left out."""
        version = self.version
        missing: list[str] = []
        found: dict[str, Garment] = {}
        for one in ids:
            kept = self._garments.get((version, one))
            if kept is None:
                missing.append(one)
            else:
                found[one] = kept
        for garment in self._fetch(missing):
            found[garment.garment_id] = garment
            self._garments.put((version, garment.garment_id), garment)
        return [found[one] for one in ids if one in found]

    def page(
        self, where: Filter | None, *, order: Order, offset: int, limit: int
    ) -> tuple[int, list[Garment]]:
        """Give some garments of all that a filter leaves.

        Args:
            where: The filter.
            order: As which the first comes first; garments that are alike in that are by id.
            offset: How many to pass over.
            limit: How many at most.

        Returns:
            How many there are, and those of the page.
        """
        key = (self.version, order, str(where))
        ids = self._ids(key, lambda: self._in_order(where, order))
        return len(ids), self.garments(ids.slice(offset, limit).to_pylist())

    def count(self, where: Filter | None) -> Counted:
        """Count the values of what a filter leaves."""
        version = self.version
        whole = self._counts((version, "None"), lambda: count_values(self.store))
        if where is None:
            return whole
        return self._counts(
            (version, str(where)), lambda: count_values(self.store, where=to_expr(where), like=whole)
        )

    def photos(self) -> int:
        """Count the photos of the catalogue."""

        def count() -> int:
            seen: set[str] = set()
            for batch in self.store.batches(["photo_id"]):
                seen.update(batch.column("photo_id").to_pylist())
            return len(seen)

        return self._photos(self.version, count)

    def _in_order(self, where: Filter | None, order: Order) -> pa.ChunkedArray:
        by = _BY[order]
        names = ["garment_id", *(name for name, _ in by)]
        rows = self.store.rows(names, where=None if where is None else to_expr(where))
        ids: pa.ChunkedArray = rows.sort_by([*by, ("garment_id", "ascending")])["garment_id"]
        return ids

    def _fetch(self, ids: Sequence[str]) -> list[Garment]:
        if not ids:
            return []
        schema, own = self.store.table.schema, self.store.own_columns
        where: Expr = col("garment_id").isin([lit(one) for one in ids])
        rows: list[dict[str, Any]] = self.store.rows(
            [name for name in schema.names if name != VECTOR], where=where
        ).to_pylist()
        return [Garment.from_row(row, own) for row in rows]


async def _shelf(request: Request, catalog: CatalogOf) -> Shelf:
    state = request.app.state
    shelf = getattr(state, "shelf", None)
    if not isinstance(shelf, Shelf) or shelf.catalog is not catalog:
        shelf = state.shelf = Shelf(catalog)
    return shelf


ShelfOf = Annotated[Shelf, Depends(_shelf)]
"""What a route takes that looks through the catalogue."""
