"""What of a detection tells whether it is right: its own figures, and those of its rivals in the photo."""

import numpy as np
import numpy.typing as npt

from attire.instances import Instances
from attire.masks import nearest
from attire.predict.box_overlap import box_ious

__all__ = ["FEATURES", "detection_features", "log_odds"]

FEATURES = (
    "score",
    "margin",
    "mask score",
    "repeats",
    "inside better",
    "better ones",
    "covers rival",
    "inside rival",
    "area",
    "width",
    "height",
    "middle y",
    "off centre",
    "fill",
    "attribute",
    "photo best",
    "photo sure",
    "rank",
)
"""Columns of :func:`detection_features`, in order."""
_GRID = 96
"""Cells along the longer side of a photo in which masks are compared."""
_RIVAL_IOU = 0.5
_FAINT = 1e-4


def log_odds(probability: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give ``log(p / (1 - p))``, with p kept a ten-thousandth off 0 and 1.

    Example:
        >>> log_odds([0.5, 1.0]).round(2).tolist()
        [0.0, 9.21]
    """
    p = np.clip(np.asarray(probability, np.float64), _FAINT, 1 - _FAINT)
    odds: npt.NDArray[np.float64] = np.log(p / (1 - p))
    return odds


def detection_features(instances: Instances) -> npt.NDArray[np.float64]:
    """Describe every detection of a photo for a :class:`~attire.predict.selection.HitModel`.

    All of a photo's detections have to be there, as most columns compare them with each other:

    - ``score``, ``margin``: log odds of the network's score, and how far above those of the best other name
      for about the same box or outline; ``mask score``: mean probability of the mask's own cells.
    - ``repeats``, ``inside better``, ``better ones``: IoU with, and share inside of, a better one of the same
      category, and how many such there are. ``covers rival``, ``inside rival``: the same for better ones of
      other categories.
    - ``area``, ``width``, ``height`` (logarithms of shares of the photo), ``middle y``, ``off centre``
      (shares of it), ``fill`` (share of the box that the mask fills).
    - ``attribute``: probability of the likeliest; ``photo best``: best score in the photo; ``photo sure``:
      how many score over 0.5; ``rank``: how many are better.

    Args:
        instances: All detections of one photo, with masks, scores and mask scores.

    Returns:
        Shape ``(N, len(FEATURES))``.
    """
    n = len(instances)
    scores = instances.network_scores if instances.network_scores is not None else instances.scores
    if not n or scores is None or instances.masks is None:
        return np.zeros((n, len(FEATURES)))
    height, width = instances.size
    mask_iou, inside = _overlaps(instances)
    iou = np.maximum(mask_iou, box_ious(instances.boxes, instances.boxes))
    same = instances.category_ids[:, None] == instances.category_ids[None, :]
    other, self_ = ~same, np.eye(n, dtype=bool)
    # Ties are broken by place, so that of two equals one is the better.
    better = (scores[None, :] > scores[:, None]) | (
        (scores[None, :] == scores[:, None]) & (np.arange(n)[None, :] < np.arange(n)[:, None])
    )
    rival = np.where(other & (iou > _RIVAL_IOU), scores[None, :], 0).max(axis=1)
    sides = (instances.boxes[:, 2:] - instances.boxes[:, :2]) / [width, height]
    middle = (instances.boxes[:, 2:] + instances.boxes[:, :2]) / 2 / [width, height]
    area = instances.masks.areas / (height * width)
    mask_scores = np.ones(n) if instances.mask_scores is None else instances.mask_scores
    attribute = np.zeros(n) if instances.attribute_probs is None else instances.attribute_probs.max(axis=1)

    def highest(values: npt.NDArray[np.float64], where: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        most: npt.NDArray[np.float64] = np.where(where & ~self_, values, 0).max(axis=1)
        return most

    columns = (
        log_odds(scores),
        log_odds(scores) - log_odds(rival),
        mask_scores,
        highest(iou, same & better),
        highest(inside, same & better),
        np.minimum((same & better).sum(axis=1), 5),
        highest(mask_iou, other & better),
        highest(inside, other & better),
        np.log(area + 1e-6),
        np.log(sides[:, 0] + 1e-3),
        np.log(sides[:, 1] + 1e-3),
        middle[:, 1],
        np.abs(middle[:, 0] - 0.5),
        area / np.maximum(sides.prod(axis=1), 1e-9),
        attribute,
        np.full(n, scores.max()),
        np.full(n, (scores > 0.5).sum()),
        better.sum(axis=1),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _overlaps(instances: Instances) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """IoU of every mask with every mask, and the share of the first inside the second, on a coarse grid."""
    masks = instances.masks
    assert masks is not None
    height, width = instances.size
    scale = min(1.0, _GRID / max(height, width))
    rows = nearest(height, max(1, round(height * scale)))
    columns = nearest(width, max(1, round(width * scale)))
    cells = masks.sample_all(rows, columns).reshape(len(masks), -1).astype(np.float32)
    shared = (cells @ cells.T).astype(np.float64)
    areas = cells.sum(axis=1).astype(np.float64)
    union = areas[:, None] + areas[None, :] - shared
    return shared / np.maximum(union, 1), shared / np.maximum(areas, 1)[:, None]
