"""Small masks pasted into their boxes, straight to run-lengths of the photo's size."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks import RunLengths

__all__ = ["MASK_THRESHOLD", "paste_masks"]

Floats = npt.NDArray[np.float32]
MASK_THRESHOLD = 0.5
"""Probability above which a pixel belongs to a mask."""
_BORDER = 1
"""Cells of zeros around a mask, so that it may end softly at its box."""


def paste_masks(
    masks: Floats,
    boxes: npt.NDArray[np.floating],
    size: tuple[int, int],
    *,
    threshold: float = MASK_THRESHOLD,
) -> RunLengths:
    """Stretch each mask over its box and keep what lies in the photo, one mask at a time.

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
    pairs = zip(padded, widened, strict=True)
    return RunLengths.concatenate([_paste_one(mask, box, size, threshold) for mask, box in pairs])


def _widen(boxes: Floats, factor: float) -> npt.NDArray[np.int64]:
    """Widen boxes around their centres and truncate the corners to integers."""
    centres = (boxes[:, :2] + boxes[:, 2:]) * np.float32(0.5)
    halves = (boxes[:, 2:] - boxes[:, :2]) * np.float32(0.5) * np.float32(factor)
    return np.concatenate([centres - halves, centres + halves], axis=1).astype(np.int64)


def _paste_one(
    mask: Floats, box: npt.NDArray[np.int64], size: tuple[int, int], threshold: float
) -> RunLengths:
    height, width = size
    left, top, right, bottom = (int(side) for side in box)
    x1, x2 = max(left, 0), min(right + 1, width)
    y1, y2 = max(top, 0), min(bottom + 1, height)
    if x1 >= x2 or y1 >= y2:
        return _run_lengths(np.zeros(0, np.int64), np.zeros(0, np.int64), size)
    across = _taps(len(mask), right - left + 1, np.arange(x1 - left, x2 - left))
    down = _taps(len(mask), bottom - top + 1, np.arange(y1 - top, y2 - top))
    profiles = across.between(mask[:, across.before], mask[:, across.after]).T  # (photo columns, mask rows)
    column, row = _edges(profiles, down, threshold)
    ends = (x1 + column) * height + y1 + row
    return _run_lengths(ends[0::2], ends[1::2], size)


@dataclass(frozen=True, slots=True)
class _Taps:
    """Where each of some pixels lies between two cells of the mask."""

    before: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]
    share: Floats

    def between(self, first: Floats, second: Floats) -> Floats:
        mixed: Floats = first * (1 - self.share) + second * self.share
        return mixed

    def __getitem__(self, places: npt.NDArray[np.int64]) -> "_Taps":
        return _Taps(self.before[places], self.after[places], self.share[places])


def _taps(source: int, target: int, places: npt.NDArray[np.int64]) -> _Taps:
    """Place chosen ones of ``target`` pixels among ``source`` cells: bilinear, pixel centres aligned."""
    # In float32 as torch does it: at the rim of a mask of ones ties are the rule, and decide whole rows.
    centres = places.astype(np.float32) + np.float32(0.5)
    position = np.clip(centres * np.float32(source / target) - np.float32(0.5), 0, source - 1)
    before = position.astype(np.int64)
    return _Taps(before, np.minimum(before + 1, source - 1), position - before)


def _edges(
    profiles: Floats, down: _Taps, threshold: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find where runs begin and, in turn, where they have ended, down each column.

    Between two cells a profile is a straight line, which crosses the threshold once at most. So only
    the first and last pixel between each two cells are looked at, and a crossing is bisected: the work
    does not grow with the height of the box.

    Args:
        profiles: Probability at the rows of the mask, shape ``(columns, S)``.
        down: Where the photo's rows lie among those of the mask.
        threshold: Above it is inside.

    Returns:
        Columns and rows of the edges, column by column, rows rising.
    """
    height = len(down.before)
    first = np.flatnonzero(np.diff(down.before, prepend=-1))
    probes = np.unique(np.concatenate([first, first - 1, [height - 1]]))
    probes = probes[probes >= 0]
    here = down[probes]
    inside = np.zeros((len(profiles), len(probes) + 2), bool)
    inside[:, 1:-1] = here.between(profiles[:, here.before], profiles[:, here.after]) > threshold
    column, gap = np.nonzero(inside[:, 1:] != inside[:, :-1])
    rows = np.concatenate([[-1], probes, [height]])
    low, high = rows[gap], rows[gap + 1]
    state = inside[column, gap + 1]
    while len(wide := np.flatnonzero(high - low > 1)):
        middle = (low[wide] + high[wide]) // 2
        at, own = down[middle], column[wide]
        value = at.between(profiles[own, at.before], profiles[own, at.after])
        passed = (value > threshold) == state[wide]
        high[wide[passed]] = middle[passed]
        low[wide[~passed]] = middle[~passed]
    return column, high


def _run_lengths(
    begin: npt.NDArray[np.int64], end: npt.NDArray[np.int64], size: tuple[int, int]
) -> RunLengths:
    if len(begin):  # a run down to the photo's last row goes on at the top of the next column
        apart = begin[1:] > end[:-1]
        begin, end = begin[np.append(True, apart)], end[np.append(apart, True)]
    return RunLengths(
        begin.astype(np.int32),
        (end - begin).astype(np.int32),
        np.array([0, len(begin)], np.int64),
        np.array([size], np.int32),
    )
