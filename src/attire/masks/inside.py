"""A pixel well inside a mask: where a finger would point."""

import numpy as np
import numpy.typing as npt

from attire.masks.runs import Mask, RunLengths

__all__ = ["inner_point"]

_GRID = 48
"""Rows and columns at most at which a mask is looked at."""


def inner_point(masks: RunLengths, i: int, *, but: RunLengths | None = None) -> tuple[int, int] | None:
    """Give a pixel of a mask that is far from its rim.

    The mask is looked at on a grid, from which rims are taken off as long as something is left.

    Args:
        masks: Masks of one size.
        i: Which of them.
        but: Masks of the same size that the pixel is not to be in, as far as that is possible.

    Returns:
        ``(x, y)`` of the pixel; None for a mask without pixels.

    Example:
        >>> inner_point(RunLengths.from_mask(np.pad(np.ones((3, 3)), ((1, 0), (0, 5)))), 0)
        (1, 2)
    """
    x1, y1, x2, y2 = masks[i].boxes[0].astype(int).tolist()
    if x2 <= x1 or y2 <= y1:
        return None
    rows, columns = _spread(y1, y2), _spread(x1, x2)
    grid = masks.sample(i, rows, columns)
    if but is not None and len(but):
        alone = grid & ~but.sample_all(rows, columns).any(axis=0)
        grid = alone if alone.any() else grid
    if not grid.any():  # too thin for the grid
        longest = int(masks[i].lengths.argmax())
        middle = int(masks[i].starts[longest]) + int(masks[i].lengths[longest]) // 2
        return divmod(middle, int(masks.sizes[i, 0]))
    y, x = _middle(grid)
    return int(columns[x]), int(rows[y])


def _spread(first: int, end: int) -> npt.NDArray[np.int64]:
    count = min(_GRID, end - first)
    return first + ((2 * np.arange(count) + 1) * (end - first)) // (2 * count)


def _middle(grid: Mask) -> tuple[int, int]:
    """Row and column of what is left last when rims are taken off, near the middle of it."""
    inner = grid
    while True:
        wide = np.pad(inner, 1)
        less = inner & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
        if not less.any():
            break
        inner = less
    rows, columns = np.nonzero(inner)
    nearest = int(np.hypot(rows - rows.mean(), columns - columns.mean()).argmin())
    return int(rows[nearest]), int(columns[nearest])
