"""How good rankings are: precision among the first ten, and whether the same outfit is found again."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Score",
    "near_duplicates",
    "nearest",
    "outfits_found",
    "partners_found",
    "precision",
    "random_precision",
]

Floats = npt.NDArray[np.float32]
_BLOCK = 500
_RESAMPLES = 1000
_SAME_DRAWING, _SAME_COLOURS = 0.98, 0.99
"""Cosines of gradients and of raw histograms from which two pictures are all but the same, chosen by eye."""
Pairs = dict[int, npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Score:
    """A mean over queries, with its 95 % interval (bootstrap over queries)."""

    value: float
    low: float
    high: float
    queries: int

    @classmethod
    def of(cls, values: npt.NDArray[np.floating[Any]]) -> "Score":
        """Take one value per query."""
        draws = np.random.default_rng(0).integers(0, len(values), (_RESAMPLES, len(values)))
        means = values.astype(np.float64)[draws].mean(axis=1)
        low, high = np.quantile(means, [0.025, 0.975])
        return cls(float(values.mean()), float(low), float(high), len(values))


def near_duplicates(gradients: Floats, histograms: Floats) -> Pairs:
    """Find for each picture those that are all but the same: alike in gradients and in colours.

    A hash of 64 bits takes most shirts on white for one another: 93,433 pairs of 9,534 photos.
    """
    drawn, coloured = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (gradients, histograms))
    found = {}
    for first in range(0, len(drawn), _BLOCK):
        block = slice(first, first + _BLOCK)
        same = (drawn[block] @ drawn.T >= _SAME_DRAWING) & (coloured[block] @ coloured.T >= _SAME_COLOURS)
        found.update(
            {first + row: np.setdiff1d(np.flatnonzero(own), [first + row]) for row, own in enumerate(same)}
        )
    return found


def nearest(vectors: Floats, left_out: Pairs, k: int = 10) -> npt.NDArray[np.int64]:
    """Find the k nearest of each; itself and its duplicates are left out. Shape ``(N, k)``, in no order."""
    found = []
    for first in range(0, len(vectors), _BLOCK):
        alike = vectors[first : first + _BLOCK] @ vectors.T
        for row in range(len(alike)):
            alike[row, first + row] = alike[row, left_out[first + row]] = -np.inf
        found.append(np.argpartition(-alike, k, axis=1)[:, :k])
    return np.concatenate(found)


def precision(found: npt.NDArray[np.int64], label: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Say for each query which share of what was found has its label."""
    return (label[found] == label[:, None]).mean(axis=1)


def random_precision(label: npt.NDArray[np.int64], left_out: Pairs) -> npt.NDArray[np.float64]:
    """Say what a ranking by chance gives on average."""
    counts = np.bincount(label)
    gone = [left_out[i] for i in range(len(label))]
    same = [counts[own] - 1 - (label[out] == own).sum() for own, out in zip(label, gone, strict=True)]
    return np.array(same) / (len(label) - 1 - np.array([len(out) for out in gone]))


def outfits_found(
    vectors: Floats,
    photo: npt.NDArray[np.int64],
    category: npt.NDArray[np.int64],
    *,
    within: int = 3,
    k: int = 5,
) -> npt.NDArray[np.float64]:
    """Say for each garment whether its like in a neighbouring photo is among the k nearest.

    Args:
        vectors: One per garment, of length 1.
        photo: Number of its photo; neighbours often show the same person.
        category: Category id.
        within: How far numbers of neighbours lie apart at most.
        k: How many of the nearest are looked at; garments of the same photo are left out.

    Returns:
        1 or 0 for each garment that has any of its category in a neighbouring photo.
    """
    alike = vectors @ vectors.T
    apart = np.abs(photo[:, None] - photo)
    alike[apart == 0] = -np.inf
    right = (apart > 0) & (apart <= within) & (category[:, None] == category)
    asked = np.flatnonzero(right.any(axis=1))
    found = np.argpartition(-alike[asked], k, axis=1)[:, :k]
    return np.take_along_axis(right[asked], found, axis=1).any(axis=1).astype(np.float64)


def partners_found(
    vectors: Floats, photo: npt.NDArray[np.int64], category: npt.NDArray[np.int64], paired: int, *, k: int = 1
) -> npt.NDArray[np.float64]:
    """Say for each shoe of a pair whether the other one is among the k nearest of all shoes.

    Args:
        vectors: One per garment, of length 1.
        photo: Number of its photo.
        category: Category id.
        paired: Id of what is worn in pairs; photos that show exactly two of it are asked about.
        k: How many of the nearest are looked at.
    """
    shoes = np.flatnonzero(category == paired)
    own, counts = np.unique(photo[shoes], return_counts=True)
    asked = np.isin(photo[shoes], own[counts == 2])
    alike = vectors[shoes] @ vectors[shoes].T
    np.fill_diagonal(alike, -np.inf)
    found = np.argpartition(-alike, k, axis=1)[:, :k]
    hits = (photo[shoes][found] == photo[shoes][:, None]).any(axis=1)
    return hits[asked].astype(np.float64)
