"""What several views of a photo show, made one: weighted box fusion.

A view is one network's reading of the photo at one scale, as it is or mirrored. Detections of one label that
cover about the same box are one thing; its box, outline and attributes are the mean of what the views say,
weighted by score, and its score is the mean over all views, so that one of K that shows it alone leaves it a
K-th (Solovyev, Wang and Gabruseva, 2021, carried over to masks and attributes).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from attire.predict.box_overlap import box_ious
from attire.predict.runtime import RawDetections

__all__ = ["fuse"]

_Floats = npt.NDArray[np.float64]
_SAME_IOU = 0.5
"""IoU of boxes from which two detections of one label are the same thing."""
_GONE = 1e-6


def fuse(views: Sequence[RawDetections]) -> RawDetections:
    """Merge what several views of one photo show.

    Of all detections of one label from different views, the two that overlap most become one first, and go
    on as their mean, until no two overlap by half. What then lies on a thing that more views show is that
    thing over again, and is dropped. Masks are laid on the mean box before their own mean is taken.

    Args:
        views: At least one, all in the pixels of one input; their order does not matter.

    Returns:
        One detection per thing, highest score first; a single view comes back as it is.
    """
    if len(views) == 1:
        return views[0]
    side = max(view.masks.shape[-1] for view in views)
    pool = _concatenate([_with_side(view, side) for view in views])
    origin = np.repeat(np.arange(len(views)), [len(view) for view in views])
    things = [
        thing
        for label in np.unique(pool.labels)
        for thing in _cluster(pool, origin, np.flatnonzero(pool.labels == label))
    ]
    if not things:
        return pool
    fused = _concatenate([_mean(pool[np.array(members)], len(views)) for members in things])
    return fused[np.lexsort((*fused.boxes.T, fused.labels, -fused.scores))]


def _cluster(
    pool: RawDetections, origin: npt.NDArray[np.int64], places: npt.NDArray[np.int64]
) -> list[list[int]]:
    """Say which detections of one label are one thing."""
    # Ties are broken by place in the photo, never by the order of views.
    places = places[np.lexsort((*pool.boxes[places].T, -pool.scores[places]))]
    things = [[place] for place in places.tolist()]
    boxes = pool.boxes[places]
    seen = origin[places, None] == np.unique(origin)
    overlap = np.where(seen @ seen.T, 0, box_ious(boxes, boxes))
    while overlap.size and overlap.max() >= _SAME_IOU:
        i, j = sorted(int(place) for place in np.unravel_index(int(overlap.argmax()), overlap.shape))
        things[i], things[j] = things[i] + things[j], []
        boxes[i] = _weighted(pool.boxes[things[i]], pool.scores[things[i]])
        # What has been joined to another is as if all views had seen it: nothing joins it any more.
        seen[i], seen[j] = seen[i] | seen[j], True
        overlap[i] = overlap[:, i] = np.where(seen @ seen[i], 0, box_ious(boxes, boxes[[i]])[:, 0])
        overlap[j] = overlap[:, j] = 0
    sizes = np.array([len(thing) for thing in things])
    over_again = (box_ious(boxes, boxes) >= _SAME_IOU) & (sizes[None, :] > sizes[:, None])
    return [things[i] for i in np.flatnonzero((sizes > 0) & ~over_again.any(axis=1))]


def _mean(members: RawDetections, views: int) -> RawDetections:
    """Make one thing of its members, at most one of each view."""
    score = np.float32(members.scores.sum(dtype=np.float64) / views)
    if len(members) == 1:
        return replace(members, scores=np.array([score]))
    box = _weighted(members.boxes, members.scores)
    masks = _on_box(members.masks, members.boxes, box)
    vectors = members.embeddings
    return RawDetections(
        boxes=box[None],
        labels=members.labels[:1],
        scores=np.array([score]),
        masks=_weighted(masks, members.scores)[None],
        attribute_probs=_weighted(members.attribute_probs, members.scores)[None],
        embeddings=None if vectors is None else _direction(_weighted(vectors, members.scores))[None],
    )


def _weighted(values: npt.NDArray[np.floating], scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Mean over the first axis, weighted by score."""
    weights = np.maximum(scores.astype(np.float64), _GONE)
    mean: npt.NDArray[np.float32] = np.tensordot(weights / weights.sum(), values, axes=1).astype(np.float32)
    return mean


def _direction(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Bring a mean of unit vectors back to unit length."""
    unit: npt.NDArray[np.float32] = vector / max(float(np.linalg.norm(vector)), _GONE)
    return unit


def _on_box(
    masks: npt.NDArray[np.float32], boxes: npt.NDArray[np.float32], box: npt.NDArray[np.float32]
) -> _Floats:
    """Lay grids that are stretched over boxes of their own on one box, bilinearly; beyond its own, each is 0.

    Args:
        masks: Shape ``(N, S, S)``.
        boxes: xyxy, shape ``(N, 4)``.
        box: Where they go, shape ``(4,)``.

    Returns:
        Shape ``(N, S, S)``.
    """
    side = masks.shape[-1]
    middles = (np.arange(side) + 0.5) / side

    def shares(low: _Floats, high: _Floats, new_low: float, new_high: float) -> _Floats:
        """What each old cell gives each new one, shape ``(N, S new, S old)``."""
        at = new_low + middles * (new_high - new_low)
        cells = (at[None, :] - low[:, None]) / np.maximum(high - low, _GONE)[:, None] * side - 0.5
        given: _Floats = np.maximum(0, 1 - np.abs(cells[:, :, None] - np.arange(side)))
        return given

    x1, y1, x2, y2 = boxes.astype(np.float64).T
    left, top, right, bottom = box.astype(np.float64).tolist()
    laid: _Floats = shares(y1, y2, top, bottom) @ masks @ shares(x1, x2, left, right).transpose(0, 2, 1)
    return laid


def _with_side(view: RawDetections, side: int) -> RawDetections:
    """Give masks as many cells as those of the finest network have."""
    own = view.masks.shape[-1]
    if own == side:
        return view
    cells = (np.arange(side) + 0.5) / side * own - 0.5
    # At the rim the outermost cell goes on, so that a mask that fills its box still does.
    shares = np.maximum(0, 1 - np.abs(np.clip(cells, 0, own - 1)[:, None] - np.arange(own)))
    return replace(view, masks=(shares @ view.masks @ shares.T).astype(np.float32))


def _concatenate(parts: Sequence[RawDetections]) -> RawDetections:
    vectors = [part.embeddings for part in parts if part.embeddings is not None]
    return RawDetections(
        boxes=np.concatenate([part.boxes for part in parts]),
        labels=np.concatenate([part.labels for part in parts]),
        scores=np.concatenate([part.scores for part in parts]),
        masks=np.concatenate([part.masks for part in parts]),
        attribute_probs=np.concatenate([part.attribute_probs for part in parts]),
        embeddings=np.concatenate(vectors) if len(vectors) == len(parts) else None,
    )
