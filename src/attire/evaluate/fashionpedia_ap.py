"""Average precision as Fashionpedia's benchmark computes it: by IoU, and by IoU and attributes.

Jia et al., "Fashionpedia" (ECCV 2020). A prediction hits at (t, f) if its mask's IoU is at least t and
the macro F1 of its attribute vector at least f, for every t and every f of 0.50, 0.55, …, 0.95; a
category without attributes asks for the IoU alone. Its parity with the benchmark's own package is tested.

The benchmark takes attributes literally: unknown counts as absent here, unlike in our attribute F1.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.overlaps import Overlaps
from attire.ontology import Ontology

__all__ = ["FashionpediaAP", "FashionpediaScores", "attribute_f1", "fashionpedia_ap"]

_ATTRIBUTED = frozenset({*range(13), 28, 29, 31, 32, 33})
"""Categories of Fashionpedia (and of 2019, which has the same) that the benchmark asks attributes of."""
_IOUS = np.linspace(0.5, 0.95, 10)
_F1S = np.append(np.linspace(0.5, 0.95, 10), -1.0)
_RECALLS = np.linspace(0.0, 1.0, 101)
_DETECTIONS = 100
_ANY = len(_F1S) - 1
_AT_50, _AT_75 = 0, 5


@dataclass(frozen=True, kw_only=True)
class FashionpediaAP:
    """AP by IoU alone; NaN where there is no truth."""

    ap: float
    ap50: float
    ap75: float


@dataclass(frozen=True, kw_only=True)
class FashionpediaScores:
    """The benchmark's two columns."""

    iou: FashionpediaAP
    """By mask IoU."""
    iou_f1: FashionpediaAP
    """By mask IoU and attribute F1, over all F1 thresholds."""
    ap50_f50: float
    """At IoU ≥ 0.5 and F1 ≥ 0.5."""
    ap75_f75: float
    """At IoU ≥ 0.75 and F1 ≥ 0.75."""


