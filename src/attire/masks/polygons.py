"""Outlines of masks as polygons, traced along the run-lengths: nothing is painted."""

from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from attire.masks.runs import RunLengths

__all__ = ["trace_polygons"]

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

_THIN = 0.06
"""Pixels of error that are allowed per pixel of a mask's area over its outline's length, so that small and
thin masks keep 98 percent of their pixels, too."""


def trace_polygons(masks: RunLengths, *, tolerance_px: float = 1.0) -> list[list[Floats]]:
    """Give the outlines of every mask, holes included; a pixel is inside by the even-odd rule.

    Args:
        masks: N masks of any sizes.
        tolerance_px: Distance that an outline may be off at most; less for small and thin masks. 0 follows
            the pixels' sides exactly.

    Returns:
        For each mask its closed outlines, ``(x, y)`` in pixels of the photo, whose left upper corner is 0, 0;
        each of shape ``(K, 2)`` with K at least 3, without the first point again at the end. None of a mask
        without pixels.

    Example:
        >>> [[outline.tolist() for outline in one] for one in trace_polygons(RunLengths.from_mask([[0, 1]]))]
        [[[[1.0, 0.0], [1.0, 1.0], [2.0, 1.0], [2.0, 0.0]]]]
    """
    traced = [_loops(*_corners(masks[i])) for i in range(len(masks))]
    tolerances = [
        np.full(len(loops), min(tolerance_px, _THIN * area / max(1.0, sum(map(_length, loops)))))
        for loops, area in zip(traced, masks.areas.tolist(), strict=True)
    ]
    outlines = _simplified([loop for loops in traced for loop in loops], np.concatenate([[], *tolerances]))
    ends = np.cumsum([0, *map(len, traced)]).tolist()
    return [[one for one in outlines[a:b] if len(one) > 2] for a, b in pairwise(ends)]


def _corners(mask: RunLengths) -> tuple[Integers, Integers, Integers]:
    """Where the outline of one mask turns: x, y, and 1 or -1, or 2 or -2 where two outlines touch.

    Down a column, a run begins and ends at some rows. Where the column beside it does the same, the outline
    goes straight on; where it does not, it turns.
    """
    height = int(mask.sizes[0, 0])
    begin, last = mask.starts.astype(np.int64), mask.starts.astype(np.int64) + mask.lengths - 1
    pieces = last // height - begin // height + 1  # columns that a run goes through
    column = np.repeat(begin // height, pieces) + _places(pieces)
    top = np.maximum(np.repeat(begin, pieces) - column * height, 0)
    bottom = np.minimum(np.repeat(last, pieces) - column * height, height - 1) + 1
    x, y = np.concatenate([column, column, column + 1, column + 1]), np.tile(np.concatenate([top, bottom]), 2)
    sign = np.repeat([1, -1, -1, 1], len(column))
    keys, place = np.unique(x * (height + 1) + y, return_inverse=True)
    turn = np.bincount(place, sign, len(keys)).astype(np.int64)
    kept = turn != 0
    return keys[kept] // (height + 1), keys[kept] % (height + 1), turn[kept]


def _loops(x: Integers, y: Integers, turn: Integers) -> list[Floats]:
    """Join corners to closed outlines: along a row or a column of corners, every second gap is a side."""
    twice = np.abs(turn)
    x, y, turn, copy = np.repeat(x, twice), np.repeat(y, twice), np.repeat(turn, twice), _places(twice)
    down = _partners(np.lexsort((copy, y, x)))
    # Two pixels that touch at a corner alone are two things, whichever way they lie.
    across = _partners(np.lexsort((np.where(turn == -2, 1 - copy, copy), x, y)))
    points = np.stack([x, y], axis=1).astype(np.float64)
    left = [True] * len(points)
    loops = []
    for first in range(len(points)):
        if left[first]:
            loop, at = [], first
            while left[at]:
                beside = down[at]
                left[at] = left[beside] = False
                loop += [at, beside]
                at = across[beside]
            loops.append(points[loop])
    return loops


def _partners(order: Integers) -> list[int]:
    partners = np.empty_like(order)
    partners[order[0::2]], partners[order[1::2]] = order[1::2], order[0::2]
    return [int(partner) for partner in partners]


def _simplified(loops: list[Floats], tolerances: Floats) -> list[Floats]:
    """Leave out points of closed outlines (Douglas and Peucker, 1973), all sides at once, level by level."""
    if not loops:
        return []
    closed = np.concatenate([np.concatenate([loop, loop[:1]]) for loop in loops])
    sizes = np.array([len(loop) + 1 for loop in loops])
    ends = np.cumsum(sizes)
    begins = ends - sizes
    limit = np.repeat(tolerances, sizes)
    kept = np.zeros(len(closed), bool)
    kept[begins], kept[ends - 1] = True, True
    away = np.hypot(*(closed - np.repeat(closed[begins], sizes, axis=0)).T)
    kept[_largest(away, begins)] = True
    while True:
        chosen = np.flatnonzero(kept)
        side = np.searchsorted(chosen, np.arange(len(closed)), side="right") - 1
        after = chosen[np.minimum(side + 1, len(chosen) - 1)]
        away = _distances(closed, closed[chosen[side]], closed[after])
        away[kept] = 0.0
        farthest = _largest(away, chosen)
        new = farthest[away[farthest] > np.maximum(limit[farthest], 1e-9)]
        if not len(new):
            break
        kept[new] = True
    kept[ends - 1] = False
    return [closed[a:b][kept[a:b]] for a, b in zip(begins, ends, strict=True)]


def _distances(points: Floats, start: Floats, end: Floats) -> Floats:
    """From points to line segments, shape ``(n,)``."""
    along = end - start
    squared = (along**2).sum(axis=1)
    share = np.clip(((points - start) * along).sum(axis=1) / np.where(squared > 0, squared, 1.0), 0.0, 1.0)
    distances: Floats = np.hypot(*(points - start - share[:, None] * along).T)
    return distances


def _largest(values: Floats, begins: Integers) -> Integers:
    """Place of the largest value of each stretch, which goes to the next one's beginning."""
    stretch = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(values))))
    order = np.lexsort((values, stretch))
    places: Integers = order[np.append(begins[1:], len(values)) - 1]
    return places


def _places(counts: Integers) -> Integers:
    """0, 1, … for each count: ``[2, 3]`` becomes ``[0, 1, 0, 1, 2]``."""
    places: Integers = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return places


def _length(loop: Floats) -> float:
    return float(np.abs(np.diff(loop, axis=0, append=loop[:1])).sum())
