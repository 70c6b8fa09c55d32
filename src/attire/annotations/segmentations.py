"""COCO's ``segmentation``, in any of its three forms, → run-lengths."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from attire.errors import AnnotationError
from attire.extras import require
from attire.masks import RunLengths

__all__ = ["decode_segmentation"]


def decode_segmentation(segmentation: Any, size: tuple[int, int]) -> RunLengths:
    """Turn one segmentation into a mask.

    Polygons are filled the way the COCO API does it, by the same algorithm, so that areas agree to the
    pixel; several of them are joined.

    Args:
        segmentation: A list of polygons, each ``[x1, y1, x2, y2, …]`` in pixels; or
            ``{"size": [height, width], "counts": …}`` with counts as a list or compressed.
        size: ``(height, width)`` of the photo in pixels.

    Returns:
        One mask.

    Raises:
        AnnotationError: If it is none of these, leaves the photo, or covers no pixel.
        MissingExtraError: If there are polygons and faster-coco-eval is not installed.

    Example:
        >>> decode_segmentation({"size": [2, 2], "counts": [0, 2, 1, 1]}, (2, 2)).areas.tolist()
        [3]
    """
    if isinstance(segmentation, dict):
        mask = _from_counts(segmentation, size)
    elif isinstance(segmentation, list):
        mask = _from_polygons(segmentation, size)
    else:
        found = type(segmentation).__name__
        raise AnnotationError(f"segmentation is a {found}, expected polygons or run-lengths")
    if not len(mask.starts):
        raise AnnotationError("segmentation covers no pixel, an instance has at least one")
    return mask


def _from_counts(entry: dict[str, Any], size: tuple[int, int]) -> RunLengths:
    height, width = size
    stated = entry.get("size")
    if stated != [height, width] and stated != (height, width):
        raise AnnotationError(f"run-length is of size {stated!r}, but the photo is {[height, width]}")
    counts = entry.get("counts")
    whole = isinstance(counts, list) and all(type(count) is int for count in counts)
    if not (whole or isinstance(counts, str | bytes)):
        raise AnnotationError("run-length counts are neither text nor a list of whole numbers")
    return RunLengths.from_coco([entry])


def _from_polygons(polygons: Sequence[Any], size: tuple[int, int]) -> RunLengths:
    if not polygons:
        raise AnnotationError("segmentation is empty, an instance has at least one polygon")
    height, width = size
    for place, polygon in enumerate(polygons):
        _check_polygon(polygon, place, height, width)
    coco_mask = require("faster_coco_eval.core.mask", "data")
    encoded = coco_mask.frPyObjects(list(polygons), height, width)
    return RunLengths.from_coco([encoded[0] if len(encoded) == 1 else coco_mask.merge(encoded)])


def _check_polygon(polygon: Any, place: int, height: int, width: int) -> None:
    if not isinstance(polygon, list) or not set(map(type, polygon)) <= {int, float}:
        raise AnnotationError(f"polygon {place} holds more than numbers")
    points = np.array(polygon, dtype=np.float64)
    if not np.isfinite(points).all():
        raise AnnotationError(f"polygon {place} holds more than numbers")
    if len(points) < 6 or len(points) % 2:
        raise AnnotationError(f"polygon {place} has {len(points)} numbers, expected pairs, at least three")
    # Annotators overshoot the edge a little; what lies a whole photo away is another photo's.
    far_x, far_y = np.abs(points[0::2] - width / 2).max(), np.abs(points[1::2] - height / 2).max()
    if far_x > 1.5 * width or far_y > 1.5 * height:
        raise AnnotationError(
            f"polygon {place} reaches to ({points[0::2].max():g}, {points[1::2].max():g}), "
            f"but the photo is {width} wide and {height} high"
        )
