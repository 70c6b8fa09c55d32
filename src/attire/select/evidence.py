"""What validation photos tell about a network's detections: which of them are right, and how far."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.errors import DataError
from attire.evaluate.alignment import align
from attire.evaluate.collecting import collect
from attire.evaluate.overlaps import find_overlaps
from attire.evaluate.reliability import found_by_score
from attire.instances import IOU_THRESHOLDS, Instances
from attire.predict.selection import detection_features
from attire.select.attribute_fitting import AttributeEvidence, gather_attributes

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """N detections of P photos that the truth can confirm or refute."""

    features: npt.NDArray[np.float64]
    """Shape ``(N, F)``, see :func:`attire.predict.selection.detection_features`."""
    category_ids: npt.NDArray[np.int64]
    """Shape ``(N,)``."""
    categories: int
    """How many there are in the ontology."""
    photo: npt.NDArray[np.int64]
    """Place of each detection's photo, shape ``(N,)``."""
    scores: npt.NDArray[np.float64]
    """The network's own, shape ``(N,)``."""
    ious: npt.NDArray[np.float64]
    """IoU with the truth that a detection found, 0 where it found none, shape ``(N,)``."""
    truths: npt.NDArray[np.int64]
    """How many each photo holds, shape ``(P,)``."""
    attributes: AttributeEvidence | None = None
    """Garments among them that were found, and what is known of their attributes."""

    @property
    def hits(self) -> npt.NDArray[np.bool_]:
        """Whether a detection is right at each of the ten thresholds, shape ``(N, 10)``."""
        return self.ious[:, None] > IOU_THRESHOLDS

    def of_photos(self, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which detections lie in chosen photos; ``chosen`` has shape ``(P,)``."""
        return chosen[self.photo]


def gather(truth: Records, looks: Sequence[Instances], *, labels: Records | None = None) -> Evidence:
    """Hold detections against the truth.

    A detection is right if it has the category of a truth that no better detection found, and overlaps it
    with an IoU over 0.5. Categories that the truth never shows are left out: nobody labelled them.

    Args:
        truth: What is there.
        looks: All that the network gives for each photo, in the truth's order, with masks, scores and mask
            scores.
        labels: Annotations of other photos, which say how common attribute sets are.

    Returns:
        The evidence.

    Raises:
        DataError: If there are no photos, or no detection that the truth could confirm.
        AnnotationError: If photos and truth do not fit together.
        MissingExtraError: If faster-coco-eval is not installed.
    """
    if not looks or not len(truth.category_ids):
        raise DataError("A selector is learnt from photos whose garments are annotated; found none.")
    predictions = align(truth, collect(looks, truth.ontology))
    scores = predictions.scores
    judged = np.flatnonzero(np.isin(predictions.category_ids, truth.category_ids))
    if scores is None or not len(judged):
        raise DataError("The network found nothing of the annotated categories; there is nothing to learn.")
    overlaps = find_overlaps(truth, predictions, truth.masks.to_coco(), predictions.masks.to_coco())
    found, ious = found_by_score(scores, overlaps)
    return Evidence(
        features=np.concatenate([detection_features(look) for look in looks])[judged],
        category_ids=predictions.category_ids[judged],
        categories=len(truth.ontology.categories),
        photo=predictions.photo_indices[judged],
        scores=scores[judged].astype(np.float64),
        ious=ious[judged],
        truths=np.diff(truth.offsets),
        attributes=gather_attributes(truth, predictions, found, more=labels),
    )
