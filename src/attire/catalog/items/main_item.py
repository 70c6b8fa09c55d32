"""The item that a product photo is of, and what is worn with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.catalog.items.evidence import on_first_copy, outline_shape, product_evidence
from attire.catalog.items.framing import ProductFrame
from attire.catalog.items.naming import ProductNames
from attire.masks import Mask, RunLengths
from attire.ontology import Ontology
from attire.predict import Look, Selector
from attire.predict.attribute_carriers import attribute_carriers

__all__ = ["ProductLook", "read_product"]

WHOLE = 0.8
"""IoU with all that stands before the ground from which a detection is all of it."""
SEEN = 0.25
"""The same from which a detection is taken for the item's outline where a person wears it."""
APART = 0.3
"""Share of another garment inside the item from which it is the item under another name."""
SURE = 0.5
"""Calibrated score from which another garment is worn with it."""

_ARRAYS = (
    "category_ids", "boxes", "scores", "network_scores", "mask_scores", "hit_probs", "set_probs",
    "attributes", "attributes_known", "attribute_probs", "embeddings",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class ProductLook:
    """What a product photo shows."""

    look: Look
    """The item first, what is worn with it, and parts; in pixels of the frame, as the network saw them."""
    boxes: npt.NDArray[np.float32]
    """The same boxes in pixels of the photo, shape ``(N, 4)``."""
    masks: RunLengths
    """The same outlines in the photo."""
    names: npt.NDArray[np.float64]
    """Probability of each category that the item is one, shape ``(C,)``."""


def read_product(
    found: Look, frame: ProductFrame, selector: Selector | None = None, names: ProductNames | None = None
) -> ProductLook:
    """Decide what a product photo is of.

    The item's category is the likeliest by what the network says in all places of the frame, and that
    likelihood is its score. Its outline is all that stands before the ground, unless a person wears it, who
    is cut off by the photo's lower rim or wears something else, too: then it is that of the best detection
    of that category. Only then are other garments rows: those that the selector keeps, that are sure, and
    lie beside the item.

    Args:
        found: All detections in the frame (``keep="all"``).
        frame: How the product was laid into it.
        selector: What chooses among detections; None keeps all.
        names: How evidence names a product; those that ship with the package if None.
    """
    shape = outline_shape(frame.outline)
    names = names or ProductNames.load()
    likely = names(product_evidence(found, frame.copies), shape, found.ontology)
    category = int(likely.argmax())
    first = found[on_first_copy(found, frame.copies)]
    kept = first if selector is None else selector(first)
    assert isinstance(kept, Look)
    standing = frame.copies.decode(0)
    best, iou = _best_of(first, category, standing)
    outline, others = standing, np.zeros(0, np.int64)
    if best is not None and SEEN <= iou < WHOLE:
        own = _filled(_mask(first, best)) & standing
        others = _beside(kept, own)
        if len(others) or shape[2]:
            outline = own
    item = _item(first, best, category, float(likely[category]), outline)
    parts = np.array([i for i in range(len(kept)) if _is_part(kept.ontology, kept.category_ids[i])], np.int64)
    look = _stacked([item, kept[others], kept[parts]])
    whole = outline is standing
    masks = _in_photo(look, frame, whole=whole)
    boxes = frame.boxes_in_photo(look.boxes)
    boxes[0] = masks.boxes[0]
    return ProductLook(look, boxes, masks, likely)


def _best_of(first: Look, category: int, standing: Mask) -> tuple[int | None, float]:
    """Find the detection of a category that is surest and covers the product best, and its IoU with it."""
    best, most, its_iou = None, 0.0, 0.0
    for i in np.flatnonzero(first.category_ids == category).tolist():
        mask = _mask(first, i)
        iou = float((mask & standing).sum() / max(1, (mask | standing).sum()))
        worth = iou * (1.0 if first.scores is None else float(first.scores[i]))
        if worth > most:
            best, most, its_iou = i, worth, iou
    return best, its_iou


def _beside(kept: Look, item: Mask) -> npt.NDArray[np.int64]:
    """Give the places of sure garments that lie beside an item."""
    beside = []
    for i in range(len(kept)):
        if _is_part(kept.ontology, kept.category_ids[i]) or (
            kept.scores is not None and kept.scores[i] < SURE
        ):
            continue
        mask = _mask(kept, i)
        if (mask & item).sum() < APART * max(1, mask.sum()):
            beside.append(i)
    return np.array(beside, np.int64)


def _item(first: Look, best: int | None, category: int, score: float, outline: Mask) -> Look:
    """Make the item's own instance, with the attributes of the detection that is most like it."""
    like = best if best is not None else _largest(first)
    masks = RunLengths.from_mask(outline)
    values: dict[str, Any] = {name: _row(getattr(first, name), like) for name in _ARRAYS}
    item = replace(first, **values, masks=masks)
    carriers = attribute_carriers(first.ontology)
    bare = like is None or (
        carriers is not None and not {category, int(first.category_ids[like])} <= carriers and best is None
    )
    return replace(
        item,
        category_ids=np.array([category], np.int64),
        boxes=masks.boxes,
        scores=np.array([score], np.float32),
        network_scores=item.network_scores if item.network_scores is not None else item.scores,
        hit_probs=None if item.hit_probs is None else np.full_like(item.hit_probs, score),
        attributes=_emptied(item.attributes, bare),
        attribute_probs=_emptied(item.attribute_probs, bare),
    )


def _largest(first: Look) -> int | None:
    """Give the place of the largest garment, whatever it was taken for; None where there is none."""
    garments = [i for i in range(len(first)) if not _is_part(first.ontology, first.category_ids[i])]
    if not garments or first.masks is None:
        return None
    areas = first.masks.areas
    return max(garments, key=lambda i: int(areas[i]))


def _in_photo(look: Look, frame: ProductFrame, *, whole: bool) -> RunLengths:
    assert look.masks is not None
    standing = frame.outline.decode(0)
    first = [frame.outline] if whole else []
    rest = (frame.mask_in_photo(look.masks, i) & standing for i in range(len(first), len(look)))
    return RunLengths.concatenate([*first, *map(RunLengths.from_mask, rest)])


def _row(array: npt.NDArray[Any] | None, place: int | None) -> npt.NDArray[Any] | None:
    """Take one row of an array, or a row of zeros."""
    if array is None:
        return None
    return np.zeros((1, *array.shape[1:]), array.dtype) if place is None else array[place : place + 1]


def _emptied(array: npt.NDArray[Any] | None, empty: bool) -> npt.NDArray[Any] | None:
    return np.zeros_like(array) if empty and array is not None else array


def _stacked(looks: Sequence[Look]) -> Look:
    """Put instances of one photo under each other."""
    first = looks[0]
    values: dict[str, Any] = {}
    for name in _ARRAYS:
        arrays = [getattr(look, name) for look in looks]
        values[name] = None if any(array is None for array in arrays) else np.concatenate(arrays)
    masks = RunLengths.concatenate([look.masks for look in looks if look.masks is not None])
    return replace(first, **values, masks=masks)


def _mask(look: Look, i: int) -> Mask:
    assert look.masks is not None
    return look.masks.decode(i)


def _filled(mask: Mask) -> Mask:
    """Close small gaps and the holes that a print leaves in a predicted outline."""
    from scipy import ndimage

    closed = ndimage.binary_closing(np.pad(mask, 3), structure=np.ones((3, 3), bool), iterations=2)
    filled: Mask = ndimage.binary_fill_holes(closed)[3:-3, 3:-3]
    return filled


def _is_part(ontology: Ontology, category_id: int) -> bool:
    return ontology.categories[int(category_id)].is_part
