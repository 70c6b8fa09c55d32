"""Masks onto a photo: a translucent fill and a thin smooth outline, one mask at a time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from attire.drawing.palette import LIGHT, Color, blend
from attire.masks import RunLengths
from attire.masks.sampling import nearest

__all__ = ["Drawn", "draw_mask"]

_FILL = 0.28
_LINE = 0.95


@dataclass(frozen=True)
class Drawn:
    """Where a mask came to lie in the picture."""

    anchor: tuple[float, float]
    """``(x, y)`` in pixels, a point well inside the mask."""
    box: tuple[float, float, float, float]
    """xyxy in pixels."""


def draw_mask(canvas: Image.Image, masks: RunLengths, i: int, color: Color) -> Drawn | None:
    """Fill and outline one mask on ``canvas``, in place.

    The mask is decoded inside its box at the canvas's size and blurred a little: the blurred value
    grows with the distance from the edge, so two lookup tables turn it into an anti-aliased fill and an
    anti-aliased line.

    Args:
        canvas: RGB picture, of the mask's photo at any scale.
        masks: Masks at the photo's size.
        i: Which of them.
        color: Of fill and line.

    Returns:
        Where it lies; None for a mask without pixels.
    """
    height, width = (int(side) for side in masks.sizes[i])
    x1, y1, x2, y2 = masks[i].boxes[0].tolist()
    if x2 <= x1 or y2 <= y1:
        return None
    columns, left = _window(nearest(width, canvas.width), x1, x2)
    rows, top = _window(nearest(height, canvas.height), y1, y2)
    dense = masks.sample(i, rows, columns)
    line_px = max(1.3, max(canvas.size) / 520)
    pad = int(np.ceil(2 * line_px)) + 1
    padded = Image.fromarray(np.pad(dense, pad).astype(np.uint8) * 255)
    soft = padded.filter(ImageFilter.GaussianBlur(line_px * 0.8))
    fill, line = _tables(line_px, line_px * 0.8)
    corner = (left - pad, top - pad)
    canvas.paste(color, corner, soft.point(fill))
    canvas.paste(blend(color, LIGHT, 0.15), corner, soft.point(line))
    anchor = _anchor(dense)
    return Drawn(
        (left + anchor[0], top + anchor[1]), (left, top, left + dense.shape[1], top + dense.shape[0])
    )


def _window(sources: npt.NDArray[np.int64], begin: float, end: float) -> tuple[npt.NDArray[np.int64], int]:
    """Source rows (or columns) of the canvas pixels inside a span, and where the first of them lies.

    A span that falls between two canvas pixels keeps the nearer one, so that nothing vanishes.
    """
    first, last = np.searchsorted(sources, [begin, end])
    if first == last:
        first = min(int(first), len(sources) - 1)
        middle = int((begin + end - 1) // 2)
        return np.array([middle], np.int64), int(first)
    return sources[first:last], int(first)


def _tables(line_px: float, sigma: float) -> tuple[list[int], list[int]]:
    """Opacity of fill and line for each of the 256 blurred values.

    Near an edge the blurred value is the normal distribution at distance / sigma, whose slope at the
    edge is 1 / (sigma √(2π)); that gives the distance back.
    """
    distance = (np.arange(256) / 255 - 0.5) * sigma * np.sqrt(2 * np.pi)
    fill = np.clip(distance + 0.5, 0, 1) * _FILL
    line = np.clip(line_px / 2 + 0.5 - np.abs(distance), 0, 1) * _LINE
    return np.rint(fill * 255).astype(int).tolist(), np.rint(line * 255).astype(int).tolist()


def _anchor(dense: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """``(x, y)`` of a mask's most inner point: the top of the mask blurred at a coarse scale."""
    height, width = dense.shape
    small = Image.fromarray(dense.astype(np.uint8) * 255).resize(
        (min(width, 48), min(height, 48)), Image.Resampling.BOX
    )
    blurred = np.asarray(small.filter(ImageFilter.GaussianBlur(5)), np.float64) * (np.asarray(small) > 127)
    if not blurred.any():
        blurred = np.asarray(small, np.float64)
    y, x = np.unravel_index(int(blurred.argmax()), blurred.shape)
    return (float(x) + 0.5) * width / small.width, (float(y) + 0.5) * height / small.height
