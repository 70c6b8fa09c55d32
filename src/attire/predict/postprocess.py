"""From raw detections to instances of the photo: one way for validation, command line, service and batch."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from attire.instances import Instances
from attire.ontology import Ontology, label_to_category
from attire.predict.attribute_rule import AttributeRule
from attire.predict.paste import MASK_THRESHOLD, paste_masks
from attire.predict.runtime import RawDetections
from attire.preprocess import Geometry

__all__ = ["postprocess"]


def postprocess(
    raw: RawDetections,
    geometry: Geometry,
    *,
    image_id: str,
    ontology: Ontology,
    attribute_categories: Collection[int] | None = None,
    rule: AttributeRule | None = None,
) -> Instances:
    """Map detections back to the photo and decide their attributes.

    Args:
        raw: What the network says, in its input's pixels.
        geometry: How the photo lies in the input.
        image_id: File name of the photo.
        ontology: What labels and attribute columns mean.
        attribute_categories: Category ids that carry attributes; None means all. Others get none, and
            probability 0 for each: nobody taught the network what a striped pocket is.
        rule: How attributes are decided; the default rule if None.

    Returns:
        Instances at the photo's size, highest score first; those without a pixel are dropped.
    """
    scale = np.array([geometry.scale_x, geometry.scale_y] * 2, np.float32)
    # A box that reaches into the padding keeps its shape for pasting: its mask was drawn for all of it.
    masks = paste_masks(raw.masks, raw.boxes / scale, geometry.photo_size)
    kept = np.flatnonzero(masks.areas > 0)
    kept = kept[np.argsort(-raw.scores[kept], kind="stable")]
    raw = raw[kept]
    category_ids = label_to_category(raw.labels)
    probs = raw.attribute_probs
    if attribute_categories is not None:
        probs = probs * np.isin(category_ids, list(attribute_categories))[:, None]
    held = (rule or AttributeRule()).decide(probs, category_ids, ontology, attribute_categories)
    return Instances(
        ontology=ontology,
        image_id=image_id,
        size=geometry.photo_size,
        category_ids=category_ids,
        boxes=geometry.to_photo(raw.boxes),
        masks=masks[kept],
        scores=raw.scores,
        mask_scores=_mask_scores(raw),
        attributes=held,
        attribute_probs=probs,
        embeddings=raw.embeddings,
    )


def _mask_scores(raw: RawDetections) -> npt.NDArray[np.float32]:
    """Mean probability of the cells that belong to each mask, shape ``(N,)``; 0 where there is none."""
    belongs = raw.masks > MASK_THRESHOLD
    total = (raw.masks * belongs).sum(axis=(1, 2))
    scores: npt.NDArray[np.float32] = (total / np.maximum(belongs.sum(axis=(1, 2)), 1)).astype(np.float32)
    return scores
