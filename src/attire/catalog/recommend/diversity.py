"""Answers that do not repeat themselves: maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998)."""

import numpy as np
import numpy.typing as npt

__all__ = ["TRADE", "diverse", "redundancy"]

TRADE = 0.7
"""λ: 1 ranks by relevance alone, 0 by being unlike what was chosen before. docs/recommend.md has what it
buys."""


def diverse(
    relevance: npt.NDArray[np.float64], likeness: npt.NDArray[np.float64], k: int, trade: float = TRADE
) -> list[int]:
    """Choose step by step what is relevant and unlike what is chosen already.

    Each step takes the candidate with the highest ``λ · relevance − (1 − λ) · max likeness to the chosen``;
    ties go to the first.

    Args:
        relevance: On the scale of ``likeness``, shape ``(N,)``.
        likeness: Between candidates, shape ``(N, N)``.
        k: How many at most.
        trade: λ in 0 … 1.

    Returns:
        Places of the chosen, in the order of choice.

    Example:
        >>> twins = np.array([[1.0, 0.99, 0.1], [0.99, 1.0, 0.1], [0.1, 0.1, 1.0]])
        >>> worth = np.array([0.9, 0.89, 0.6])
        >>> diverse(worth, twins, k=2), diverse(worth, twins, k=2, trade=1.0)
        ([0, 2], [0, 1])
    """
    left = np.ones(len(relevance), dtype=bool)
    nearest = np.zeros(len(relevance))
    chosen: list[int] = []
    for _ in range(min(k, len(relevance))):
        worth = trade * relevance - (1 - trade) * nearest
        best = int(np.argmax(np.where(left, worth, -np.inf)))
        chosen.append(best)
        left[best] = False
        nearest = likeness[best].copy() if len(chosen) == 1 else np.maximum(nearest, likeness[best])
    return chosen


def redundancy(likeness: npt.NDArray[np.float64], chosen: list[int]) -> float:
    """Give the mean likeness between two of the chosen; NaN for fewer than two.

    Example:
        >>> redundancy(np.array([[1.0, 0.2], [0.2, 1.0]]), [0, 1])
        0.2
    """
    if len(chosen) < 2:
        return float("nan")
    block = likeness[np.ix_(chosen, chosen)]
    return float(block[~np.eye(len(chosen), dtype=bool)].mean())
