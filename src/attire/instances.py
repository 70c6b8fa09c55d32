"""The one value type that later stages exchange: what is in a photo, as parallel arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError
from attire.masks import RunLengths
from attire.ontology import Ontology

if TYPE_CHECKING:
    import supervision

__all__ = ["IOU_THRESHOLDS", "NOT_SURE", "Instances"]

IOU_THRESHOLDS: npt.NDArray[np.float64] = np.arange(10, 20) / 20
"""0.50, 0.55, …, 0.95, each the float nearest to its decimal, so that "greater than" is exact."""
NOT_SURE = 0.5
"""Calibrated score below which an instance is called not sure."""

Index = slice | Sequence[int] | npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Instances:
    """N garments, parts and decorations of one photo; every array has N rows and filters with the rest.

    Truth and predictions have the same type: truth carries ``attributes`` and ``attributes_known``,
    predictions carry ``scores`` and, once decided, both ``attributes`` (the set said) and
    ``attribute_probs`` (how sure).
    """

    ontology: Ontology
    """What the ids and columns mean."""
    image_id: str
    """File name of the photo."""
    size: tuple[int, int]
    """``(height, width)`` of the photo in pixels, after EXIF orientation."""
    category_ids: npt.NDArray[np.int64]
    """Ontology ids, 0 … C−1, shape ``(N,)``."""
    boxes: npt.NDArray[np.float32]
    """xyxy in pixels, exclusive right and bottom, shape ``(N, 4)``."""
    masks: RunLengths | None = None
    """N masks of the photo's size."""
    scores: npt.NDArray[np.float32] | None = None
    """Confidence in 0 … 1, shape ``(N,)``; absent for truth. With ``hit_probs``, the probability that
    category and outline are right; else what the network itself says."""
    network_scores: npt.NDArray[np.float32] | None = None
    """What the network itself said, in 0 … 1, where ``scores`` are calibrated, shape ``(N,)``."""
    mask_scores: npt.NDArray[np.float32] | None = None
    """Mean probability, in 0 … 1, of what belongs to the mask, shape ``(N,)``."""
    hit_probs: npt.NDArray[np.float32] | None = None
    """Probability that the category is right and the mask's IoU with the truth exceeds 0.50, 0.55, …, 0.95,
    shape ``(N, 10)``."""
    set_probs: npt.NDArray[np.float32] | None = None
    """Probability that ``attributes`` is exactly the true set, where category and outline are right, shape
    ``(N,)``."""
    attributes: npt.NDArray[np.bool_] | None = None
    """Which attributes hold, shape ``(N, A)``, columns in ontology order."""
    attributes_known: npt.NDArray[np.bool_] | None = None
    """Which of them anybody looked for, shape ``(N, A)``: unknown is not negative."""
    attribute_probs: npt.NDArray[np.float32] | None = None
    """Probability of each attribute in 0 … 1, shape ``(N, A)``."""
    embeddings: npt.NDArray[np.float32] | None = None
    """One vector per instance, shape ``(N, D)``."""

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths."""
        n, width = len(self.category_ids), len(self.ontology.attributes)
        shapes: dict[str, tuple[int, ...]] = {
            "category_ids": (n,),
            "boxes": (n, 4),
            "scores": (n,),
            "network_scores": (n,),
            "mask_scores": (n,),
            "set_probs": (n,),
            "attributes": (n, width),
            "attributes_known": (n, width),
            "attribute_probs": (n, width),
        }
        for name, expected in shapes.items():
            value = getattr(self, name)
            if value is not None and value.shape != expected:
                raise AnnotationError(
                    f"Instances of {self.image_id!r}: {name} has shape {value.shape}, expected {expected} "
                    f"for {n} instances and {width} attributes."
                )
        for name in ("masks", "embeddings", "hit_probs"):
            value = getattr(self, name)
            if value is not None and len(value) != n:
                raise AnnotationError(
                    f"Instances of {self.image_id!r}: {len(value)} {name} for {n} instances."
                )

    def __len__(self) -> int:
        return len(self.category_ids)

    def __getitem__(self, index: int | np.integer[Any] | Index) -> Self:
        """Keep some instances: an integer, a slice, a bool array or an array of positions."""
        if isinstance(index, int | np.integer):
            place = range(len(self))[int(index)]
            index = slice(place, place + 1)
        elif not isinstance(index, slice) and not len(index):
            index = slice(0, 0)
        rows = {
            field.name: value[index]
            for field in fields(self)
            if field.name in _PARALLEL and (value := getattr(self, field.name)) is not None
        }
        return replace(self, **rows)

    def sureness(self, i: int) -> str:
        """Say in words for people how sure instance ``i`` is; empty where nothing is said of it.

        A calibrated score under one half means that more of its like are wrong than right.
        """
        if self.scores is None:
            return ""
        return f"{float(self.scores[i]):.2f}{', not sure' * self.is_unsure(i)}"

    def is_unsure(self, i: int) -> bool:
        """Whether instance ``i`` has a calibrated score under one half."""
        return self.scores is not None and self.hit_probs is not None and float(self.scores[i]) < NOT_SURE

    def attribute_set(self, i: int) -> tuple[int, ...]:
        """File ids of the attributes said to hold for instance ``i``, rising."""
        if self.attributes is None:
            return ()
        return tuple(self.ontology.attribute_ids[self.attributes[i]].tolist())

    def attribute_names(self, i: int) -> tuple[str, ...]:
        """Full names of the attributes said to hold for instance ``i``, in ontology order."""
        if self.attributes is None:
            return ()
        return tuple(self.ontology.attributes[a].name for a in np.flatnonzero(self.attributes[i]))

    def category_name(self, i: int) -> str:
        """Full name of the category of instance ``i``."""
        return self.ontology.categories[int(self.category_ids[i])].name

    def to_coco(self) -> list[dict[str, Any]]:
        """Give COCO results, one per instance, ready for JSON.

        Returns:
            ``image_id`` (file name), ``category_id``, ``category``, ``bbox`` (xywh), ``segmentation``
            (compressed run-length), ``score``, ``network_score``, ``attribute_ids`` and ``attributes``:
            name → probability (1.0 where the attributes are truth). Fields that are absent here are absent
            there.
        """
        encoded = None if self.masks is None else self.masks.to_coco()
        results = []
        for i in range(len(self)):
            x1, y1, x2, y2 = (float(side) for side in self.boxes[i])
            row: dict[str, Any] = {
                "image_id": self.image_id,
                "category_id": int(self.category_ids[i]),
                "category": self.category_name(i),
                "bbox": [round(side, 2) for side in (x1, y1, x2 - x1, y2 - y1)],
            }
            if encoded is not None:
                row["segmentation"] = encoded[i]
            if self.scores is not None:
                row["score"] = round(float(self.scores[i]), 6)
            if self.network_scores is not None:
                row["network_score"] = round(float(self.network_scores[i]), 6)
            if self.attributes is not None:
                row["attribute_ids"] = list(self.attribute_set(i))
            if self.attributes is not None or self.attribute_probs is not None:
                row["attributes"] = self._named_probabilities(i)
            results.append(row)
        return results

    def _named_probabilities(self, i: int) -> dict[str, float]:
        """Probability of every attribute, or 1.0 for those that hold where only the set is there."""
        names = [attribute.name for attribute in self.ontology.attributes]
        if self.attribute_probs is None:
            return dict.fromkeys(self.attribute_names(i), 1.0)
        return {n: round(float(p), 4) for n, p in zip(names, self.attribute_probs[i], strict=True)}

    def to_supervision(self) -> "supervision.Detections":
        """Hand over to supervision, the ecosystem's drawing and tracking library.

        Masks become dense here, N of them at the photo's size, because that is what it takes.

        Raises:
            MissingExtraError: If supervision is not installed.
        """
        from attire.extras import require

        sv = require("supervision", "supervision")
        dense = None
        if self.masks is not None:
            dense = np.zeros((len(self), *self.size), dtype=bool)
            for i in range(len(self)):
                dense[i] = self.masks.decode(i)
        data = {"class_name": np.array([self.category_name(i) for i in range(len(self))], dtype=str)}
        if self.attribute_probs is not None:
            data["attribute_probs"] = self.attribute_probs
        detections: supervision.Detections = sv.Detections(
            xyxy=self.boxes.astype(np.float32),
            mask=dense,
            confidence=self.scores,
            class_id=self.category_ids.astype(int),
            data=data,
        )
        return detections


_PARALLEL = frozenset(
    {
        "category_ids",
        "boxes",
        "masks",
        "scores",
        "network_scores",
        "mask_scores",
        "hit_probs",
        "set_probs",
        "attributes",
        "attributes_known",
        "attribute_probs",
        "embeddings",
    }
)
