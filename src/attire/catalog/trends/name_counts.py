"""Counting where every garment has one name: categories, main colours, and colours of a category."""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from attire.catalog.trends.counts import Counts, Floats

__all__ = ["count_names"]

_SUMS = """
WITH population AS (
    SELECT pool, period, photo, sum(score) AS n FROM garments GROUP BY ALL
), shows AS (
    SELECT pool, name, period, photo, sum(score) AS y FROM garments GROUP BY ALL
)
"""
_SHOWN = (
    _SUMS
    + """
SELECT pool, name, period, sum(y) AS shown, sum(y * y) AS shown2, sum(y * n) AS shown_base
FROM shows JOIN population USING (pool, period, photo) GROUP BY ALL ORDER BY ALL
"""
)
_BASE = (
    _SUMS
    + """
SELECT pool, period, sum(n) AS base, sum(n * n) AS base2, count(*) AS photos FROM population GROUP BY ALL
"""
)


def count_names(
    name: npt.NDArray[np.int64],
    pool: npt.NDArray[np.int64],
    score: Floats,
    photo: npt.NDArray[np.int64],
    period: npt.NDArray[np.int64],
    periods: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Counts]:
    """Sum up names over photos and periods, in DuckDB.

    Args:
        name: Number of each garment's name, shape ``(R,)``.
        pool: Number of the population it is counted in, such as its category; 0 for all, shape ``(R,)``.
        score: Probability that the garment is right, shape ``(R,)``.
        photo: Which photo each is in, shape ``(R,)``.
        period: Which period each is in, 0 … T−1, shape ``(R,)``.
        periods: T.

    Returns:
        The pool and the name of each line found, and its counts.
    """
    garments = pa.table({"pool": pool, "name": name, "score": score, "photo": photo, "period": period})
    with duckdb.connect() as connection:
        connection.register("garments", garments)
        shown = connection.execute(_SHOWN).fetchnumpy()
        base = connection.execute(_BASE).fetchnumpy()
    keys, line = np.unique(np.stack([shown["pool"], shown["name"]]), axis=1, return_inverse=True)
    pools, row = np.unique(base["pool"], return_inverse=True)
    of = np.searchsorted(pools, keys[0])
    sums = {column: np.zeros((keys.shape[1], periods)) for column in ("shown", "shown2", "shown_base")}
    for column, total in sums.items():
        total[line.ravel(), shown["period"]] = _settled(shown[column])
    for column in ("base", "base2", "photos"):
        total = np.zeros((len(pools), periods))
        total[row, base["period"]] = _settled(base[column])
        sums[column] = total[of]
    return keys[0].astype(np.int64), keys[1].astype(np.int64), Counts(certain=sums["shown"], **sums)


def _settled(sums: Floats) -> Floats:
    """Drop the digits that depend on the order in which DuckDB's threads add up."""
    return np.asarray(np.round(sums, 8), np.float64)
