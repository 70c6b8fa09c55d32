"""Which lines there are: categories, attributes, colours, and what goes together within a category."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from attire.catalog.trends.counts import Counts, concatenate
from attire.catalog.trends.matrix_counts import count_matrix
from attire.catalog.trends.name_counts import count_names
from attire.catalog.trends.periods import Periods
from attire.catalog.trends.reading import Reading

__all__ = ["KINDS", "Subject", "count_lines"]

KINDS = ("categories", "attributes", "colours", "combinations")
"""What can be counted."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a line counts."""

    kind: str
    """One of :data:`KINDS`."""
    category: str | None = None
    attribute: str | None = None
    colour: str | None = None

    @property
    def name(self) -> str:
        """What people call it.

        Example:
            >>> Subject(kind="combinations", category="dress", attribute="floral").name
            'dress: floral'
        """
        what = self.attribute or self.colour
        if self.category is None or what is None:
            return what or self.category or ""
        return f"{self.category}: {what}"

    @property
    def among(self) -> str:
        """What its share is a share of."""
        if self.kind == "combinations":
            known = "attributes were read" if self.attribute else "colour is known"
            return f"the category {self.category}, where the {known}"
        if self.kind == "attributes":
            return "garments whose attributes were read"
        return "garments whose colour is known" if self.kind == "colours" else "all garments"


def count_lines(reading: Reading, periods: Periods, of: Collection[str]) -> tuple[list[Subject], Counts]:
    """Count every line of the kinds asked for.

    Garments whose period is not known are left out. A garment counts for its largest colour only, so that
    colours add up to 1. Combinations are shares *within* their category: that more dresses are floral is one
    thing, that there are more dresses another.
    """
    found = list(_lines(reading, periods, of))
    return [subject for subjects, _ in found for subject in subjects], concatenate([c for _, c in found])


def _lines(reading: Reading, periods: Periods, of: Collection[str]) -> Iterator[tuple[list[Subject], Counts]]:
    table, when = reading.table, periods.period
    photo, _ = _codes(table["photo_id"])
    category, categories = _codes(table["category"])
    colour, colours = _codes(table["colour"])
    score, timed, all_of_them = reading.score, when >= 0, np.zeros_like(category)
    total = len(periods.labels)

    def named(
        kind: str, name: npt.NDArray[np.int64], pool: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Counts]:
        rows = timed & (name >= 0)
        return count_names(name[rows], pool[rows], score[rows], photo[rows], when[rows], total)

    if "categories" in of:
        _, names, counts = named("categories", category, all_of_them)
        yield [Subject(kind="categories", category=categories[n]) for n in names], counts
    if "colours" in of and (colour >= 0).any():
        _, names, counts = named("colours", colour, all_of_them)
        yield [Subject(kind="colours", colour=colours[n]) for n in names], counts
    if "combinations" in of and (colour >= 0).any():
        pools, names, counts = named("combinations", colour, category)
        pairs = zip(pools.tolist(), names.tolist(), strict=True)
        yield (
            [Subject(kind="combinations", category=categories[p], colour=colours[n]) for p, n in pairs],
            counts,
        )
    rows = reading.carriers
    kept = when[rows] >= 0
    if "attributes" in of and kept.any():
        chances = reading.chances if kept.all() else reading.chances[kept]
        rows = rows[kept]
        counts = count_matrix(chances, score[rows], photo[rows], when[rows], total)
        yield [Subject(kind="attributes", attribute=name) for name in reading.attributes], counts
    if "combinations" in of:
        for code in np.unique(category[reading.carriers[kept]]):
            mine = kept & (category[reading.carriers] == code)
            rows = reading.carriers[mine]
            counts = count_matrix(reading.chances[mine], score[rows], photo[rows], when[rows], total)
            name = categories[code]
            yield (
                [Subject(kind="combinations", category=name, attribute=a) for a in reading.attributes],
                counts,
            )


def _codes(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Number the values of a column; −1 where there is none."""
    encoded = column.combine_chunks().dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy().astype(np.int64), encoded.dictionary.to_pylist()