def attribute_f1(real: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Macro F1 of attribute vectors over the two answers, present and absent.

    An answer that neither side gives is left out of the mean (as scikit-learn does).

    Args:
        real: Shape ``(K, A)``.
        said: Shape ``(K, A)``.

    Returns:
        Shape ``(K,)``.

    Example:
        >>> attribute_f1(np.array([[True, False, False]]), np.array([[True, True, False]])).round(3).tolist()
        [0.667]
    """
    if not real.shape[1]:
        return np.ones(len(real))
    scores = []
    wrong = (real != said).sum(axis=1)
    for present in (True, False):
        both = ((real == present) & (said == present)).sum(axis=1)
        whole = 2 * both + wrong
        scores.append(np.where(whole > 0, 2 * both / np.maximum(whole, 1), np.nan))
    mean: npt.NDArray[np.float64] = np.nanmean(scores, axis=0)
    return mean


def fashionpedia_ap(truth: Records, predictions: Records, overlaps: Overlaps) -> FashionpediaScores:
    """Compute the benchmark's AP over all predictions, ranked by score; an absent score counts as 1.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        overlaps: Their overlapping pairs.

    Returns:
        AP by IoU, and by IoU and F1.
    """
    attributed = _attributed(truth)
    scores = (
        np.ones(len(predictions.category_ids))
        if predictions.scores is None
        else predictions.scores.astype(np.float64)
    )
    ranked = _ranked(predictions, scores)
    hits = _hits(truth, predictions, overlaps, ranked, attributed)
    by_iou, by_both = [], []
    for category in np.unique(truth.category_ids).tolist():
        own = np.sort(ranked[predictions.category_ids[ranked] == category])
        own = own[np.argsort(-scores[own], kind="stable")]
        truths = int((truth.category_ids == category).sum())
        precision = np.stack([_average_precision(hits[own, t], truths) for t in range(len(_IOUS))])
        by_iou.append(precision[:, _ANY])
        by_both.append(precision[:, :_ANY] if category in attributed else precision[:, _ANY:])
    return FashionpediaScores(
        iou=_summary([column[:, None] for column in by_iou]),
        iou_f1=_summary(by_both),
        ap50_f50=_at(by_both, _AT_50),
        ap75_f75=_at(by_both, _AT_75),
    )


def _attributed(truth: Records) -> frozenset[int]:
    """Categories that are asked for attributes; outside the benchmark's own, those annotated with any."""
    names = [category.name for category in truth.ontology.categories]
    if names == [category.name for category in Ontology.imaterialist2019().categories]:
        return _ATTRIBUTED
    return frozenset(np.unique(truth.category_ids[truth.attributes.any(axis=1)]).tolist())


def _ranked(predictions: Records, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Predictions by photo, category and falling score, the first 100 of each photo and category."""
    photo, category = predictions.photo_indices, predictions.category_ids
    order = np.lexsort((-scores, category, photo))
    key = photo[order] * len(predictions.ontology.categories) + category[order]
    place = np.arange(len(order)) - np.searchsorted(key, key)
    return order[place < _DETECTIONS]


def _hits(
    truth: Records,
    predictions: Records,
    overlaps: Overlaps,
    ranked: npt.NDArray[np.int64],
    attributed: frozenset[int],
) -> npt.NDArray[np.bool_]:
    """Which predictions hit at each IoU and F1 threshold, shape ``(N, 10, 11)``; the last F1 is none."""
    hits = np.zeros((len(predictions.category_ids), len(_IOUS), len(_F1S)), bool)
    rank = np.full(len(hits), -1)
    rank[ranked] = np.arange(len(ranked))
    pairs = np.flatnonzero(
        overlaps.same_category & (overlaps.iou >= _IOUS[0]) & (rank[overlaps.prediction] >= 0)
    )
    pairs = pairs[np.lexsort((overlaps.truth[pairs], rank[overlaps.prediction[pairs]]))]
    t, p, iou = overlaps.truth[pairs], overlaps.prediction[pairs], overlaps.iou[pairs]
    f1 = attribute_f1(truth.attributes[t], predictions.attributes[p])
    f1[~np.isin(truth.category_ids[t], list(attributed))] = 0.0  # equal for all: only IoU decides
    lone = (np.bincount(t, minlength=1)[t] == 1) & (np.bincount(p, minlength=1)[p] == 1)
    iou_bars = np.minimum(_IOUS, 1 - 1e-10)[:, None]
    f1_bars = np.minimum(_F1S, 1 - 1e-10)[None, :]
    hits[p[lone]] = (iou[lone, None, None] >= iou_bars) & (f1[lone, None, None] >= f1_bars)
    free: dict[int, npt.NDArray[np.bool_]] = {}
    rest = np.flatnonzero(~lone)
    for own in np.split(rest, np.flatnonzero(np.diff(p[rest])) + 1):
        best_iou = np.repeat(iou_bars, len(_F1S), axis=1)
        best_f1 = np.repeat(f1_bars, len(_IOUS), axis=0)
        best = np.full(best_iou.shape, -1)
        for pair in own.tolist():
            open_truth = free.setdefault(int(t[pair]), np.ones(best.shape, bool))
            better = open_truth & (iou[pair] >= best_iou) & (f1[pair] >= best_f1)
            best[better], best_iou[better], best_f1[better] = t[pair], iou[pair], f1[pair]
        for found in np.unique(best[best >= 0]).tolist():
            free[found] &= best != found
        if len(own):
            hits[p[own[0]]] = best >= 0
    return hits


def _average_precision(hits: npt.NDArray[np.bool_], truths: int) -> npt.NDArray[np.float64]:
    """AP of ranked predictions at each F1 threshold, from hits of shape ``(n, 11)``; shape ``(11,)``."""
    if not len(hits):
        return np.zeros(hits.shape[1])
    found = np.cumsum(hits, axis=0, dtype=np.float64)
    precision = found / np.arange(1, len(hits) + 1)[:, None]
    envelope = np.maximum.accumulate(precision[::-1], axis=0)[::-1]
    out = np.zeros(hits.shape[1])
    for column in range(hits.shape[1]):
        place = np.searchsorted(found[:, column] / truths, _RECALLS, side="left")
        out[column] = envelope[place[place < len(hits)], column].sum() / len(_RECALLS)
    return out


def _summary(by_category: list[npt.NDArray[np.float64]]) -> FashionpediaAP:
    """Means over columns of AP, shape ``(10, columns)`` per category: IoU thresholds down."""
    if not by_category:
        return FashionpediaAP(ap=float("nan"), ap50=float("nan"), ap75=float("nan"))
    columns = np.concatenate(by_category, axis=1)
    return FashionpediaAP(
        ap=float(columns.mean()), ap50=float(columns[_AT_50].mean()), ap75=float(columns[_AT_75].mean())
    )


def _at(by_category: list[npt.NDArray[np.float64]], place: int) -> float:
    """Mean over categories at one and the same place of both thresholds."""
    if not by_category:
        return float("nan")
    return float(np.mean([rows[place, min(place, rows.shape[1] - 1)] for rows in by_category]))
