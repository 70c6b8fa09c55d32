"""Truth and predictions brought side by side: the same photos in the same order, at the same sizes."""

from dataclasses import replace

import numpy as np

from attire.annotations import Records
from attire.errors import AnnotationError

__all__ = ["align", "at_size", "labelled_only"]


def align(truth: Records, predictions: Records) -> Records:
    """Put predictions into the order of the truth's photos.

    Args:
        truth: What is there.
        predictions: What was said, photos in any order; a photo left out has no predictions.

    Returns:
        Predictions for exactly the truth's photos, in their order.

    Raises:
        AnnotationError: If there is no photo, if the two name different things, if a predicted photo is
            not in the truth, or if it has another size there.
    """
    if not len(truth):
        raise AnnotationError("The truth holds no photo, so there is nothing to score.")
    theirs, ours = predictions.ontology, truth.ontology
    if theirs.categories != ours.categories or theirs.attributes != ours.attributes:
        raise AnnotationError(
            f"Predictions speak of {theirs.name} ({len(theirs.categories)} categories, "
            f"{len(theirs.attributes)} attributes), the truth of {ours.name} ({len(ours.categories)}, "
            f"{len(ours.attributes)}). Read both with the same label descriptions."
        )
    strangers = [str(name) for name in predictions.image_ids if str(name) not in truth.index_of]
    if strangers:
        raise AnnotationError(
            f"Predictions hold {len(strangers)} photos that the truth does not have, such as "
            f"{strangers[0]!r}. Score them against the data they were made for."
        )
    found = np.array([predictions.index_of.get(str(name), -1) for name in truth.image_ids], dtype=np.int64)
    there = found >= 0
    differ = np.flatnonzero(there)[
        (predictions.sizes[found[there]] != truth.sizes[there]).any(axis=1)
        & (np.diff(predictions.offsets)[found[there]] > 0)
    ]
    if len(differ):
        photo, name = int(differ[0]), str(truth.image_ids[int(differ[0])])
        height, width = predictions.sizes[found[photo]]
        raise AnnotationError(
            f"Predictions for {name!r} are {height}x{width} pixels, the truth is "
            f"{truth.sizes[photo, 0]}x{truth.sizes[photo, 1]} ({len(differ)} such photos). "
            "If the file is a submission, give its size: --size 512x512."
        )
    chosen = predictions.select(found[there])
    counts = np.zeros(len(truth), np.int64)
    counts[there] = np.diff(chosen.offsets)
    return replace(
        chosen,
        image_ids=truth.image_ids,
        sizes=truth.sizes,
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
    )


def at_size(records: Records, size: tuple[int, int]) -> Records:
    """Resize every mask as a submission does, so that truth and submission meet at one size.

    Args:
        records: Records of photos of any size.
        size: ``(height, width)`` in pixels; Kaggle's submissions are 512×512 whatever the photo's shape.

    Returns:
        The same instances, with every photo and mask of that size.
    """
    sizes = np.tile(np.array(size, np.int32), (len(records), 1))
    return replace(records, masks=records.masks.resized(size), sizes=sizes)


def labelled_only(truth: Records, predictions: Records) -> Records:
    """Leave out predictions of categories that the truth never shows: nobody labelled them there.

    Args:
        truth: What is there. Where it shows nothing at all, everything counts.
        predictions: What was said.

    Returns:
        The predictions that the truth can confirm or refute; photos left without any stay.
    """
    if not len(truth.category_ids):
        return predictions
    return predictions.keep(np.isin(predictions.category_ids, truth.category_ids))
