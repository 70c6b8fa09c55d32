"""Small masks pasted into their boxes, straight to run-lengths of the photo's size."""

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks import RunLengths

__all__ = ["paste_masks"]

Floats = npt.NDArray[np.float32]
_BORDER = 1
"""Cells of zeros around a mask, so that it may end softly at its box."""
_STRIP_PIXELS = 1 << 20
"""Photo pixels interpolated at once: bounds the memory for boxes as large as a 20-megapixel photo."""


def paste_masks(
    masks: Floats, boxes: npt.NDArray[np.floating], size: tuple[int, int], *, threshold: float = 0.5
) -> RunLengths:
    """Stretch each mask over its box and keep what lies in the photo, one mask at a time.

    Pixel for pixel this follows torchvision's ``paste_masks_in_image``: masks are padded by one cell and
    boxes widened to match, corners are truncated to integers, and both ends count, so that a box spans
    ``x2 - x1 + 1`` pixels. Nothing as large as the photo is ever built.

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
    rows = _interpolation(len(mask), bottom - top + 1, np.arange(y1 - top, y2 - top))
    columns = _interpolation(len(mask), right - left + 1, np.arange(x1 - left, x2 - left))
    across = columns @ mask.T  # (photo columns, mask rows)
    step = max(_STRIP_PIXELS // (y2 - y1), 1)
    edges = [
        _edges((across[x : x + step] @ rows.T) > threshold, (x1 + x) * height + y1, height)
        for x in range(0, x2 - x1, step)
    ]
    ends = np.concatenate(edges)
    return _run_lengths(ends[0::2], ends[1::2], size)


def _interpolation(source: int, target: int, places: npt.NDArray[np.int64]) -> Floats:
    """Weights of ``source`` cells in chosen ones of ``target`` pixels: bilinear, pixel centres aligned."""
    # In float32 as torch does it: at the rim of a mask of ones ties are the rule, and decide whole rows.
    centres = places.astype(np.float32) + np.float32(0.5)
    position = np.clip(centres * np.float32(source / target) - np.float32(0.5), 0, source - 1)
    before = position.astype(np.int64)
    after = np.minimum(before + 1, source - 1)
    share = position - before
    weights = np.zeros((len(places), source), np.float32)
    every = np.arange(len(places))
    weights[every, before] = 1 - share
    weights[every, after] += share
    return weights


def _edges(inside: npt.NDArray[np.bool_], first_pixel: int, height: int) -> npt.NDArray[np.int64]:
    """Pixels where runs begin and, in turn, where they have ended, in the photo's column-major order.

    Args:
        inside: Photo columns by photo rows, shape ``(w, h)``.
        first_pixel: Where its first corner lies in the photo.
        height: Of the photo.
    """
    bordered = np.zeros((inside.shape[0], inside.shape[1] + 2), bool)
    bordered[:, 1:-1] = inside
    column, row = np.divmod(np.flatnonzero(bordered[:, 1:] != bordered[:, :-1]), inside.shape[1] + 1)
    return first_pixel + column * height + row


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
