"""Entries of COCO files, checked one by one and collected into records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations.assembly import assemble, attribute_table
from attire.annotations.known import UnlabelledGroups, known_attributes
from attire.annotations.mask_store import MaskStore
from attire.annotations.records import Records
from attire.annotations.segmentations import decode_segmentation
from attire.errors import AnnotationError
from attire.ontology import Ontology

__all__ = ["CocoEntries", "CocoPhoto"]


@dataclass(frozen=True, slots=True)
class CocoPhoto:
    """A photo that entries may be of."""

    place: int
    """Its place among the photos."""
    image_id: str
    """Its file name."""
    size: tuple[int, int]
    """``(height, width)`` of its masks in pixels."""


class CocoEntries:
    """Takes annotations or results one by one and gives their records at the end.

    Args:
        ontology: What the ids mean.
        categories: The file's category ids → the ontology's.
    """

    def __init__(self, ontology: Ontology, categories: Mapping[int, int]) -> None:
        self._ontology = ontology
        self._categories = categories
        self._numbers: list[tuple[int, int, int]] = []
        self._attributes: list[tuple[int, ...]] = []
        self._masks = MaskStore()

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, entry: Mapping[str, Any], photo: CocoPhoto, row: int) -> None:
        """Check and take one entry.

        Args:
            entry: As it stands in the file.
            photo: What it is of.
            row: Where it stands.

        Raises:
            AnnotationError: If it is no good; the message says what was found beside what was expected,
                without a full stop.
        """
        category_id = entry.get("category_id")
        if type(category_id) is not int or category_id not in self._categories:
            raise AnnotationError(f"category_id is {category_id!r}, but {self._ontology.name} has none such")
        attributes = self._attribute_indices(entry.get("attribute_ids"))
        self._masks.add(decode_segmentation(entry.get("segmentation"), photo.size))
        self._attributes.append(attributes)
        self._numbers.append((photo.place, self._categories[category_id], row))

    def finish(
        self,
        photos: Sequence[CocoPhoto],
        unlabelled_groups: UnlabelledGroups | None,
        scores: npt.NDArray[np.float32] | None = None,
        attribute_probs: npt.NDArray[np.float32] | None = None,
    ) -> Records:
        """Give the records; the collection is spent.

        Args:
            photos: All of them, by place.
            unlabelled_groups: What a group without any label means; None if all attributes were judged.
            scores: Confidence of each entry taken, shape ``(N,)``.
            attribute_probs: Probability of each attribute, shape ``(N, A)``.
        """
        places, category_ids, rows = np.array(self._numbers, np.int64).reshape(-1, 3).T
        attributes = attribute_table(self._attributes, self._ontology)
        known = np.ones_like(attributes)
        if unlabelled_groups is not None:
            known = known_attributes(attributes, self._ontology, unlabelled_groups)
        return assemble(
            ontology=self._ontology,
            image_ids=[photo.image_id for photo in photos],
            sizes=np.array([photo.size for photo in photos], np.int32).reshape(-1, 2),
            photos=places,
            category_ids=category_ids,
            masks=self._masks.finish(),
            attributes=attributes,
            attributes_known=known,
            rows=rows,
            scores=scores,
            attribute_probs=attribute_probs,
        )

    def _attribute_indices(self, attribute_ids: Any) -> tuple[int, ...]:
        places = self._ontology.index_of_attribute_id
        if not isinstance(attribute_ids, list | None):
            raise AnnotationError(f"attribute_ids are {str(attribute_ids)[:80]}, expected a list of ids")
        for number in attribute_ids or []:
            if type(number) is not int or number not in places:
                raise AnnotationError(
                    f"attribute_ids hold {number!r}, but {self._ontology.name} has none such"
                )
        return tuple(places[number] for number in attribute_ids or [])
