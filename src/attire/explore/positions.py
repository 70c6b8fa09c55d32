"""Where in the photo each category lies, from run-lengths alone."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from attire.masks import RunLengths
from attire.masks.sampling import nearest

__all__ = ["GRID", "position_maps", "run_blocks"]

GRID = 48
"""Cells along each side of a position map."""
_BLOCK_RUNS = 2_000_000

Ints = npt.NDArray[np.int64]


def position_maps(
    masks: RunLengths, category_ids: Ints, n_categories: int, grid: int = GRID
) -> npt.NDArray[np.float32]:
    """Average all masks of each category on a coarse grid over the photo.

    Every photo is stretched to ``grid`` × ``grid`` cells, and a mask covers a cell when it covers
    the cell's centre. A run covers an unbroken stretch of cell centres whose two ends follow from
    integer division, so all runs are placed at once and no mask is decoded.

    Args:
        masks: N masks.
        category_ids: Ontology ids, shape ``(N,)``.
        n_categories: C.
        grid: Cells along each side.

    Returns:
        Share of the category's instances that cover each cell, 0 … 1, shape ``(C, grid, grid)``,
        rows first; zeros for categories without instances.

    Example:
        >>> mask = np.zeros((4, 4), bool)
        >>> mask[:2] = True
        >>> position_maps(RunLengths.from_mask(mask), np.array([0]), 1, grid=2).tolist()
        [[[1.0, 1.0], [0.0, 0.0]]]
    """
    cells = grid * grid
    edges = np.zeros(n_categories * (cells + 1), np.int64)
    for block in run_blocks(masks):
        part, ids = masks[block], category_ids[block]
        wide = part.sizes[:, 1] >= grid
        _add_edges(edges, part if wide.all() else part[wide], ids[wide], grid)
        for i in np.flatnonzero(~wide):
            _add_one(edges, part, int(i), int(ids[i]), grid)
    counts = np.cumsum(edges.reshape(n_categories, cells + 1), axis=1)[:, :-1]
    instances = np.maximum(np.bincount(category_ids, minlength=n_categories), 1)
    shares = (counts / instances[:, None]).astype(np.float32)
    return np.ascontiguousarray(shares.reshape(n_categories, grid, grid).transpose(0, 2, 1))


def run_blocks(masks: RunLengths, runs: int = _BLOCK_RUNS) -> Iterator[slice]:
    """Cut masks into consecutive blocks of about ``runs`` runs, so that work on them stays small in memory.

    Example:
        >>> list(run_blocks(RunLengths.from_masks([[[1]], [[1]], [[1]]]), runs=2))
        [slice(0, 2, None), slice(2, 3, None)]
    """
    begin = 0
    while begin < len(masks):
        end = int(np.searchsorted(masks.offsets, masks.offsets[begin] + runs, side="right")) - 1
        end = min(max(end, begin + 1), len(masks))
        yield slice(begin, end)
        begin = end


def _add_edges(edges: Ints, masks: RunLengths, category_ids: Ints, grid: int) -> None:
    """Mark where each run begins and ends among the cell centres, counted down the columns."""
    counts = np.diff(masks.offsets)
    heights = np.repeat(masks.sizes[:, 0], counts)
    widths = np.repeat(masks.sizes[:, 1], counts)
    begin = _centres_before(masks.starts, heights, widths, grid)
    end = _centres_before(masks.starts + masks.lengths, heights, widths, grid)
    meets = np.flatnonzero(end > begin)
    base = np.repeat(category_ids, counts)[meets] * (grid * grid + 1)
    edges += np.bincount(base + begin[meets], minlength=len(edges))
    edges -= np.bincount(base + end[meets], minlength=len(edges))


def _centres_before(
    pixels: npt.NDArray[np.int32],
    heights: npt.NDArray[np.int32],
    widths: npt.NDArray[np.int32],
    grid: int,
) -> npt.NDArray[np.int32]:
    """Count the cell centres that come before each pixel in column-major order.

    Cell k has its centre in column ``(2k + 1) · width // (2 · grid)``, as nearest-neighbour resizing
    has, so ``(2 · grid · column + width − 1) // (2 · width)`` centres lie left of a column.
    """
    columns = pixels // heights
    rows = pixels - columns * heights
    left = (2 * grid * columns + widths - 1) // (2 * widths)
    here = (2 * grid * (columns + 1) + widths - 1) // (2 * widths) - left
    above = (2 * grid * rows + heights - 1) // (2 * heights)
    before: npt.NDArray[np.int32] = left * grid + here * above
    return before


def _add_one(edges: Ints, masks: RunLengths, i: int, category_id: int, grid: int) -> None:
    """Do the same for a photo narrower than the grid, whose columns stand for several cells each."""
    height, width = (int(side) for side in masks.sizes[i])
    cells = masks.sample(i, nearest(height, grid), nearest(width, grid)).T.reshape(-1)
    steps = np.diff(np.concatenate([[0], cells.astype(np.int64), [0]]))
    base = category_id * (grid * grid + 1)
    edges[base : base + len(steps)] += steps
