"""Test-time augmentation: the photo and its mirror image read together.

Detections of both are matched one to one within their category and averaged, weighted by score; what only
one of them shows keeps half its score. This is weighted box fusion (Solovyev, Wang and Gabruseva, 2021)
of two members, carried over to masks and attributes.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from attire.predict.box_overlap import box_ious
from attire.predict.runtime import RawDetections

__all__ = ["merge", "mirror_detections", "mirror_input"]

_SAME_IOU = 0.5
_GONE = 1e-6


def mirror_input(array: npt.NDArray[np.uint8], content_width: int) -> npt.NDArray[np.uint8]:
    """Mirror the part of an input that shows the photo; padding stays at the right.

    Args:
        array: Shape ``(3, height, width)``.
        content_width: Columns that show the photo.
    """
    mirrored = array.copy()
    mirrored[:, :, :content_width] = array[:, :, :content_width][:, :, ::-1]
    return mirrored


def mirror_detections(raw: RawDetections, content_width: int) -> RawDetections:
    """Mirror detections of a mirrored input back."""
    x1, y1, x2, y2 = raw.boxes.T
    boxes = np.stack([content_width - x2, y1, content_width - x1, y2], axis=1).astype(np.float32)
    return replace(raw, boxes=boxes, masks=raw.masks[:, :, ::-1])


def merge(first: RawDetections, second: RawDetections) -> RawDetections:
    """Merge what two views of one input show, both in the same input's pixels.

    Args:
        first: Of one view.
        second: Of the other.

    Returns:
        One detection per matched pair and per unmatched detection, highest score first.
    """
    pairs = _match(first, second)
    left, right = pairs[:, 0], pairs[:, 1]
    fused = _average(first[left], second[right])
    alone = [_halved(_without(first, left)), _halved(_without(second, right))]
    # A detection left over beside a pair that covers it is the same garment, seen once more.
    alone = [part[~_covered(part, fused)] for part in alone]
    together = _concatenate([fused, *alone])
    return together[np.argsort(-together.scores, kind="stable")]


def _match(first: RawDetections, second: RawDetections) -> npt.NDArray[np.int64]:
    """Pairs of equal label, greedily by IoU, shape ``(K, 2)``."""
    overlap = box_ious(first.boxes, second.boxes)
    overlap[first.labels[:, None] != second.labels[None, :]] = 0
    pairs = []
    for _ in range(min(overlap.shape)):
        i, j = np.unravel_index(int(overlap.argmax()), overlap.shape)
        if overlap[i, j] < _SAME_IOU:
            break
        pairs.append((int(i), int(j)))
        overlap[i, :] = 0
        overlap[:, j] = 0
    return np.array(pairs, np.int64).reshape(-1, 2)


def _average(first: RawDetections, second: RawDetections) -> RawDetections:
    weight = first.scores / np.maximum(first.scores + second.scores, _GONE)

    def mean(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        w = weight.reshape(-1, *[1] * (a.ndim - 1))
        averaged: npt.NDArray[np.float32] = (w * a + (1 - w) * b).astype(np.float32)
        return averaged

    vectors = None
    if first.embeddings is not None and second.embeddings is not None:
        vectors = mean(first.embeddings, second.embeddings)
    return RawDetections(
        boxes=mean(first.boxes, second.boxes),
        labels=first.labels,
        scores=((first.scores + second.scores) / 2).astype(np.float32),
        masks=mean(first.masks, second.masks),
        attribute_probs=mean(first.attribute_probs, second.attribute_probs),
        embeddings=vectors,
    )


def _without(raw: RawDetections, taken: npt.NDArray[np.int64]) -> RawDetections:
    return raw[np.setdiff1d(np.arange(len(raw)), taken)]


def _halved(raw: RawDetections) -> RawDetections:
    return replace(raw, scores=(raw.scores / 2).astype(np.float32))


def _covered(raw: RawDetections, by: RawDetections) -> npt.NDArray[np.bool_]:
    same = raw.labels[:, None] == by.labels[None, :]
    covered: npt.NDArray[np.bool_] = ((box_ious(raw.boxes, by.boxes) >= _SAME_IOU) & same).any(axis=1)
    return covered


def _concatenate(parts: list[RawDetections]) -> RawDetections:
    def join(name: str) -> npt.NDArray[np.float32] | None:
        arrays = [getattr(part, name) for part in parts]
        return None if any(array is None for array in arrays) else np.concatenate(arrays)

    return RawDetections(
        boxes=np.concatenate([part.boxes for part in parts]),
        labels=np.concatenate([part.labels for part in parts]),
        scores=np.concatenate([part.scores for part in parts]),
        masks=np.concatenate([part.masks for part in parts]),
        attribute_probs=np.concatenate([part.attribute_probs for part in parts]),
        embeddings=join("embeddings"),
    )
