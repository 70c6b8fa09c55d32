"""Whether confidence means what it says: of those called 80 % sure, are 80 % right?

A detection is right if it has the category of a truth that no better detection found, with an IoU over 0.5.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.bootstrap import Bootstrap, Value, ratio
from attire.evaluate.matching import match_greedily
from attire.evaluate.overlaps import Overlaps
from attire.instances import IOU_THRESHOLDS

__all__ = ["LEAST_SCORE", "Bin", "Reliability", "found_by_score", "reliability", "score_reliability"]

LEAST_SCORE = 0.05
"""Confidence from which a detection is looked at."""
_BINS = 10
_SIMULATIONS = 200
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Detections of similar confidence."""

    count: int
    confidence: float
    """Mean of what they say."""
    right: float
    """Share that is right."""


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Confidence against what happened, in ten bins that hold equally many detections."""

    detections: int
    """How many were looked at."""
    bins: tuple[Bin, ...]
    ece: float
    """Expected calibration error: mean distance between confidence and share right, over detections."""
    floor: float
    """What ``ece`` would be on average, by chance alone, were the confidence perfect."""
    debiased: Value
    """Root of the mean squared distance, with what chance adds to it taken away (Kumar et al., 2019)."""
    brier: float
    """Mean squared distance between confidence and what happened (1 or 0)."""


def score_reliability(
    truth: Records, predictions: Records, overlaps: Overlaps, bootstrap: Bootstrap
) -> Reliability | None:
    """Hold the scores of predictions against the truth.

    Args:
        truth: What is there.
        predictions: What was said, down to the faintest, aligned with ``truth``.
        overlaps: Their overlapping pairs.
        bootstrap: How to draw the photos anew.

    Returns:
        None if predictions have no scores, or none of at least 0.05.
    """
    if predictions.scores is None:
        return None
    right = found_by_score(predictions.scores, overlaps)[0] >= 0
    return reliability(
        predictions.scores.astype(np.float64), right, predictions.photo_indices, len(truth), bootstrap
    )


def found_by_score(
    scores: npt.NDArray[np.floating], overlaps: Overlaps
) -> tuple[npt.NDArray[np.int64], _Floats]:
    """Give the truth that each prediction finds, the best-scored taking first what it overlaps best.

    Args:
        scores: Of all predictions, shape ``(N,)``.
        overlaps: Their overlaps with the truth.

    Returns:
        Place of the truth, −1 for none, and the IoU with it, over 0.5 or 0, shape ``(N,)`` each.
    """
    near = np.flatnonzero(overlaps.same_category & (overlaps.iou > IOU_THRESHOLDS[0]))
    t, p, iou = overlaps.truth[near], overlaps.prediction[near], overlaps.iou[near]
    urgency = np.empty(len(near))
    urgency[np.lexsort((-iou, -scores[p].astype(np.float64)))] = np.arange(len(near), 0, -1)
    taken = match_greedily(t, p, urgency)
    found, ious = np.full(len(scores), -1), np.zeros(len(scores))
    found[p[taken]], ious[p[taken]] = t[taken], iou[taken]
    return found, ious


def reliability(
    confidence: _Floats,
    right: npt.NDArray[np.bool_],
    photo: npt.NDArray[np.int64],
    photos: int,
    bootstrap: Bootstrap,
    *,
    least: float = LEAST_SCORE,
) -> Reliability | None:
    """Hold confidence against what happened.

    Args:
        confidence: In 0 … 1, shape ``(N,)``.
        right: Shape ``(N,)``.
        photo: Place of each detection's photo, shape ``(N,)``.
        photos: How many photos there are.
        bootstrap: How to draw them anew.
        least: Confidence from which a detection is looked at.

    Returns:
        None if nothing is that sure.
    """
    seen = confidence >= least
    p, y, photo = confidence[seen], right[seen].astype(np.float64), photo[seen]
    if not len(p):
        return None
    order = np.argsort(p, kind="stable")
    place = np.empty(len(p), np.int64)
    place[order] = np.arange(len(p)) * min(_BINS, len(p)) // len(p)
    bins = int(place.max()) + 1
    cell = photo * bins + place
    columns = np.stack(
        [
            np.bincount(cell, weights=values, minlength=photos * bins).reshape(photos, bins)
            for values in (np.ones(len(p)), p, y)
        ],
        axis=1,
    )
    flat: _Floats = columns.reshape(photos, -1).astype(np.float64)
    counts, confident, hits = columns.sum(axis=0)
    chance = np.random.default_rng(bootstrap.seed)
    drawn = (chance.random((_SIMULATIONS, len(p))) < p).astype(np.float64)
    by_chance = np.stack([np.bincount(place, weights=own, minlength=bins) for own in drawn])
    measured = _debiased(flat.sum(axis=0)[None], bins, 1)[0]
    # Drawing photos anew adds as much chance again as there is in the photos themselves.
    interval = bootstrap.value(flat, lambda sums: _debiased(sums, bins, 2))
    return Reliability(
        detections=len(p),
        bins=tuple(
            Bin(int(n), float(sure / n), float(hit / n))
            for n, sure, hit in zip(counts, confident, hits, strict=True)
        ),
        ece=float(np.abs(confident - hits).sum() / len(p)),
        floor=float(np.abs(confident - by_chance).sum(axis=1).mean() / len(p)),
        debiased=Value(float(measured), interval.low, interval.high),
        brier=float(((p - y) ** 2).mean()),
    )


def _debiased(sums: _Floats, bins: int, chances: int) -> _Floats:
    """Root of the squared distances less ``chances`` times what chance adds, from sums ``(R, 3 · bins)``."""
    counts, confident, hits = np.moveaxis(sums.reshape(len(sums), 3, bins), 1, 0)
    share = ratio(hits, counts, empty=0.0)
    distance = ratio(confident, counts, empty=0.0) - share
    spread = ratio(share * (1 - share), counts - 1, empty=0.0) * (counts > 1)
    squared = (counts * (distance**2 - chances * spread)).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    root: _Floats = np.sqrt(np.maximum(squared, 0))
    return root
