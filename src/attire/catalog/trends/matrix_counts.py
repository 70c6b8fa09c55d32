"""Counting where every garment has a probability for every line: attributes."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from attire.catalog.trends.counts import Counts, Floats

__all__ = ["count_matrix"]

_CHUNK = 65_536


def count_matrix(
    chances: npt.NDArray[np.float32],
    score: Floats,
    photo: npt.NDArray[np.int64],
    period: npt.NDArray[np.int64],
    periods: int,
) -> Counts:
    """Sum up a matrix of probabilities over photos and periods, some tens of thousands of garments at a time.

    Args:
        chances: Probability of each line if the garment is right, in 0 … 1, shape ``(R, K)``.
        score: Probability that the garment is right, in 0 … 1, shape ``(R,)``.
        photo: Which photo each is in, shape ``(R,)``.
        period: Which period each is in, 0 … T−1, shape ``(R,)``.
        periods: T.

    Example:
        >>> counts = count_matrix(np.array([[1.0], [0.5]], np.float32), np.array([1.0, 0.8]),
        ...                       np.array([7, 7]), np.array([0, 0]), periods=1)
        >>> counts.shown.round(6).tolist(), counts.shown2.round(6).tolist()
        ([[1.4]], [[1.96]])
    """
    order = np.lexsort((photo, period))
    photo, period, score = photo[order], period[order], score[order]
    new = np.ones(len(order), bool)
    new[1:] = (photo[1:] != photo[:-1]) | (period[1:] != period[:-1])
    firsts = np.flatnonzero(new)
    sums = {name: np.zeros((periods, chances.shape[1])) for name in _SUMS}
    for first, last in _chunks(firsts, len(order)):
        chance = chances[order[first:last]]
        begins = firsts[(firsts >= first) & (firsts < last)] - first
        s, garments = score[first:last], period[first:last]
        y = _grouped(s, begins) @ chance
        n = np.add.reduceat(s, begins)
        photos = _chosen(garments[begins], np.ones(len(begins)), periods)
        sums["shown"] += photos @ y
        sums["shown_base"] += _chosen(garments[begins], n, periods) @ y
        sums["shown2"] += photos @ np.square(y)
        sums["certain"] += _chosen(garments, s, periods) @ np.square(chance)
    whole = np.add.reduceat(score, firsts) if len(firsts) else np.zeros(0)
    at = period[firsts]
    bases = {
        "base": np.bincount(period, score, periods),
        "base2": np.bincount(at, whole**2, periods),
        "photos": np.bincount(at, minlength=periods).astype(np.float64),
    }
    lines = chances.shape[1]
    return Counts(
        **{name: total.T.copy() for name, total in sums.items()},
        **{name: np.broadcast_to(total, (lines, periods)) for name, total in bases.items()},
    )


_SUMS = ("shown", "shown2", "shown_base", "certain")


def _chunks(firsts: npt.NDArray[np.int64], rows: int) -> Iterator[tuple[int, int]]:
    """Cut rows where a photo begins."""
    first = 0
    while first < rows:
        place = int(np.searchsorted(firsts, min(first + _CHUNK, rows)))
        last = int(firsts[place]) if place < len(firsts) else rows
        yield first, last
        first = last


def _grouped(weight: Floats, begins: npt.NDArray[np.int64]) -> sparse.csr_array:
    """Matrix that adds up weighed rows, a group after the other, shape ``(G, R)``."""
    return sparse.csr_array((weight, np.arange(len(weight)), np.r_[begins, len(weight)]))


def _chosen(row: npt.NDArray[np.int64], weight: Floats, rows: int) -> sparse.csr_array:
    """Matrix that adds up weighed rows by number, shape ``(rows, R)``."""
    return sparse.csr_array((weight, (row, np.arange(len(row)))), shape=(rows, len(row)))
