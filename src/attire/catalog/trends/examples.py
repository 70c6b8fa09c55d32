"""Garments to look at behind a line."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
from lancedb.expr import col, lit

from attire.catalog.garment import Garment
from attire.catalog.store import Store
from attire.catalog.trends.lines import Subject
from attire.catalog.trends.periods import Periods
from attire.catalog.trends.reading import Reading

__all__ = ["choose_examples", "fetch"]

_LEAST = 0.5
"""Chance that an example shows what it stands for."""


def choose_examples(
    reading: Reading, periods: Periods, subject: Subject, order: Sequence[int], count: int
) -> list[str]:
    """Choose garments that surely show a line, one of each photo and of each look.

    Args:
        reading: The garments.
        periods: When they were seen.
        subject: The line.
        order: Periods to take them from, best first.
        count: How many at most.

    Returns:
        Garment ids.
    """
    chance = _chance(reading, subject)
    rank = np.full(len(periods.labels) + 1, len(periods.labels))
    rank[np.asarray(order)] = np.arange(len(order))
    likely = np.flatnonzero((chance >= _LEAST) & (periods.period >= 0))
    best = likely[np.lexsort((-chance[likely], rank[periods.period[likely]]))][: count * 20]
    chosen: list[str] = []
    seen: set[str] = set()
    rows = reading.table.select(["garment_id", "photo_id", "photo_look"]).take(best).to_pylist()
    for row in rows:
        if len(chosen) == count:
            break
        if not {row["photo_id"], row["photo_look"]} & seen:
            seen |= {row["photo_id"], row["photo_look"]}
            chosen.append(row["garment_id"])
    return chosen


def fetch(store: Store, ids: Sequence[str]) -> dict[str, Garment]:
    """Get garments by id, some hundreds at a time."""
    names = [name for name in store.table.schema.names if name != "embedding"]
    found = {}
    for first in range(0, len(ids), 500):
        some = list(ids[first : first + 500])
        rows = store.rows(names, where=col("garment_id").isin([lit(one) for one in some]))
        for row in rows.to_pylist():
            found[row["garment_id"]] = Garment.from_row(row, store.own_columns)
    return found


def _chance(reading: Reading, subject: Subject) -> npt.NDArray[np.float64]:
    """Chance of each garment to show a line, shape ``(N,)``."""
    chance = reading.score.copy()
    for column, value in (("category", subject.category), ("colour", subject.colour)):
        if value is not None:
            same = pc.fill_null(pc.equal(reading.table[column], value), fill_value=False)
            chance *= same.to_numpy(zero_copy_only=False)
    if subject.attribute is not None:
        shows = np.zeros_like(chance)
        shows[reading.carriers] = reading.chances[:, reading.attributes.index(subject.attribute)]
        chance *= shows
    return chance
