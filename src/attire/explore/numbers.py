"""Everything that the report counts, taken from the records in one go."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations.records import Records
from attire.explore.positions import position_maps, run_blocks
from attire.ontology import Ontology

__all__ = ["Numbers", "measure", "share_between"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Numbers:
    """Counts over P photos, N instances, C categories and A attributes."""

    ontology: Ontology
    """What the ids and columns mean."""
    sizes: npt.NDArray[np.int32]
    """``(height, width)`` of each photo in pixels, shape ``(P, 2)``."""
    instances_per_photo: Ints
    """Shape ``(P,)``."""
    labels_per_photo: Ints
    """Different categories in each photo, shape ``(P,)``."""
    category_instances: Ints
    """Instances of each category, shape ``(C,)``."""
    category_photos: Ints
    """Photos that show each category, shape ``(C,)``."""
    together: Ints
    """Photos that show both categories, shape ``(C, C)``; the diagonal is :attr:`category_photos`."""
    category_ids: Ints
    """Category of each instance, shape ``(N,)``."""
    areas_px: Ints
    """Mask area of each instance in pixels, shape ``(N,)``."""
    area_shares: Floats
    """Mask area of each instance as a share of its photo, 0 … 1, shape ``(N,)``."""
    positions: Floats
    """How often each cell of a photo is covered by a category, 0 … 1, shape ``(C, G, G)``."""
    annotated: int
    """Instances whose attributes anybody looked for."""
    annotated_photos: int
    """Photos with at least one of them."""
    category_annotated: Ints
    """Annotated instances of each category, shape ``(C,)``."""
    attributes_held: Ints
    """Instances of each category for which each attribute holds, shape ``(C, A)``."""
    attributes_known: Ints
    """Instances of each category for which somebody looked at each attribute, shape ``(C, A)``."""

    @property
    def photos(self) -> int:
        """How many photos."""
        return len(self.sizes)

    @property
    def instances(self) -> int:
        """How many instances."""
        return len(self.category_ids)

    @property
    def seen(self) -> Ints:
        """Categories with at least one instance, the most frequent first."""
        order = np.argsort(-self.category_instances, kind="stable")
        return order[self.category_instances[order] > 0].astype(np.int64)

    @property
    def unseen(self) -> list[int]:
        """Categories without any instance, in id order."""
        return np.flatnonzero(self.category_instances == 0).tolist()

    def category_name(self, category_id: int) -> str:
        """Short name of a category."""
        return self.ontology.categories[category_id].short_name

    def attribute_name(self, attribute: int) -> str:
        """Short name of the attribute at an index."""
        return self.ontology.attributes[attribute].short_name


def measure(records: Records) -> Numbers:
    """Count everything the report shows, without opening a photo or decoding a mask.

    Args:
        records: Truth or predictions; photos without instances count as photos.
    """
    ontology = records.ontology
    n_categories = len(ontology.categories)
    shown = np.zeros((len(records), n_categories), bool)
    shown[records.photo_indices, records.category_ids] = True
    together = shown.astype(np.float32).T @ shown.astype(np.float32)  # exact up to 2**24 photos
    annotated = records.annotated
    areas = np.concatenate([records.masks[block].areas for block in run_blocks(records.masks)] or [_none()])
    photo_areas = records.masks.sizes.astype(np.int64).prod(axis=1)
    return Numbers(
        ontology=ontology,
        sizes=records.sizes,
        instances_per_photo=np.diff(records.offsets),
        labels_per_photo=shown.sum(axis=1),
        category_instances=np.bincount(records.category_ids, minlength=n_categories),
        category_photos=shown.sum(axis=0),
        together=np.rint(together).astype(np.int64),
        category_ids=records.category_ids,
        areas_px=areas,
        area_shares=(areas / np.maximum(photo_areas, 1)).astype(np.float32),
        positions=position_maps(records.masks, records.category_ids, n_categories),
        annotated=int(annotated.sum()),
        annotated_photos=len(np.unique(records.photo_indices[annotated])),
        category_annotated=np.bincount(records.category_ids[annotated], minlength=n_categories),
        attributes_held=_by_category(records.attributes, records.category_ids, annotated, n_categories),
        attributes_known=_by_category(
            records.attributes_known, records.category_ids, annotated, n_categories
        ),
    )


def share_between(counts: npt.NDArray[np.integer], low: int, high: int) -> float:
    """Share of counts that lie between two bounds, both included.

    Example:
        >>> share_between(np.array([1, 2, 10, 11]), 2, 10)
        0.5
    """
    return float(((counts >= low) & (counts <= high)).mean()) if len(counts) else 0.0


def _by_category(
    flags: npt.NDArray[np.bool_], category_ids: Ints, annotated: npt.NDArray[np.bool_], n_categories: int
) -> Ints:
    counts = np.zeros((n_categories, flags.shape[1]), np.int64)
    for category_id in np.unique(category_ids[annotated]):
        counts[category_id] = flags[annotated & (category_ids == category_id)].sum(axis=0)
    return counts


def _none() -> Ints:
    return np.zeros(0, np.int64)
