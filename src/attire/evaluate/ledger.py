"""Where the points went: every false positive and every false negative gets exactly one cause.

After Hoiem et al. (2012) and TIDE (Bolya et al., 2020), for a score that also asks for attributes. The
causes are tried in turn on what is still open, each pairing one to one and greedily by IoU.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.bootstrap import ratio
from attire.evaluate.matching import match_greedily
from attire.evaluate.overlaps import Overlaps
from attire.instances import IOU_THRESHOLDS

__all__ = ["CAUSES", "Cause", "Ledger", "keep_ledger"]

CAUSES = {
    "wrong_attributes": "right category, mask good enough, other attributes",
    "wrong_category": "mask good enough, other category",
    "poor_mask": "right category and attributes, but the mask overlaps too little",
    "poor_mask_and_attributes": "right category, but neither the mask nor the attributes fit",
    "duplicate": "a further prediction of something already accounted for",
    "background": "a prediction of nothing",
    "missed": "nothing predicted for it",
}
"""Cause → what it means, in the order in which they are tried."""
_NAMES = tuple(CAUSES)
_HIT = len(_NAMES)
_DUPLICATE, _BACKGROUND, _MISSED = (_NAMES.index(name) for name in ("duplicate", "background", "missed"))


@dataclass(frozen=True, slots=True)
class Cause:
    """What one cause took."""

    fp: float
    """False positives."""
    fn: float
    """False negatives."""
    points: float
    """Share of the score lost to it; with the score itself, all causes add up to 1."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Hits and causes at the lowest threshold, and on average over all ten."""

    hits: int
    """True positives at IoU > 0.5."""
    causes: dict[str, Cause]
    """What each cause took at IoU > 0.5 of the per-photo score there."""
    mean_hits: float
    """True positives, mean over the thresholds."""
    mean_causes: dict[str, Cause]
    """What each cause took on average of the headline: points and ``score.image`` add up to 1."""


def keep_ledger(truth: Records, predictions: Records, overlaps: Overlaps) -> Ledger:
    """Give every false positive and false negative of the score with attributes its cause.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        overlaps: Their overlapping pairs.

    Returns:
        The ledger.
    """
    photos = len(truth)
    places = truth.photo_indices, predictions.photo_indices
    counts = np.zeros((2, len(IOU_THRESHOLDS), photos, _HIT + 1))
    for place, threshold in enumerate(IOU_THRESHOLDS):
        causes = _causes(overlaps, float(threshold), (len(places[0]), len(places[1])))
        for side in range(2):
            np.add.at(counts[side, place], (places[side], causes[side]), 1)
    fn, fp = counts[..., :_HIT]
    hits = counts[0, :, :, _HIT].sum(axis=1)
    involved = counts[0].sum(axis=-1) + fp.sum(axis=-1)
    points = ratio(fn + fp, involved[..., None], empty=0.0).mean(axis=1) if photos else fn.sum(axis=1)
    totals = fp.sum(axis=1), fn.sum(axis=1), points

    def named(rows: slice) -> dict[str, Cause]:
        columns = (total[rows].mean(axis=0).tolist() for total in totals)
        return {name: Cause(*row) for name, row in zip(_NAMES, zip(*columns, strict=True), strict=True)}

    return Ledger(
        hits=int(hits[0]),
        causes=named(slice(0, 1)),
        mean_hits=float(hits.mean()),
        mean_causes=named(slice(None)),
    )


def _causes(
    overlaps: Overlaps, threshold: float, sizes: tuple[int, int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Cause of every truth and of every prediction at one threshold, as places in ``CAUSES``."""
    of_truth = np.full(sizes[0], _MISSED)
    of_prediction = np.full(sizes[1], _BACKGROUND)
    open_truth, open_prediction = np.ones(sizes[0], bool), np.ones(sizes[1], bool)
    for cause, eligible in _pairings(overlaps, threshold):
        free = eligible & open_truth[overlaps.truth] & open_prediction[overlaps.prediction]
        candidates = np.flatnonzero(free)
        pairs = (overlaps.truth[candidates], overlaps.prediction[candidates])
        taken = match_greedily(*pairs, overlaps.iou[candidates])
        t, p = pairs[0][taken], pairs[1][taken]
        of_truth[t], of_prediction[p] = cause, cause
        open_truth[t], open_prediction[p] = False, False
    again = (overlaps.iou > threshold) | overlaps.same_category
    again &= open_prediction[overlaps.prediction] & ~open_truth[overlaps.truth]
    of_prediction[overlaps.prediction[again]] = _DUPLICATE
    return of_truth, of_prediction


def _pairings(overlaps: Overlaps, threshold: float) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    """Causes that join a truth with a prediction, hits first, and the pairs that each may join."""
    near = overlaps.iou > threshold
    yield _HIT, overlaps.same_class & near
    yield _NAMES.index("wrong_attributes"), overlaps.same_category & near
    yield _NAMES.index("wrong_category"), near
    yield _NAMES.index("poor_mask"), overlaps.same_class
    yield _NAMES.index("poor_mask_and_attributes"), overlaps.same_category
