"""How many garments have each value, and between what the user's numbers lie: one pass over the table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from attire.catalog.store import Filter, Store

__all__ = ["MOST_VALUES", "Counted", "count_values"]

MOST_VALUES = 200
"""Values that a column of the user's text may have in all of the catalogue to be counted."""
_OURS = ("category", "attributes", "colours", "parts", "source")
_LISTS = frozenset({"attributes", "colours", "parts"})


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Of the garments that a filter leaves."""

    total: int
    values: dict[str, dict[str, int]]
    """Garments per value, most first, by column."""
    ranges: dict[str, tuple[float, float]]
    """Least and largest of the user's numbers, by column; none of a column without a number."""


@dataclass(eq=False)
class _Tally:
    """What was seen so far."""

    total: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)

    def add(self, batch: pa.RecordBatch, numbers: Sequence[str]) -> None:
        self.total += batch.num_rows
        for name, counts in list(self.values.items()):
            column = batch.column(name)
            counts.update(dict(_pairs(_each_once(column) if name in _LISTS else column)))
            if name not in _OURS and len(counts) > MOST_VALUES:
                del self.values[name]
        for name in numbers:
            column = batch.column(name)
            if pa.types.is_floating(column.type):
                column = column.filter(pc.is_finite(column))
            found = pc.min_max(column)
            if found["min"].is_valid:
                low, high = float(found["min"].as_py()), float(found["max"].as_py())
                known = self.ranges.get(name, (low, high))
                self.ranges[name] = min(low, known[0]), max(high, known[1])


def count_values(store: Store, *, where: Filter | None = None, like: Counted | None = None) -> Counted:
    """Count.

    Args:
        store: The catalogue.
        where: Which garments; all if None.
        like: Counts of all of it, whose columns these are to have; found out if None.
    """
    fields = store.own_fields
    text = [one.name for one in fields if _is_text(one.type)]
    numbers = [one.name for one in fields if _is_number(one.type)]
    if like is not None:
        text = [name for name in text if name in like.values]
        numbers = [name for name in numbers if name in like.ranges]
    tally = _Tally(values={name: Counter() for name in (*_OURS, *text)})
    for batch in store.batches([*_OURS, *text, *numbers], where=where):
        tally.add(batch, numbers)
    return Counted(
        total=tally.total,
        values={
            name: dict(sorted(c.items(), key=lambda p: (-p[1], p[0]))) for name, c in tally.values.items()
        },
        ranges=tally.ranges,
    )


def _pairs(values: pa.Array) -> Iterable[tuple[str, int]]:
    """Give each value and how often it is there; missing and empty ones left out."""
    for pair in pc.value_counts(values):
        value = pair["values"].as_py()
        if value not in (None, ""):
            yield str(value), int(pair["counts"].as_py())


def _each_once(lists: pa.Array) -> pa.Array:
    """Give what is in lists, each value once per list."""
    table = pa.table({"list": pc.list_parent_indices(lists), "value": pc.list_flatten(lists)})
    return table.group_by(["list", "value"]).aggregate([])["value"]


def _is_text(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
