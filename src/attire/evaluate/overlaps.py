"""Which predictions overlap which truths, and by how much: computed once, on run-lengths."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.extras import require

__all__ = ["FLOOR", "Overlaps", "find_overlaps"]

FLOOR = 0.1
"""IoU from which on a prediction has anything to do with a truth (that of TIDE, Bolya et al., 2020)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Overlaps:
    """Pairs of a truth and a prediction of the same photo with an IoU of at least 0.1; K of them."""

    truth: npt.NDArray[np.int64]
    """Place of the truth among all truths, shape ``(K,)``."""
    prediction: npt.NDArray[np.int64]
    """Place of the prediction among all predictions, shape ``(K,)``."""
    iou: npt.NDArray[np.float64]
    """Intersection over union of their masks, shape ``(K,)``."""
    same_category: npt.NDArray[np.bool_]
    """Whether the categories agree, shape ``(K,)``."""
    same_class: npt.NDArray[np.bool_]
    """Whether ``ClassId`` agrees literally: category and exact attribute set, shape ``(K,)``."""
    same_stripped: npt.NDArray[np.bool_]
    """Whether it agrees once the prediction is stripped of its attributes, shape ``(K,)``."""


def find_overlaps(
    truth: Records,
    predictions: Records,
    truth_masks: list[dict[str, Any]],
    predicted_masks: list[dict[str, Any]],
) -> Overlaps:
    """Compare the masks of each photo.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        truth_masks: The truth's masks as COCO compressed run-lengths.
        predicted_masks: The predictions' masks likewise.

    Returns:
        All pairs with an IoU of at least 0.1.

    Raises:
        MissingExtraError: If faster-coco-eval is not installed.
    """
    mask_iou = require("faster_coco_eval.core.mask", "data").iou
    truths, predicted, ious = [], [], []
    for photo in range(len(truth)):
        first_truth, last_truth = truth.offsets[photo : photo + 2].tolist()
        first, last = predictions.offsets[photo : photo + 2].tolist()
        if first_truth == last_truth or first == last:
            continue
        own = truth_masks[first_truth:last_truth]
        matrix = np.asarray(mask_iou(predicted_masks[first:last], own, [0] * len(own)))
        p, t = np.nonzero(matrix >= FLOOR)
        truths.append(t + first_truth)
        predicted.append(p + first)
        ious.append(matrix[p, t])
    t = np.concatenate([np.zeros(0, np.int64), *truths])
    p = np.concatenate([np.zeros(0, np.int64), *predicted])
    same_category = truth.category_ids[t] == predictions.category_ids[p]
    attributes = truth.attributes[t]
    return Overlaps(
        truth=t,
        prediction=p,
        iou=np.concatenate([np.zeros(0), *ious]),
        same_category=same_category,
        same_class=same_category & (attributes == predictions.attributes[p]).all(axis=1),
        same_stripped=same_category & ~attributes.any(axis=1),
    )
