"""How well attributes are named on garments that were found, where anybody looked for them.

Contract 2: an entry that nobody annotated is neither right nor wrong and is left out everywhere.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.evaluate.bootstrap import Bootstrap, Value, ratio
from attire.evaluate.matching import match_greedily
from attire.evaluate.overlaps import Overlaps
from attire.instances import IOU_THRESHOLDS

__all__ = ["AttributeScores", "GroupScore", "NamedAttribute", "score_attributes"]


@dataclass(frozen=True, kw_only=True)
class GroupScore:
    """One group of attributes, such as length."""

    name: str
    garments: int
    """Matched garments whose group is known."""
    f1: float
    """2 TP / (2 TP + FP + FN) over all its entries together (micro)."""
    f1_macro: float
    """Mean of its attributes' F1, over attributes that are there or were said."""
    precision: float
    """TP / (TP + FP)."""
    sensitivity: float
    """TP / (TP + FN)."""
    exact_set: float
    """Share of those garments whose whole group is right."""


@dataclass(frozen=True, kw_only=True)
class NamedAttribute:
    """One attribute."""

    id: int
    name: str
    group: str
    truths: int
    """Matched garments that have it."""
    predictions: int
    """Matched garments, known in it, that were said to have it."""
    hits: int
    """Both."""
    f1: float


@dataclass(frozen=True, kw_only=True)
class AttributeScores:
    """Attributes on garments matched by category and IoU > 0.5 whose truth has attributes."""

    garments: int
    """How many such garments there are."""
    annotated: int
    """How many truths have attributes, matched or not."""
    f1: Value
    """2 TP / (2 TP + FP + FN) over all known entries together (micro)."""
    f1_macro: float
    """Mean of the attributes' F1, over attributes that are there or were said."""
    f1_garment: Value
    """F1 of each garment's set, mean over garments."""
    precision: Value
    sensitivity: Value
    exact_set: Value
    """Share of garments whose known entries are all right."""
    exact_literal: Value
    """Share of garments whose ``ClassId`` is right letter by letter, as the score of 2019 asks."""
    groups: tuple[GroupScore, ...]
    by_attribute: tuple[NamedAttribute, ...]


def score_attributes(
    truth: Records, predictions: Records, overlaps: Overlaps, bootstrap: Bootstrap
) -> AttributeScores:
    """Compare the attributes of matched garments, entry by entry, where they are known.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        overlaps: Their overlapping pairs.
        bootstrap: How to draw the photos anew.

    Returns:
        F1, precision, sensitivity and exact-set rate, overall and per group.
    """
    t, p = _matched(truth, overlaps)
    known, real, said = truth.attributes_known[t], truth.attributes[t], predictions.attributes[p]
    hit, extra, lost = real & said & known, said & ~real & known, real & ~said & known
    right = ~(extra | lost)
    counts = np.stack([hit.sum(1), extra.sum(1), lost.sum(1)], axis=1).astype(np.float64)
    garment = np.stack(
        [
            ratio(2 * counts[:, 0], 2 * counts[:, 0] + counts[:, 1] + counts[:, 2], empty=1.0),
            right.all(axis=1),
            (real == said).all(axis=1),
            np.ones(len(t)),
        ],
        axis=1,
    )
    columns = np.zeros((len(truth), 7))
    np.add.at(columns, truth.photo_indices[t], np.concatenate([counts, garment], axis=1))

    def value(part: tuple[int, ...], whole: tuple[int, ...]) -> Value:
        return bootstrap.value(
            columns, lambda sums: ratio(sums[:, list(part)].sum(axis=1), sums[:, list(whole)].sum(axis=1))
        )

    per_attribute = np.stack([hit.sum(0), extra.sum(0), lost.sum(0)], axis=1).astype(np.float64)
    f1 = _f1(per_attribute)
    ontology = truth.ontology
    return AttributeScores(
        garments=len(t),
        annotated=int(truth.annotated.sum()),
        f1=value((0, 0), (0, 0, 1, 2)),
        f1_macro=_mean(f1),
        f1_garment=value((3,), (6,)),
        precision=value((0,), (0, 1)),
        sensitivity=value((0,), (0, 2)),
        exact_set=value((4,), (6,)),
        exact_literal=value((5,), (6,)),
        groups=tuple(
            _group(group.name, np.array(group.indices), known, right, per_attribute, f1)
            for group in ontology.groups
        ),
        by_attribute=tuple(
            NamedAttribute(
                id=attribute.id,
                name=attribute.name,
                group=attribute.group,
                truths=int(tp + fn),
                predictions=int(tp + fp),
                hits=int(tp),
                f1=float(score),
            )
            for attribute, (tp, fp, fn), score in zip(ontology.attributes, per_attribute, f1, strict=True)
        ),
    )


def _matched(truth: Records, overlaps: Overlaps) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Annotated truths found with the right category and IoU > 0.5, and the predictions that found them."""
    candidates = np.flatnonzero(overlaps.same_category & (overlaps.iou > IOU_THRESHOLDS[0]))
    t, p = overlaps.truth[candidates], overlaps.prediction[candidates]
    taken = match_greedily(t, p, overlaps.iou[candidates])
    taken = taken[truth.annotated[t[taken]]]
    return t[taken], p[taken]


def _group(
    name: str,
    indices: npt.NDArray[np.int64],
    known: npt.NDArray[np.bool_],
    right: npt.NDArray[np.bool_],
    per_attribute: npt.NDArray[np.float64],
    f1: npt.NDArray[np.float64],
) -> GroupScore:
    judged = known[:, indices].any(axis=1)
    whole = np.logical_and.reduce(right[:, indices], axis=1)
    tp, fp, fn = per_attribute[indices].sum(axis=0)
    return GroupScore(
        name=name,
        garments=int(judged.sum()),
        f1=float(_f1(np.array([[tp, fp, fn]]))[0]),
        f1_macro=_mean(f1[indices]),
        precision=float(ratio(tp, tp + fp)),
        sensitivity=float(ratio(tp, tp + fn)),
        exact_set=_mean(whole[judged]),
    )


def _f1(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """F1 of rows of TP, FP, FN; NaN where all three are 0."""
    return ratio(2 * counts[:, 0], 2 * counts[:, 0] + counts[:, 1] + counts[:, 2])


def _mean(values: npt.NDArray[Any]) -> float:
    """Mean of what is not NaN; NaN if nothing is left."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")
