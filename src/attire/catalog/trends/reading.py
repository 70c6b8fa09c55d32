"""From the table to the columns that trends need: one pass, embeddings and masks left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from attire.catalog.filters import Filter, to_expr
from attire.catalog.store import Store
from attire.catalog.trends.counts import Floats
from attire.errors import DataError
from attire.ontology import Ontology

__all__ = ["Reading", "read"]

_LIGHT = ("garment_id", "photo_id", "photo_look", "category", "score", "seen_at", "source")
_BATCH = 16_384


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """Garments of the catalogue, a row each."""

    table: pa.Table
    """``garment_id``, ``photo_id``, ``photo_look``, ``category``, ``score``, ``seen_at``, ``source``,
    ``colour`` (the largest; null if none is known), and own columns as ``own_0``, ``own_1``, …"""
    own: tuple[str, ...]
    """What the user calls ``own_0``, ``own_1``, …"""
    carriers: npt.NDArray[np.int64]
    """Rows whose category carries attributes and whose attributes were read, shape ``(R,)``, rising."""
    chances: npt.NDArray[np.float32]
    """Probability of each attribute if the garment is right, shape ``(R, A)``."""
    attributes: tuple[str, ...]
    """Their names."""

    @property
    def score(self) -> Floats:
        """Probability that each row is right, shape ``(N,)``."""
        return np.asarray(self.table["score"].to_numpy(), np.float64)

    def own_column(self, name: str) -> pa.ChunkedArray:
        """Give a column by the user's name, or ``source``."""
        return self.table["source" if name == "source" else f"own_{self.own.index(name)}"]


def read(store: Store, own: Sequence[str], where: Filter | None, ontology: Ontology) -> Reading:
    """Read what trends need.

    Args:
        store: The catalogue.
        own: Columns of the user's.
        where: Which rows; all if None.
        ontology: Names the attributes, in the order of the table's probabilities.

    Raises:
        DataError: If a column is not there, or no row is.
    """
    unknown = [name for name in own if name not in store.own_columns]
    if unknown:
        raise DataError(
            f"The catalogue has no column {unknown[0]!r}. Its own columns: "
            f"{', '.join(store.own_columns) or 'none'}; else give week, month, season, year or source."
        )
    query = store.table.search()
    if where is not None:
        query = query.where(to_expr(where))
    query = query.select([*_LIGHT, "colours", "attributes", "attribute_probs", *own])
    known = [attribute.short_name for attribute in ontology.attributes]
    light: list[pa.RecordBatch] = []
    probabilities = np.empty((len(store), len(known)), np.float32)  # takes memory only where it is filled
    filled = 0
    carriers: list[npt.NDArray[np.int64]] = []
    rows = 0
    for batch in query.to_batches(_BATCH):
        light.append(_light(batch, own))
        places, chances = _chances(batch, len(known))
        carriers.append(places + rows)
        probabilities[filled : filled + len(places)] = chances
        filled += len(places)
        rows += batch.num_rows
    if not rows:
        raise DataError("No garment to count. Loosen --where, or index photos first: attire index.")
    return Reading(
        table=pa.Table.from_batches(light),
        own=tuple(own),
        carriers=np.concatenate(carriers),
        chances=probabilities[:filled],
        attributes=tuple(known),
    )


def _light(batch: pa.RecordBatch, own: Sequence[str]) -> pa.RecordBatch:
    columns = {name: batch[name] for name in _LIGHT}
    columns["colour"] = _first(batch["colours"])
    columns |= {f"own_{place}": batch[name] for place, name in enumerate(own)}
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def _first(lists: pa.ListArray) -> pa.Array:
    """Give the first entry of each list, null where there is none."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    begins = np.cumsum(lengths) - lengths
    return lists.flatten().take(pa.array(begins, mask=lengths == 0))


def _chances(batch: pa.RecordBatch, attributes: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    lists = batch["attribute_probs"]
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    places = np.flatnonzero(lengths)
    odd = places[lengths[places] != attributes]
    if len(odd):
        raise DataError(
            f"Garment {batch['garment_id'][int(odd[0])].as_py()} has {lengths[odd[0]]} attributes, expected "
            f"{attributes}. Pass the ontology of the model that read the photos, or index them anew."
        )
    values = lists.flatten().to_numpy().astype(np.float32).reshape(len(places), attributes)
    return places.astype(np.int64), values
