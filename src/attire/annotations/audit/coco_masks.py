"""What is wrong with one of COCO's segmentations: polygons, or run-lengths in either form."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from attire.errors import AnnotationError
from attire.masks import decompress_counts

__all__ = ["judge_segmentation"]

Finding = tuple[str, str]
Size = tuple[int, int]

_FEWEST_NUMBERS = 6
_SLACK_PX = 1.0
"""How far a polygon may leave the photo: tools differ in where a pixel's centre lies."""


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
    for place, polygon in enumerate(polygons):
        found = _judge_polygon(polygon, sizes)
        if found is not None:
            code, what = found
            yield code, f"polygon {place} {what}"
            return


def _judge_polygon(polygon: Any, sizes: Sequence[Size]) -> Finding | None:
    try:
        points = np.array(polygon, dtype=np.float64)
    except (TypeError, ValueError):
        points = np.full(1, np.nan)
    if points.ndim != 1 or not np.isfinite(points).all():
        return "malformed-mask", "is no list of numbers"
    if len(points) % 2 or len(points) < _FEWEST_NUMBERS:
        return "bad-polygon", f"has {len(points)} numbers, expected pairs, at least three"
    if not sizes:
        return None
    height, width = (float(side) for side in np.max(sizes, axis=0))
    across, down = points[0::2], points[1::2]
    beyond = np.maximum(np.maximum(-across, across - width), np.maximum(-down, down - height))
    worst = int(beyond.argmax())
    if beyond[worst] <= _SLACK_PX:
        return None
    reached = f"({across[worst]:g}, {down[worst]:g})"
    return "polygon-outside", f"reaches {reached}, the photo is {width:g} wide and {height:g} high"


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
