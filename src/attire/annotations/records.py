"""The annotations of a whole data set, as parallel arrays that processes can share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.instances import Instances
from attire.masks import RunLengths
from attire.ontology import Ontology

__all__ = ["Records"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """P photos with N instances, sorted by photo; truth, or predictions read from a file."""

    ontology: Ontology
    """What the ids and columns mean."""
    image_ids: npt.NDArray[np.str_]
    """File names of the photos, in file order, shape ``(P,)``."""
    sizes: npt.NDArray[np.int32]
    """``(height, width)`` of each photo as the annotations state it, shape ``(P, 2)``."""
    offsets: npt.NDArray[np.int64]
    """Where each photo's instances begin, shape ``(P + 1,)``."""
    category_ids: npt.NDArray[np.int64]
    """Ontology ids, shape ``(N,)``."""
    masks: RunLengths
    """N masks."""
    attributes: npt.NDArray[np.bool_]
    """Which attributes hold, shape ``(N, A)``."""
    attributes_known: npt.NDArray[np.bool_]
    """Which of them anybody looked for, shape ``(N, A)``; an unannotated instance is all False."""
    rows: npt.NDArray[np.int64]
    """Where each instance stands in its file (CSV row with the header as row 1; JSON place), ``(N,)``."""
    scores: npt.NDArray[np.float32] | None = None
    """Confidence of predictions, shape ``(N,)``; absent for truth."""
    attribute_probs: npt.NDArray[np.float32] | None = None
    """Probability of each attribute, shape ``(N, A)``, where predictions carry them."""
    labelled: npt.NDArray[np.bool_] | None = None
    """Which categories anybody looked for in each photo, shape ``(P, C)``; None for all of them."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        photos, n, width = len(self.image_ids), len(self.category_ids), len(self.ontology.attributes)
        shapes: dict[str, tuple[int, ...]] = {
            "sizes": (photos, 2),
            "offsets": (photos + 1,),
            "attributes": (n, width),
            "attributes_known": (n, width),
            "rows": (n,),
            "scores": (n,),
            "attribute_probs": (n, width),
            "labelled": (photos, len(self.ontology.categories)),
        }
        for name, expected in shapes.items():
            value = getattr(self, name)
            if value is not None and value.shape != expected:
                raise AnnotationError(f"Records: {name} has shape {value.shape}, expected {expected}.")
        if len(self.masks) != n or int(self.offsets[-1]) != n:
            raise AnnotationError(
                f"Records: {n} instances, {len(self.masks)} masks, offsets ending at {int(self.offsets[-1])}."
            )

    def __len__(self) -> int:
        return len(self.image_ids)

    @property
    def annotated(self) -> npt.NDArray[np.bool_]:
        """Which instances have attributes annotated at all, shape ``(N,)``."""
        return np.asarray(self.attributes_known.any(axis=1), bool)

    @property
    def photo_indices(self) -> npt.NDArray[np.int64]:
        """Which photo each instance is of, shape ``(N,)``."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    @cached_property
    def index_of(self) -> dict[str, int]:
        """Place of each file name."""
        return {str(name): i for i, name in enumerate(self.image_ids)}

    def instances(self, photo: int | str) -> Instances:
        """Give one photo's instances.

        Args:
            photo: Its place, or its file name.

        Raises:
            AnnotationError: If no photo has that name.
        """
        if isinstance(photo, str):
            if photo not in self.index_of:
                raise AnnotationError(f"No annotations for {photo!r} among {len(self)} photos.")
            photo = self.index_of[photo]
        own = slice(int(self.offsets[photo]), int(self.offsets[photo + 1]))
        masks = self.masks[own]
        height, width = (int(side) for side in self.sizes[photo])
        return Instances(
            ontology=self.ontology,
            image_id=str(self.image_ids[photo]),
            size=(height, width),
            category_ids=self.category_ids[own],
            boxes=masks.boxes,
            masks=masks,
            scores=None if self.scores is None else self.scores[own],
            attributes=self.attributes[own],
            attributes_known=self.attributes_known[own],
            attribute_probs=None if self.attribute_probs is None else self.attribute_probs[own],
        )

    def select(self, photos: Sequence[int] | npt.NDArray[Any]) -> "Records":
        """Keep some photos, by place (in any order) or bool array, with their instances."""
        chosen = np.arange(len(self))[np.asarray(photos) if len(photos) else slice(0, 0)]
        counts = np.diff(self.offsets)[chosen]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        where = np.repeat(self.offsets[chosen] - offsets[:-1], counts) + np.arange(int(offsets[-1]))
        return self._take(where, offsets, chosen)

    def keep(self, instances: npt.NDArray[Any]) -> "Records":
        """Keep some instances, by rising place or bool array; photos left without any stay."""
        where = np.arange(len(self.category_ids))[instances]
        return self._take(where, np.searchsorted(where, self.offsets).astype(np.int64), slice(None))

    def _take(
        self,
        where: npt.NDArray[np.int64],
        offsets: npt.NDArray[np.int64],
        photos: npt.NDArray[np.int64] | slice,
    ) -> "Records":
        return replace(
            self,
            image_ids=self.image_ids[photos],
            sizes=self.sizes[photos],
            offsets=offsets,
            category_ids=self.category_ids[where],
            masks=self.masks[where],
            attributes=self.attributes[where],
            attributes_known=self.attributes_known[where],
            rows=self.rows[where],
            scores=None if self.scores is None else self.scores[where],
            attribute_probs=None if self.attribute_probs is None else self.attribute_probs[where],
            labelled=None if self.labelled is None else self.labelled[photos],
        )
