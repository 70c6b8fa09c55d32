"""Pairing truths and predictions one to one."""

import numpy as np
import numpy.typing as npt

__all__ = ["match_greedily"]


def match_greedily(
    truth: npt.NDArray[np.int64],
    prediction: npt.NDArray[np.int64],
    iou: npt.NDArray[np.float64],
    preferred: npt.NDArray[np.bool_] | None = None,
) -> npt.NDArray[np.int64]:
    """Take pairs from the highest IoU down, as long as both sides are free.

    Because the order does not depend on a threshold, the pairs taken at a threshold t are those taken
    here whose IoU exceeds t: one call serves all thresholds at or above the lowest IoU given.

    Args:
        truth: One side of each candidate pair, shape ``(K,)``.
        prediction: The other side, shape ``(K,)``.
        iou: Their overlap, shape ``(K,)``.
        preferred: Which pairs go first where IoUs are equal, shape ``(K,)``; then file order decides.

    Returns:
        Places of the pairs taken.

    Example:
        >>> match_greedily(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0.6, 0.9, 0.7])).tolist()
        [1]
    """
    later = np.zeros(len(iou), bool) if preferred is None else ~preferred
    order = np.lexsort((prediction, truth, later, -iou))
    taken, used_truths, used_predictions = [], set(), set()
    for pair, t, p in zip(order.tolist(), truth[order].tolist(), prediction[order].tolist(), strict=True):
        if t not in used_truths and p not in used_predictions:
            used_truths.add(t)
            used_predictions.add(p)
            taken.append(pair)
    return np.array(taken, dtype=np.int64)
