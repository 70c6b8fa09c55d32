"""What was taken for what, with the background as one more category."""

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.matching import match_greedily
from attire.evaluate.overlaps import Overlaps
from attire.instances import IOU_THRESHOLDS

__all__ = ["confusion_matrix"]


def confusion_matrix(truth: Records, predictions: Records, overlaps: Overlaps) -> npt.NDArray[np.int64]:
    """Match by IoU > 0.5 whatever the category, and count who met whom.

    Where a prediction of the right and one of a wrong category have the very same mask, the right one is
    matched.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        overlaps: Their overlapping pairs.

    Returns:
        Counts, shape ``(C + 1, C + 1)``: rows are the truth, columns the predictions. The last row holds
        predictions of nothing, the last column truths that nothing was predicted for.
    """
    background = len(truth.ontology.categories)
    near = np.flatnonzero(overlaps.iou > IOU_THRESHOLDS[0])
    t, p = overlaps.truth[near], overlaps.prediction[near]
    taken = match_greedily(t, p, overlaps.iou[near], preferred=overlaps.same_category[near])
    t, p = t[taken], p[taken]
    met = np.full(len(truth.category_ids), background)
    met[t] = predictions.category_ids[p]
    alone = np.ones(len(predictions.category_ids), bool)
    alone[p] = False
    matrix = np.zeros((background + 1, background + 1), np.int64)
    np.add.at(matrix, (truth.category_ids, met), 1)
    np.add.at(matrix[background], predictions.category_ids[alone], 1)
    return matrix
