"""How likely wishes hold for many rows at once, without making a garment of each."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from attire.catalog.search.wishes import SAID, UNSAID, Kind, Named
from attire.ontology import Ontology

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS_READ", "chances"]

COLUMNS_READ: dict[Kind, tuple[str, ...]] = {
    "category": ("category",),
    "attribute": ("attributes", "attribute_probs"),
    "part": ("parts",),
    "colour": ("colours", "colour_share"),
}
"""Columns that wishes of each kind are judged by."""


def chances(wish: Named, rows: "pa.RecordBatch", ontology: Ontology) -> npt.NDArray[np.float64]:
    """Give what :func:`attire.catalog.search.wishes.chance` gives for every row, shape ``(N,)``.

    Args:
        wish: What is wished for, or away.
        rows: With the columns of :data:`COLUMNS_READ`.
        ontology: Of the catalogue.
    """
    found = _chances(wish, rows, ontology)
    return found if wish.wanted else 1.0 - found


def _chances(wish: Named, rows: "pa.RecordBatch", ontology: Ontology) -> npt.NDArray[np.float64]:
    import pyarrow.compute as pc

    if wish.kind == "category":
        return np.asarray(pc.equal(rows["category"], wish.name).to_numpy(zero_copy_only=False), np.float64)
    if wish.kind == "colour":
        owner, names = _flat(rows["colours"])
        _, shares = _flat(rows["colour_share"])
        meant = np.asarray(pc.equal(names, wish.name).to_numpy(zero_copy_only=False), bool)
        if len(shares) != len(meant):
            return np.zeros(rows.num_rows)
        share = shares.to_numpy(zero_copy_only=False)[meant]
        return np.minimum(np.bincount(owner[meant], weights=share, minlength=rows.num_rows), 1.0)
    owner, names = _flat(rows["parts" if wish.kind == "part" else "attributes"])
    meant = np.asarray(pc.equal(names, wish.name).to_numpy(zero_copy_only=False), bool)
    said = np.where(np.bincount(owner[meant], minlength=rows.num_rows) > 0, SAID, UNSAID)
    if wish.kind == "part":
        return said
    lists = rows["attribute_probs"]
    offsets = lists.offsets.to_numpy()
    rated = np.diff(offsets) == len(ontology.attributes)
    values = lists.values.to_numpy(zero_copy_only=False)
    said[rated] = values[offsets[:-1][rated] + ontology.attribute_index(wish.name)]
    return said


def _flat(lists: "pa.ListArray") -> tuple[npt.NDArray[np.int64], "pa.Array"]:
    """Row of each entry of lists, and the entries."""
    offsets = lists.offsets.to_numpy()
    owner = np.repeat(np.arange(len(lists)), np.diff(offsets))
    return owner, lists.values.slice(int(offsets[0]), int(offsets[-1] - offsets[0]))
