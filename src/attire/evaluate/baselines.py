"""What a prediction is worth that never looks at the photo: the bar that any network has to clear."""

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.errors import AnnotationError
from attire.masks import RunLengths
from attire.predict.paste import paste_masks

__all__ = ["mean_shape_baseline"]

MEAN_SIDE_PX = 28
"""Side of the grid on which masks are averaged inside their boxes; that of a Mask R-CNN's mask head."""


def mean_shape_baseline(train: Records, photos: Records) -> Records:
    """Predict the same in every photo: each category's average box and mask, no pixels looked at.

    The box is the mean of the training boxes relative to their photo, the mask the mean of the training
    masks inside their boxes, kept where at least half of them have it, and the score the share of
    training photos that show the category. Attributes: those that at least half of the category's
    annotated instances have.

    Args:
        train: Truth to average over.
        photos: Photos to predict for; only their names and sizes are read.

    Returns:
        Predictions for ``photos``, one instance per photo and category of ``train``.

    Raises:
        AnnotationError: If the two name different categories, or ``train`` holds no mask.
    """
    if train.ontology.categories != photos.ontology.categories:
        raise AnnotationError(
            f"The mean shape of {train.ontology.name} cannot predict for {photos.ontology.name}: "
            "their categories differ. Give training data with the same label descriptions."
        )
    full = np.flatnonzero(np.diff(train.masks.offsets))
    categories = np.unique(train.category_ids[full])
    if not len(categories):
        raise AnnotationError("The mean shape needs training masks; these data hold none.")
    relative = _relative_boxes(train)
    shapes, boxes, scores, held = [], [], [], []
    photo_of = train.photo_indices
    for category in categories:
        own = full[train.category_ids[full] == category]
        shapes.append(_mean_mask(train.masks, own))
        boxes.append(relative[own].mean(axis=0))
        scores.append(len(np.unique(photo_of[own])) / len(train))
        annotated = own[train.annotated[own]]
        held.append(
            train.attributes[annotated].mean(axis=0) >= 0.5
            if len(annotated)
            else np.zeros(train.attributes.shape[1], bool)
        )
    order = np.argsort(-np.array(scores), kind="stable")
    drawn: dict[tuple[int, int], RunLengths] = {}
    sizes = [(int(height), int(width)) for height, width in photos.sizes]
    for height, width in set(sizes):
        in_pixels = np.array(boxes)[order] * (width, height, width, height)
        drawn[height, width] = paste_masks(np.array(shapes)[order], in_pixels, (height, width))
    count = len(photos)
    attributes = np.tile(np.array(held)[order], (count, 1))
    return Records(
        ontology=photos.ontology,
        image_ids=photos.image_ids,
        sizes=photos.sizes,
        offsets=np.arange(count + 1, dtype=np.int64) * len(order),
        category_ids=np.tile(categories[order], count),
        masks=RunLengths.concatenate([drawn[size] for size in sizes]),
        attributes=attributes,
        attributes_known=np.ones_like(attributes),
        rows=np.arange(count * len(order), dtype=np.int64),
        scores=np.tile(np.array(scores, np.float32)[order], count),
    )


def _relative_boxes(records: Records) -> npt.NDArray[np.float64]:
    """Boxes as shares of the photo's width and height, xyxy in 0 … 1, shape ``(N, 4)``."""
    height, width = records.masks.sizes.T.astype(np.float64)
    relative: npt.NDArray[np.float64] = records.masks.boxes / np.stack([width, height, width, height], axis=1)
    return relative


def _mean_mask(masks: RunLengths, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Share of masks that cover each cell of a grid over their own boxes, shape ``(28, 28)``."""
    total = np.zeros((MEAN_SIDE_PX, MEAN_SIDE_PX), np.float32)
    centres = (np.arange(MEAN_SIDE_PX) + 0.5) / MEAN_SIDE_PX
    boxes = masks.boxes
    for i in chosen:
        left, top, right, bottom = boxes[i]
        rows = (top + centres * (bottom - top)).astype(np.int64)
        columns = (left + centres * (right - left)).astype(np.int64)
        total += masks.sample(int(i), rows, columns)
    return total / np.float32(len(chosen))
