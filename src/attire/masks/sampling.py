"""Which pixels of a mask are looked at, and where its runs lie among those; arrays alone, no masks."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Ints", "fill", "nearest", "project"]

Ints: TypeAlias = npt.NDArray[np.integer[Any]]


def nearest(source: int, target: int) -> npt.NDArray[np.int64]:
    """Source index of each target pixel under nearest-neighbour resizing (pixel centres aligned).

    Example:
        >>> nearest(4, 2).tolist(), nearest(2, 4).tolist()
        ([1, 3], [0, 0, 1, 1])
    """
    return ((2 * np.arange(target, dtype=np.int64) + 1) * source) // (2 * target)


def project(pixels: Ints, size: tuple[int, int], rows: Ints, columns: Ints) -> npt.NDArray[np.int64]:
    """Count the sampled pixels that come before each pixel, down the columns.

    Args:
        pixels: Places in a mask, column-major, shape ``(K,)``; its end is one of them, too.
        size: ``(height, width)`` of the mask.
        rows: Sampled rows, rising, shape ``(h,)``.
        columns: Sampled columns, rising and distinct, shape ``(w,)``.

    Returns:
        Places among the sampled pixels, 0 … h · w, shape ``(K,)``.

    Example:
        >>> project(np.array([0, 3, 6]), (2, 3), np.array([1]), np.array([0, 2])).tolist()
        [0, 1, 2]
    """
    height, width = size
    rows_before = np.searchsorted(rows, np.arange(height + 1))
    columns_before = np.searchsorted(columns, np.arange(width + 2))
    column = pixels // np.int64(height)
    row = pixels - column * height
    places: npt.NDArray[np.int64] = (
        columns_before[column] * len(rows) + np.diff(columns_before)[column] * rows_before[row]
    )
    return places


def fill(begin: Ints, end: Ints, height: int, width: int) -> npt.NDArray[np.bool_]:
    """Paint runs into an empty mask.

    Args:
        begin: First pixel of each run, column-major, shape ``(R,)``.
        end: Pixel after its last, shape ``(R,)``.
        height: Of the mask, pixels.
        width: Of the mask, pixels.

    Returns:
        Shape ``(height, width)``.

    Example:
        >>> fill(np.array([1]), np.array([3]), 2, 2).astype(int).tolist()
        [[0, 1], [1, 0]]
    """
    edges = np.zeros(height * width + 1, np.int8)
    np.add.at(edges, begin, 1)
    np.subtract.at(edges, end, 1)
    return np.cumsum(edges[:-1], dtype=np.int8).astype(bool).reshape(width, height).T
