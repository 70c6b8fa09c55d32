"""What the network says of a product in each place of its frame."""

import numpy as np
import numpy.typing as npt

from attire.instances import Instances
from attire.masks import RunLengths
from attire.masks.overlap import shared_areas

__all__ = ["on_first_copy", "outline_shape", "product_evidence"]

Numbers = npt.NDArray[np.float64]


def product_evidence(found: Instances, copies: RunLengths) -> Numbers:
    """Sum up, per place and category, how sure detections are times how well they cover the product.

    Args:
        found: All detections in a frame, calibrated or not, with masks.
        copies: The product's outline in every place, K masks of the frame's size.

    Returns:
        Sums of score times IoU with the product there, shape ``(K, C)``; 0 for parts and decorations.
    """
    categories = found.ontology.categories
    evidence = np.zeros((len(copies), len(categories)))
    if len(found) and found.scores is not None and found.masks is not None:
        iou, _ = _overlaps(found.masks, copies)
        np.add.at(evidence.T, found.category_ids, iou * found.scores[:, None].astype(np.float64))
    evidence[:, [category.id for category in categories if category.is_part]] = 0
    return evidence


def on_first_copy(found: Instances, copies: RunLengths) -> npt.NDArray[np.int64]:
    """Give the places of the detections that lie mostly on the first copy of the product."""
    if not len(found) or found.masks is None:
        return np.zeros(0, np.int64)
    _, inside = _overlaps(found.masks, copies)
    return np.flatnonzero(inside[:, 0] >= 0.5)


def outline_shape(outline: RunLengths) -> Numbers:
    """Describe an outline by what no size tells: shape ``(3,)``.

    Returns:
        Logarithm of height by width, share of its box that it fills, and whether the photo's lower rim cuts
        it off, as it does people's legs.

    Example:
        >>> mask = np.zeros((10, 10), bool)
        >>> mask[2:10, 3:5] = True
        >>> outline_shape(RunLengths.from_mask(mask)).round(2).tolist()
        [1.39, 1.0, 1.0]
    """
    x1, y1, x2, y2 = outline.boxes[0].tolist()
    fill = float(outline.areas[0]) / max((x2 - x1) * (y2 - y1), 1.0)
    height = int(outline.sizes[0, 0])
    return np.array([np.log((y2 - y1) / (x2 - x1)), fill, float(y2 >= height - height / 200)])


def _overlaps(masks: RunLengths, copies: RunLengths) -> tuple[Numbers, Numbers]:
    """IoU of every mask with every copy, and share of the mask inside the copy, shape ``(N, K)``."""
    areas, theirs = masks.areas.astype(np.float64), copies.areas.astype(np.float64)
    shared = np.zeros((len(masks), len(copies)))
    left, right = masks.boxes, copies.boxes
    low, high = np.maximum(left[:, None, :2], right[:, :2]), np.minimum(left[:, None, 2:], right[:, 2:])
    one, other = np.nonzero((low < high).all(axis=2))
    shared[one, other] = shared_areas(masks[one], copies[other])
    union = areas[:, None] + theirs - shared
    return shared / np.maximum(union, 1), shared / np.maximum(areas, 1)[:, None]
