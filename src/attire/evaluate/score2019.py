"""The score of iMaterialist 2019, under the three averagings that its sources leave open.

At each IoU threshold t = 0.50, 0.55, …, 0.95 a hit needs IoU > t, one to one, greedily by IoU;
J = TP / (TP + FP + FN), averaged over the thresholds. Where nothing is there and nothing is said, J is 1.
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

__all__ = ["Counts", "Score", "count_hits", "jaccard", "score2019"]


@dataclass(frozen=True, slots=True)
class Score:
    """One score, averaged in three ways."""

    image: Value
    """One TP/FP/FN per photo and threshold, mean over thresholds, then over photos: the headline."""
    pooled: Value
    """Counts pooled over all photos, then the mean over thresholds."""
    image_class: Value
    """Per photo and category present in truth or predictions; then per photo; then over photos."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Counts:
    """Truths, predictions and hits of each category in each photo where either is present; G such groups.

    Everything that is counted sums these: over the categories of a photo, over the photos of a category,
    or over all. A hit joins equal categories, whatever else it asks for, so no hit crosses groups.
    """

    photos: int
    """How many photos there are, also those without any group."""
    photo: npt.NDArray[np.int64]
    """Place of the group's photo, rising, shape ``(G,)``."""
    category: npt.NDArray[np.int64]
    """Its category id, shape ``(G,)``."""
    truths: npt.NDArray[np.int64]
    """How many are there, shape ``(G,)``."""
    predictions: npt.NDArray[np.int64]
    """How many were said, shape ``(G,)``."""
    hits: npt.NDArray[np.int64]
    """How many were hit at each threshold, shape ``(G, 10)``."""

    def per_photo(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Hits of shape ``(P, 10)``, and truths plus predictions of shape ``(P, 1)``."""
        hits, said = np.zeros((self.photos, len(IOU_THRESHOLDS))), np.zeros((self.photos, 1))
        np.add.at(hits, self.photo, self.hits)
        np.add.at(said, self.photo, (self.truths + self.predictions)[:, None])
        return hits, said


def count_hits(
    truth: Records, predictions: Records, overlaps: Overlaps, agrees: npt.NDArray[np.bool_]
) -> Counts:
    """Count, per photo and category, what is there, what was said and what was hit.

    Args:
        truth: What is there.
        predictions: What was said, aligned with ``truth``.
        overlaps: Their overlapping pairs.
        agrees: Which pairs agree in what the score asks for, shape ``(K,)``; equal categories at least.

    Returns:
        Counts at the ten thresholds.
    """
    width = len(truth.ontology.categories)
    true_keys = truth.photo_indices * width + truth.category_ids
    said_keys = predictions.photo_indices * width + predictions.category_ids
    keys = np.unique(np.concatenate([true_keys, said_keys]))
    candidates = np.flatnonzero(agrees & (overlaps.iou > IOU_THRESHOLDS[0]))
    taken = candidates[
        match_greedily(overlaps.truth[candidates], overlaps.prediction[candidates], overlaps.iou[candidates])
    ]
    hits = np.zeros((len(keys), len(IOU_THRESHOLDS)), np.int64)
    group = np.searchsorted(keys, true_keys[overlaps.truth[taken]])
    np.add.at(hits, group, overlaps.iou[taken, None] > IOU_THRESHOLDS)
    return Counts(
        photos=len(truth),
        photo=keys // width,
        category=keys % width,
        truths=np.bincount(np.searchsorted(keys, true_keys), minlength=len(keys)),
        predictions=np.bincount(np.searchsorted(keys, said_keys), minlength=len(keys)),
        hits=hits,
    )


def jaccard(hits: npt.NDArray[Any], said: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """J = TP / (TP + FP + FN) from hits and from truths plus predictions; 1 where both sides are empty.

    Example:
        >>> jaccard(np.array([1.0, 0.0, 0.0]), np.array([3.0, 1.0, 0.0])).tolist()
        [0.5, 0.0, 1.0]
    """
    return ratio(hits, said - hits, empty=1.0)


def score2019(counts: Counts, bootstrap: Bootstrap) -> Score:
    """Average the counts in the three ways, each with its interval.

    ``image_class`` groups by category under every variant, also where a hit needs the attributes: its
    source used categories only, and with a group per attribute set a wrong set would cost two groups.

    Args:
        counts: Counts per photo and category.
        bootstrap: How to draw the photos anew.

    Returns:
        The score.
    """
    hits, said = counts.per_photo()
    in_group = counts.truths + counts.predictions
    per_group = jaccard(counts.hits, in_group[:, None]).mean(axis=1)
    groups = np.bincount(counts.photo, minlength=counts.photos)
    in_photo = np.bincount(counts.photo, weights=per_group, minlength=counts.photos)
    return Score(
        image=bootstrap.mean(jaccard(hits, said).mean(axis=1)),
        pooled=bootstrap.value(
            np.concatenate([hits, said], axis=1),
            lambda sums: jaccard(sums[:, :-1], sums[:, -1:]).mean(axis=1),
        ),
        image_class=bootstrap.mean(ratio(in_photo, groups, empty=1.0)),
    )
