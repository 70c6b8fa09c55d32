"""Which of a photo's detections are worth showing."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from attire.errors import RecipeError
from attire.instances import Instances
from attire.masks.overlap import shared_areas

__all__ = ["DEFAULT_SCORE", "REPEAT_IOU", "RIVAL_IOU", "Keep", "Selector", "drop_rivals", "select_by_score"]

Keep: TypeAlias = Literal["selected", "all"]
"""``selected`` for people, ``all`` for measures such as COCO AP, which rank detections themselves."""
Selector: TypeAlias = Callable[[Instances], Instances]
"""Keeps some of a photo's instances, and may decide anew which attributes hold."""

DEFAULT_SCORE = 0.3
"""Confidence from which a detection is kept while no selector has been fitted to the model."""


RIVAL_IOU = 0.6
"""IoU of masks from which two detections are the same thing under two names, whatever these are."""
REPEAT_IOU = 1.0
"""IoU of masks from which two detections of one category are the same thing; 1 leaves it to the other."""


def select_by_score(
    least: float, *, rival_iou: float = RIVAL_IOU, repeat_iou: float = REPEAT_IOU
) -> Selector:
    """Make a selector that keeps what the network is sure enough of, and each thing once.

    Args:
        least: Confidence in 0 … 1 from which an instance is kept.
        rival_iou: As in :func:`drop_rivals`; 1 keeps rivals.
        repeat_iou: Likewise, among detections of one category.

    Raises:
        RecipeError: If one of them does not lie in 0 … 1.
    """
    for name, value in (("score", least), ("rival_iou", rival_iou), ("repeat_iou", repeat_iou)):
        if not 0 <= value <= 1:
            raise RecipeError(f"A {name} lies between 0 and 1; found {value}.")

    def select(instances: Instances) -> Instances:
        if instances.scores is None:
            return instances
        return drop_rivals(instances[np.flatnonzero(instances.scores >= least)], rival_iou, repeat_iou)

    return select


def drop_rivals(instances: Instances, iou: float = RIVAL_IOU, repeat_iou: float = REPEAT_IOU) -> Instances:
    """Keep the best of detections that outline the same thing under different names.

    A dress that is also taken for a skirt is one thing; a collar on a coat covers little of it, and a shirt
    under a jacket shows elsewhere. The network's own suppression compares boxes within a category.

    Args:
        instances: Of one photo, highest score first.
        iou: IoU of the masks above which the later of two goes, in 0 … 1; 1 keeps all.
        repeat_iou: Likewise, of two of one category; what counts for them is the lower of both.

    Returns:
        Those that are left, in their order.
    """
    masks = instances.masks
    if masks is None or min(iou, repeat_iou) >= 1:
        return instances
    areas, boxes = masks.areas, masks.boxes
    low, high = np.minimum(areas[:, None], areas), np.maximum(areas[:, None], areas)
    corners = np.maximum(boxes[:, None, :2], boxes[:, :2]), np.minimum(boxes[:, None, 2:], boxes[:, 2:])
    same = instances.category_ids[:, None] == instances.category_ids
    most = np.where(same, min(iou, repeat_iou), iou)
    # Masks that differ this much in size cannot overlap that far.
    near = (corners[0] < corners[1]).all(axis=2) & (low > most * high)
    later, earlier = np.nonzero(np.tril(near, -1))
    shared = shared_areas(masks[later], masks[earlier])
    rivals = np.zeros(near.shape, bool)
    rivals[later, earlier] = shared > most[later, earlier] * (areas[later] + areas[earlier] - shared)
    kept: list[int] = []
    for i in range(len(instances)):
        if not rivals[i, kept].any():
            kept.append(i)
    return instances[np.array(kept, int)]
