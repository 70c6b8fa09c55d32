"""Small masks pasted into their boxes, straight to run-lengths of the photo's size."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks import RunLengths
from attire.predict.taps import Taps

__all__ = ["MASK_THRESHOLD", "paste_masks"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
MASK_THRESHOLD = 0.5
"""Probability above which a pixel belongs to a mask."""
_BORDER = 1
"""Cells of zeros around a mask, so that it may end softly at its box."""
_COLUMNS_AT_ONCE = 1 << 13
"""Photo columns, of all masks together, that are worked on at once: what bounds the memory."""


def paste_masks(
    masks: Floats,
    boxes: npt.NDArray[np.floating],
    size: tuple[int, int],
    *,
    threshold: float = MASK_THRESHOLD,
) -> RunLengths:
    """Stretch each mask over its box and keep what lies in the photo.

    Pixel for pixel this follows torchvision's ``paste_masks_in_image``: masks are padded by one cell and
    boxes widened to match, corners are truncated to integers, and both ends count, so that a box spans
    ``x2 - x1 + 1`` pixels. Nothing as large as the photo, or even as the box, is ever built.

    Args:
        masks: Probabilities, shape ``(N, S, S)``.
        boxes: xyxy in photo pixels, shape ``(N, 4)``; they may stick out of the photo.
        size: ``(height, width)`` of the photo in pixels.
        threshold: A pixel belongs to a mask whose probability there is above this.

    Returns:
        N masks of that size, some perhaps empty.

    Raises:
        AnnotationError: If there is not one square mask per box.

    Example:
        >>> sure = np.full((1, 28, 28), 0.9, np.float32)
        >>> runs = paste_masks(sure, np.array([[20.0, 10.0, 60.0, 40.0]]), (60, 80))
        >>> runs.boxes.tolist()
        [[20.0, 9.0, 60.0, 41.0]]
    """
    if masks.ndim != 3 or masks.shape[1] != masks.shape[2] or boxes.shape != (len(masks), 4):
        raise AnnotationError(
            f"Pasting takes masks of shape (N, S, S) and boxes of shape (N, 4); found {masks.shape} and "
            f"{boxes.shape}."
        )
    if not len(masks):
        return RunLengths.empty()
    padded = np.pad(np.asarray(masks, np.float32), ((0, 0), (_BORDER, _BORDER), (_BORDER, _BORDER)))
    widened = _widen(np.asarray(boxes, np.float32), padded.shape[1] / masks.shape[1])
    pieces = _pieces(np.maximum(widened[:, 2] - widened[:, 0] + 1, 1), most=_COLUMNS_AT_ONCE)
    return RunLengths.concatenate(
        [_paste_some(padded[some], widened[some], size, threshold) for some in pieces]
    )


def _widen(boxes: Floats, factor: float) -> Ints:
    """Widen boxes around their centres and truncate the corners to integers."""
    centres = (boxes[:, :2] + boxes[:, 2:]) * np.float32(0.5)
    halves = (boxes[:, 2:] - boxes[:, :2]) * np.float32(0.5) * np.float32(factor)
    return np.concatenate([centres - halves, centres + halves], axis=1).astype(np.int64)


def _pieces(counts: Ints, most: int) -> Iterator[slice]:
    """Cut a list into slices whose counts add up to ``most`` or, of a single one, to more.

    Example:
        >>> [(some.start, some.stop) for some in _pieces(np.array([2, 2, 9, 1]), most=4)]
        [(0, 2), (2, 3), (3, 4)]
    """
    ends, first = np.cumsum(counts), 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, before + most, side="right")), first + 1)
        yield slice(first, last)
        first = last


def _paste_some(masks: Floats, boxes: Ints, size: tuple[int, int], threshold: float) -> RunLengths:
    """Paste padded masks into widened boxes in one go: garments are small, so calls cost more than pixels."""
    (left, top, right, bottom), (height, width) = boxes.T, size
    x1, y1 = np.maximum(left, 0), np.maximum(top, 0)
    columns, rows = np.minimum(right + 1, width) - x1, np.minimum(bottom + 1, height) - y1
    seen = (columns > 0) & (rows > 0)
    across = Taps.of(masks.shape[1], right - left + 1, x1 - left, np.where(seen, columns, 0))
    down = Taps.of(masks.shape[1], bottom - top + 1, y1 - top, np.where(seen, rows, 0))
    column, row = _edges(masks, across, down, threshold)
    owner = across.owner[column]
    ends = (x1[owner] + column - across.offsets[owner]) * height + y1[owner] + row
    return _run_lengths(ends[0::2], ends[1::2], owner[0::2], len(masks), size)


def _edges(masks: Floats, across: Taps, down: Taps, threshold: float) -> tuple[Ints, Ints]:
    """Find where runs begin and, in turn, where they have ended, down each column.

    Between two cells a profile is a straight line, which crosses the threshold once at most. So only
    the first and last pixel between each two cells are looked at, and a crossing is bisected: the work
    does not grow with the height of the box.

    Args:
        masks: Probabilities, shape ``(N, S, S)``.
        across: Where the photo's columns lie among those of the masks; C in all.
        down: Where the photo's rows lie among those of the masks.
        threshold: Above it is inside.

    Returns:
        Columns, counted through all masks, and rows, counted within their own, of the edges; column by
        column, rows rising.
    """
    probes = down.ends_of_cells()
    limits = _limits(probes, down)
    profiles = np.empty((masks.shape[1], len(across.owner)))
    inside = np.zeros((len(across.owner), limits.shape[1]), bool)
    bounds = np.searchsorted(probes, down.offsets)
    for i in np.flatnonzero(np.diff(across.offsets)):
        wide, tall = slice(*across.offsets[i : i + 2]), probes[slice(*bounds[i : i + 2])]
        right, below = across.share[wide], down.share[tall, None]
        own = masks[i][:, across.before[wide]] * (1 - right) + masks[i][:, across.after[wide]] * right
        value = own[down.before[tall]] * (1 - below) + own[down.after[tall]] * below
        profiles[:, wide] = own
        inside[wide, 1 : 1 + len(tall)] = (value > threshold).T
    column, gap = np.divmod(np.flatnonzero(inside[:, 1:] != inside[:, :-1]), max(inside.shape[1] - 1, 1))
    owner, state = across.owner[column], inside[column, gap + 1]
    low, high = limits[owner, gap], limits[owner, gap + 1]
    while len(unsure := np.flatnonzero(high - low > 1)):
        middle, line = (low[unsure] + high[unsure]) // 2, column[unsure]
        at = down.offsets[owner[unsure]] + middle
        below = down.share[at]
        value = profiles[down.before[at], line] * (1 - below) + profiles[down.after[at], line] * below
        passed = (value > threshold) == state[unsure]
        high[unsure[passed]] = middle[passed]
        low[unsure[~passed]] = middle[~passed]
    return column, high


def _limits(probes: Ints, down: Taps) -> Ints:
    """Lay each box's probes, counted from its own first row, between -1 and its number of rows.

    Returns:
        Shape ``(N, most + 2)``, filled up with zeros.
    """
    bounds = np.searchsorted(probes, down.offsets)
    counts, owner = np.diff(bounds), down.owner[probes]
    limits = np.zeros((len(counts), int(counts.max(initial=0)) + 2), np.int64)
    limits[:, 0] = -1
    limits[owner, 1 + np.arange(len(probes)) - bounds[owner]] = probes - down.offsets[owner]
    limits[np.arange(len(counts)), 1 + counts] = np.diff(down.offsets)
    return limits


def _run_lengths(begin: Ints, end: Ints, owner: Ints, masks: int, size: tuple[int, int]) -> RunLengths:
    if len(begin):  # a run down to the photo's last row goes on at the top of the next column
        apart = (begin[1:] > end[:-1]) | (owner[1:] != owner[:-1])
        first, last = np.append(True, apart), np.append(apart, True)
        begin, end, owner = begin[first], end[last], owner[first]
    counts = np.bincount(owner, minlength=masks)
    return RunLengths(
        begin.astype(np.int32),
        (end - begin).astype(np.int32),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.tile(np.array(size, np.int32), (masks, 1)),
    )
