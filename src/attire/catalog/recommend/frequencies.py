"""How common attributes, colours and parts are among the garments of each category."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from attire.catalog.store import Store

__all__ = ["SAMPLE", "Frequencies", "Trait", "traits_of"]

SAMPLE = 20_000
"""Rows that frequencies are counted on; drawn at random where there are more."""
Trait: TypeAlias = tuple[Literal["attribute", "colour", "part"], str]
"""What a garment has, and its name."""
_COLUMNS: dict[str, Literal["attribute", "colour", "part"]] = {
    "attributes": "attribute",
    "colours": "colour",
    "parts": "part",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Frequencies:
    """Counts over a sample of rows."""

    garments: Mapping[str, int]
    """Of each category."""
    having: Mapping[tuple[str, Trait], int]
    """Garments of a category that have a trait."""

    @classmethod
    def of(cls, rows: "pa.Table") -> Self:
        """Count rows that have the columns ``category``, ``attributes``, ``colours`` and ``parts``."""
        import pyarrow as pa

        category = rows.column("category").combine_chunks()
        garments = Counter(category.to_pylist())
        having: Counter[tuple[str, Trait]] = Counter()
        for column, kind in _COLUMNS.items():
            lists = rows.column(column).combine_chunks()
            owners = category.take(_owners(lists))
            pairs = pa.table({"category": owners, "name": lists.flatten()})
            for one in pairs.group_by(["category", "name"]).aggregate([([], "count_all")]).to_pylist():
                having[one["category"], (kind, one["name"])] += one["count_all"]
        return cls(garments=garments, having=having)

    @classmethod
    def read(cls, store: "Store", seed: int = 0) -> Self:
        """Count a catalogue, or a sample of :data:`SAMPLE` of its rows."""
        columns, size = ["category", *_COLUMNS], len(store)
        if size <= SAMPLE:
            return cls.of(store.rows(columns))
        drawn = np.random.default_rng(seed).choice(size, SAMPLE, replace=False)
        return cls.of(store.table.take_offsets(np.sort(drawn).tolist()).select(columns).to_arrow())

    def share(self, category: str, trait: Trait) -> float:
        """Give the share of a category's garments that have a trait, in 0 … 1 without the ends.

        One half of a garment is added to either side, so that what was never seen is rare, not impossible.
        """
        return (self.having.get((category, trait), 0) + 0.5) / (self.garments.get(category, 0) + 1.0)

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Names that occur, by kind of trait, and those of categories."""
        found: dict[str, set[str]] = {"category": set(self.garments)}
        for _, (kind, name) in self.having:
            found.setdefault(kind, set()).add(name)
        return {kind: frozenset(names) for kind, names in found.items()}


def traits_of(garment: Any) -> Iterable[Trait]:
    """List what a garment has."""
    yield from (("attribute", name) for name in garment.attributes)
    yield from (("colour", name) for name in garment.colours)
    yield from (("part", name) for name in garment.parts)


def _owners(lists: "pa.ListArray") -> "pa.Array":
    """Say for each value of a column of lists which row it stands in."""
    import pyarrow.compute as pc

    return pc.list_parent_indices(lists)
