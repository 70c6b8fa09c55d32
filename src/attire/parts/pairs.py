"""What speaks for a part belonging to a garment: how it lies on it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.instances import Instances
from attire.masks import RunLengths

__all__ = ["Pairs", "pair_up"]

Floats = npt.NDArray[np.float64]
_GRID = 25
"""Points along each side of a part at which masks are compared."""
_AROUND = 0.5
"""Share of a part's sides that is looked at around it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """P parts of one photo beside its G garments."""

    parts: npt.NDArray[np.int64]
    """Rows of the parts, shape ``(P,)``."""
    garments: npt.NDArray[np.int64]
    """Rows of the garments, shape ``(G,)``."""
    inside: Floats
    """Share of the part that lies in the garment, shape ``(P, G)``."""
    around: Floats
    """Share of the part's surroundings that lies in the garment, shape ``(P, G)``."""
    boxed: Floats
    """Share of the part's box that lies in the garment's box, shape ``(P, G)``."""
    height: Floats
    """How far down the garment's box the middle of the part is, 0 at its top, 1 at its bottom; shape
    ``(P, G)``."""
    size: Floats
    """Natural logarithm of the part's area over the garment's, shape ``(P, G)``."""

    @cached_property
    def touching(self) -> npt.NDArray[np.bool_]:
        """Whether a garment comes into question at all, shape ``(P, G)``."""
        touching: npt.NDArray[np.bool_] = (self.inside > 0) | (self.around > 0) | (self.boxed > 0.5)
        return touching


def pair_up(instances: Instances) -> Pairs:
    """Hold every part of a photo against every garment.

    Masks are compared on a grid over each part and its surroundings, so that a rivet counts as many points
    as a sleeve.

    Args:
        instances: Garments and parts of one photo, with masks or boxes alone.

    Raises:
        AnnotationError: If masks are not of the photo's size.
    """
    masks = instances.masks
    if masks is not None and len(masks) and (masks.sizes != instances.size).any():
        raise AnnotationError(f"{instances.image_id}: masks are not of the photo's size {instances.size}.")
    is_part = np.array([category.is_part for category in instances.ontology.categories], bool)
    chosen = is_part[instances.category_ids]
    parts, garments = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    boxes = instances.boxes.astype(np.float64)
    part_boxes, garment_boxes = boxes[parts], boxes[garments]
    areas = _areas(boxes) if masks is None else np.maximum(masks.areas, 1).astype(np.float64)
    inside, around = np.zeros((2, len(parts), len(garments)))
    if masks is not None:
        for place, row in enumerate(parts.tolist()):
            inside[place], around[place] = _compare(masks, row, garments, boxes[row], instances.size)
    boxed = _shared_boxes(part_boxes, garment_boxes) / _areas(part_boxes)[:, None]
    middle = part_boxes[:, [1, 3]].mean(axis=1)
    tall = np.maximum(garment_boxes[:, 3] - garment_boxes[:, 1], 1.0)
    return Pairs(
        parts=parts,
        garments=garments,
        inside=boxed if masks is None else inside,
        around=boxed if masks is None else around,
        boxed=boxed,
        height=(middle[:, None] - garment_boxes[None, :, 1]) / tall,
        size=np.log(areas[parts][:, None] / areas[garments][None, :]),
    )


def _compare(
    masks: RunLengths, row: int, garments: npt.NDArray[np.int64], box: Floats, size: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Shares of a part and of its surroundings that lie in each garment, shape ``(G,)`` each."""
    x1, y1, x2, y2 = box.tolist()
    margin_x, margin_y = _AROUND * max(x2 - x1, 2), _AROUND * max(y2 - y1, 2)
    columns = _points(x1 - margin_x, x2 + margin_x, size[1])
    rows = _points(y1 - margin_y, y2 + margin_y, size[0])
    own = masks.sample(row, rows, columns)
    theirs = np.stack([masks.sample(int(g), rows, columns) for g in garments]) if len(garments) else None
    if theirs is None:
        return np.zeros(0), np.zeros(0)
    inside = (theirs & own).sum(axis=(1, 2)) / max(int(own.sum()), 1)
    around = (theirs & ~own).sum(axis=(1, 2)) / max(int((~own).sum()), 1)
    return inside, around


def _points(low: float, high: float, length: int) -> npt.NDArray[np.int64]:
    """Rising pixels from ``low`` to ``high`` within a photo, a good two grids of them at most."""
    first, last = max(0, int(np.floor(low))), min(length - 1, int(np.ceil(high)) - 1)
    last = max(first, last)
    return np.unique(np.linspace(first, last, 2 * _GRID).round().astype(np.int64))


def _areas(boxes: Floats) -> Floats:
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 1.0)
    areas: Floats = sides.prod(axis=1)
    return areas


def _shared_boxes(parts: Floats, garments: Floats) -> Floats:
    low = np.maximum(parts[:, None, :2], garments[None, :, :2])
    high = np.minimum(parts[:, None, 2:], garments[None, :, 2:])
    shared: Floats = np.maximum(high - low, 0).prod(axis=2)
    return shared
