"""What is wrong with one of COCO's segmentations: polygons, or run-lengths in either form."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations.segmentations import decode_segmentation
from attire.errors import AnnotationError
from attire.masks import decompress_counts

__all__ = ["judge_segmentation"]

Finding = tuple[str, str]
Size = tuple[int, int]

_FEWEST_NUMBERS = 6
_SLACK = 0.02
"""How far a polygon may leave the photo, as a share of its side: annotators overshoot the edge a little."""
_TINY_PX = 4.0
"""Area below which a polygon may cover the centre of no pixel."""


def judge_segmentation(segmentation: Any, sizes: Sequence[Size]) -> Iterator[Finding]:
    """Judge one segmentation.

    Args:
        segmentation: As it stands in the file.
        sizes: ``(height, width)`` that the photo may have, in pixels; none if it is unknown.

    Yields:
        Code and words for what is wrong with it.

    Example:
        >>> list(judge_segmentation([[0, 0, 4, 0, 4]], [(9, 9)]))
        [('bad-polygon', 'polygon 0 has 5 numbers, expected pairs, at least three')]
    """
    if not segmentation:
        yield "empty-mask", "no segmentation, an instance has pixels"
    elif isinstance(segmentation, dict):
        yield from _judge_counts(segmentation, sizes)
    elif isinstance(segmentation, list):
        yield from _judge_polygons(segmentation, sizes)
    else:
        found = type(segmentation).__name__
        yield "malformed-mask", f"segmentation is a {found}, expected polygons or run-lengths"


def _judge_polygons(polygons: list[Any], sizes: Sequence[Size]) -> Iterator[Finding]:
    """Tell the first thing that is wrong."""
    area = 0.0
    for place, polygon in enumerate(polygons):
        try:
            points = np.array(polygon, dtype=np.float64)
        except (TypeError, ValueError):
            points = np.full(1, np.nan)
        found = _judge_polygon(points, sizes)
        if found is not None:
            code, what = found
            yield code, f"polygon {place} {what}"
            return
        area += _area(points)
    if area < _TINY_PX and sizes and not _covers_a_pixel(polygons, sizes[-1]):
        yield "empty-mask", "polygons without a pixel, an instance has some"


def _judge_polygon(points: npt.NDArray[np.float64], sizes: Sequence[Size]) -> Finding | None:
    if points.ndim != 1 or not np.isfinite(points).all():
        return "malformed-mask", "is no list of numbers"
    if len(points) % 2 or len(points) < _FEWEST_NUMBERS:
        return "bad-polygon", f"has {len(points)} numbers, expected pairs, at least three"
    if not sizes:
        return None
    height, width = (float(side) for side in np.max(sizes, axis=0))
    across, down = points[0::2] / width, points[1::2] / height
    beyond = np.maximum(np.maximum(-across, across - 1), np.maximum(-down, down - 1))
    worst = int(beyond.argmax())
    if beyond[worst] <= _SLACK:
        return None
    reached = f"({points[2 * worst]:g}, {points[2 * worst + 1]:g})"
    return "polygon-outside", f"reaches {reached}, the photo is {width:g} wide and {height:g} high"


def _area(points: npt.NDArray[np.float64]) -> float:
    """Area of a polygon in pixels, by the shoelace formula."""
    across, down = points[0::2], points[1::2]
    return abs(float(across @ np.roll(down, -1) - down @ np.roll(across, -1))) / 2


def _covers_a_pixel(polygons: list[Any], size: Size) -> bool:
    try:
        return bool(decode_segmentation(polygons, size).areas[0])
    except AnnotationError:
        return False


def _judge_counts(entry: dict[str, Any], sizes: Sequence[Size]) -> Iterator[Finding]:
    size, counts = entry.get("size"), entry.get("counts")
    if not isinstance(size, list) or len(size) != 2 or not all(isinstance(side, int) for side in size):
        yield "malformed-mask", f"run-length size {str(size)[:40]}, expected [height, width]"
        return
    try:
        runs = decompress_counts(counts) if isinstance(counts, str) else np.array(counts)
    except (AnnotationError, ValueError) as error:
        yield "malformed-mask", f"run-length counts cannot be read ({error})"
        return
    if runs.ndim != 1 or not (np.issubdtype(runs.dtype, np.integer) or not len(runs)):
        yield "malformed-mask", "run-length counts are neither text nor a list of whole numbers"
        return
    height, width = size
    if sizes and (height, width) not in sizes:
        stated = " or ".join(f"{h}x{w}" for h, w in sizes)
        swapped = ", its sides swapped" if (width, height) in sizes else ""
        yield "bad-rle", f"run-length of size {height}x{width}{swapped}, the photo has {stated}"
    elif (runs < 0).any() or int(runs.sum()) != height * width:
        total = int(runs.sum())
        yield "bad-rle", f"run-length counts add up to {total}, {height}x{width} has {height * width} pixels"
    elif not int(runs[1::2].sum()):
        yield "empty-mask", "run-length without a pixel, an instance has some"
