"""The counts behind the score, per threshold, per category and per photo."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.bootstrap import ratio
from attire.evaluate.coco_ap import AveragePrecision
from attire.evaluate.score2019 import Counts, jaccard
from attire.instances import IOU_THRESHOLDS
from attire.ontology import Ontology

__all__ = ["CategoryRow", "PhotoRow", "ThresholdRow", "category_rows", "photo_rows", "threshold_rows"]


@dataclass(frozen=True, kw_only=True)
class ThresholdRow:
    """All photos together at one IoU threshold."""

    iou: float
    tp: int
    fp: int
    fn: int
    sensitivity: float
    """TP / (TP + FN)."""
    precision: float
    """TP / (TP + FP)."""
    image: float
    """Score averaged over photos."""
    pooled: float
    """Score of the pooled counts."""
    image_class: float
    """Score averaged over each photo's categories, then over photos."""


@dataclass(frozen=True, kw_only=True)
class CategoryRow:
    """One category over all photos; a hit asks for the category, not for attributes."""

    id: int
    name: str
    truths: int
    predictions: int
    tp: tuple[int, ...]
    """Hits at each of the ten thresholds."""
    fp: tuple[int, ...]
    fn: tuple[int, ...]
    sensitivity: float
    """TP / (TP + FN) at IoU > 0.5; NaN without truths."""
    precision: float
    """TP / (TP + FP) at IoU > 0.5; NaN without predictions."""
    mean_sensitivity: float
    """Mean over the thresholds."""
    mean_precision: float
    score: float
    """Mean over the thresholds of TP / (TP + FP + FN), over all photos."""
    score_with_attributes: float
    """The same where a hit asks for the exact attribute set too."""
    mask_ap: float
    """COCO's AP of masks; NaN without truths."""
    mask_ap50: float
    box_ap: float
    box_ap50: float


@dataclass(frozen=True, kw_only=True)
class PhotoRow:
    """One photo."""

    image_id: str
    score: float
    """Its score of 2019, mean over thresholds."""
    score_categories: float
    """The same by category alone."""
    truths: int
    predictions: int
    hits: int
    """At IoU > 0.5, by category alone."""


def threshold_rows(counts: Counts) -> tuple[ThresholdRow, ...]:
    """Sum counts over photos and categories, threshold by threshold."""
    hits, said = counts.per_photo()
    in_group = counts.truths + counts.predictions
    per_group = jaccard(counts.hits, in_group[:, None])
    groups = np.bincount(counts.photo, minlength=counts.photos)
    truths, predictions = int(counts.truths.sum()), int(counts.predictions.sum())
    rows = []
    for place, iou in enumerate(IOU_THRESHOLDS.tolist()):
        tp = int(counts.hits[:, place].sum())
        in_photo = np.bincount(counts.photo, weights=per_group[:, place], minlength=counts.photos)
        rows.append(
            ThresholdRow(
                iou=iou,
                tp=tp,
                fp=predictions - tp,
                fn=truths - tp,
                sensitivity=_share(tp, truths),
                precision=_share(tp, predictions),
                image=_mean(jaccard(hits[:, place], said[:, 0])),
                pooled=float(jaccard(np.array([tp]), np.array([truths + predictions]))[0]),
                image_class=_mean(ratio(in_photo, groups, empty=1.0)),
            )
        )
    return tuple(rows)


def category_rows(
    ontology: Ontology, counts: Counts, exact: Counts, mask: AveragePrecision, box: AveragePrecision
) -> tuple[CategoryRow, ...]:
    """Sum counts over photos, category by category, beside each category's AP.

    Args:
        ontology: Names.
        counts: Hits by category alone.
        exact: Hits by category and exact attributes.
        mask: COCO's figures of masks.
        box: COCO's figures of boxes.

    Returns:
        One row per category that is in the truth or in the predictions, by id.
    """
    rows = []
    for category in np.unique(counts.category).tolist():
        own = counts.category == category
        truths, predictions = int(counts.truths[own].sum()), int(counts.predictions[own].sum())
        tp, tp_exact = counts.hits[own].sum(axis=0), exact.hits[own].sum(axis=0)
        mask_ap, mask_ap50 = mask.by_category.get(category, (np.nan, np.nan))
        box_ap, box_ap50 = box.by_category.get(category, (np.nan, np.nan))
        rows.append(
            CategoryRow(
                id=category,
                name=ontology.categories[category].name,
                truths=truths,
                predictions=predictions,
                tp=tuple(tp.tolist()),
                fp=tuple((predictions - tp).tolist()),
                fn=tuple((truths - tp).tolist()),
                sensitivity=_share(int(tp[0]), truths),
                precision=_share(int(tp[0]), predictions),
                mean_sensitivity=_share(float(tp.mean()), truths),
                mean_precision=_share(float(tp.mean()), predictions),
                score=_pooled(tp, truths + predictions),
                score_with_attributes=_pooled(tp_exact, truths + predictions),
                mask_ap=mask_ap,
                mask_ap50=mask_ap50,
                box_ap=box_ap,
                box_ap50=box_ap50,
            )
        )
    return tuple(rows)


def photo_rows(truth: Records, counts: Counts, exact: Counts) -> tuple[PhotoRow, ...]:
    """Sum counts over categories, photo by photo.

    Args:
        truth: Names of the photos.
        counts: Hits by category alone.
        exact: Hits by category and exact attributes.
    """
    hits, said = counts.per_photo()
    columns = (
        truth.image_ids.tolist(),
        jaccard(exact.per_photo()[0], said).mean(axis=1).tolist(),
        jaccard(hits, said).mean(axis=1).tolist(),
        np.diff(truth.offsets).tolist(),
        said[:, 0].astype(np.int64).tolist(),
        hits[:, 0].astype(np.int64).tolist(),
    )
    return tuple(
        PhotoRow(
            image_id=name, score=score, score_categories=by_category, truths=n, predictions=both - n, hits=hit
        )
        for name, score, by_category, n, both, hit in zip(*columns, strict=True)
    )


def _pooled(tp: npt.NDArray[np.int64], said: int) -> float:
    return float(jaccard(tp, np.array([said])).mean())


def _share(part: float, whole: int) -> float:
    return part / whole if whole else float("nan")


def _mean(values: npt.NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else float("nan")
