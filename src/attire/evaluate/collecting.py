"""Looks, photo by photo, put together into the records that are scored."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from attire.annotations import Records
from attire.errors import AnnotationError
from attire.instances import Instances
from attire.masks import RunLengths
from attire.ontology import Ontology

__all__ = ["collect"]


def collect(photos: Iterable[Instances], ontology: Ontology) -> Records:
    """Join the instances of photos into records, keeping nothing else of them.

    Args:
        photos: Instances with masks; in each photo, and in all of them, with scores or without.
        ontology: What their ids mean.

    Returns:
        Records in the order given; attributes that are absent count as not held.

    Raises:
        AnnotationError: If a photo has instances without masks.
    """
    names, sizes, counts = [], [], []
    categories: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    attributes: list[npt.NDArray[np.bool_]] = [np.zeros((0, len(ontology.attributes)), bool)]
    scores: list[npt.NDArray[np.float32]] = []
    probs: list[npt.NDArray[np.float32]] = []
    masks = []
    for photo in photos:
        n = len(photo)
        if photo.masks is None and n:
            raise AnnotationError(f"{photo.image_id}: {n} instances without masks cannot be scored.")
        names.append(photo.image_id)
        sizes.append(photo.size)
        counts.append(n)
        categories.append(photo.category_ids)
        held = photo.attributes
        attributes.append(np.zeros((n, len(ontology.attributes)), bool) if held is None else held)
        if photo.masks is not None:
            masks.append(photo.masks)
        if photo.scores is not None:
            scores.append(photo.scores)
        if photo.attribute_probs is not None:
            probs.append(photo.attribute_probs)
    all_attributes = np.concatenate(attributes)
    return Records(
        ontology=ontology,
        image_ids=np.array(names, np.str_),
        sizes=np.array(sizes, np.int32).reshape(-1, 2),
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        category_ids=np.concatenate(categories),
        masks=RunLengths.concatenate(masks),
        attributes=all_attributes,
        attributes_known=np.ones_like(all_attributes),
        rows=np.arange(sum(counts), dtype=np.int64),
        scores=np.concatenate(scores) if scores else None,
        attribute_probs=np.concatenate(probs) if len(probs) == len(names) and probs else None,
    )
