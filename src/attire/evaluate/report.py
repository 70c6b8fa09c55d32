"""Everything an evaluation found, as values that turn into JSON."""

import math
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.evaluate.attribute_scores import AttributeScores
from attire.evaluate.breakdown import CategoryRow, PhotoRow, ThresholdRow
from attire.evaluate.coco_ap import AveragePrecision
from attire.evaluate.fashionpedia_ap import FashionpediaScores
from attire.evaluate.ledger import Ledger
from attire.evaluate.reliability import Reliability
from attire.evaluate.score2019 import Score

__all__ = ["Baseline", "Coco", "Provenance", "Report", "to_json"]


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What a figure needs beside it to be repeated."""

    data: str = ""
    """Path of the data as it was given."""
    split: str = ""
    """Name of its folder, such as ``val``."""
    fingerprint: str = ""
    """Of photos' names and annotations."""
    model: str = ""
    """Model file, or empty where predictions were given."""
    runtime: str = ""
    """What ran the model, and in which precision."""
    predictions: str = ""
    """Predictions file, or empty where a model was given."""
    size: tuple[int, int] | None = None
    """``(height, width)`` at which masks were compared; None for the photos' own."""
    selection: str = ""
    """Which predictions count for the score; average precision ranks all."""
    command: str = ""
    """As it was typed."""
    version: str = ""
    """Attire's."""
    resamples: int = 1000
    """Bootstrap draws behind each interval."""
    seed: int = 0
    """Seed of those draws."""


@dataclass(frozen=True, kw_only=True)
class Coco:
    """COCO's figures over all predictions."""

    mask: AveragePrecision
    box: AveragePrecision


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The same figures for predictions that a model has to beat."""

    score: Score
    score_categories: Score
    score_stripped: Score
    coco: Coco


@dataclass(frozen=True, kw_only=True)
class Report:
    """An evaluation: predictions against the truth of the same photos."""

    score: Score
    """The score of 2019: category and exact attribute set."""
    score_categories: Score
    """Category alone."""
    score_stripped: Score
    """The same predictions stripped of attributes, against the literal truth: what bare garments earn."""
    coco: Coco
    fashionpedia: FashionpediaScores
    attributes: AttributeScores
    categories: tuple[CategoryRow, ...]
    """Categories in the truth or in the predictions, by id."""
    ledger: Ledger
    thresholds: dict[str, tuple[ThresholdRow, ...]]
    """``score``, ``score_categories``, ``score_stripped`` → counts at each threshold."""
    confusion: npt.NDArray[np.int64]
    """Rows truth, columns predictions, the last of each the background, shape ``(C + 1, C + 1)``."""
    confusion_names: tuple[str, ...]
    """Names of its rows and columns."""
    photos: int
    """Photos evaluated."""
    instances: int
    """Truths in them."""
    predictions: int
    """Predictions that count for the score."""
    left_out: int
    """Predictions that do not, because the truth never shows their category."""
    ranked: int
    """Predictions that average precision ranks."""
    reliability: Reliability | None
    """Confidence of those that average precision ranks; None where nothing is said of it."""
    photo_rows: tuple[PhotoRow, ...]
    """Each photo's figures, in the truth's order; not in the JSON."""
    provenance: Provenance = field(default_factory=Provenance)
    baselines: dict[str, Baseline] = field(default_factory=dict)
    """Name → figures of predictions to beat."""

    def to_dict(self) -> dict[str, Any]:
        """Give the report as one JSON object; what could not be measured is null."""
        figures = {
            entry.name: to_json(getattr(self, entry.name))
            for entry in fields(self)
            if entry.name not in ("photo_rows", "confusion", "confusion_names")
        }
        figures["confusion"] = {"names": list(self.confusion_names), "matrix": self.confusion.tolist()}
        return figures


def to_json(value: Any) -> Any:
    """Turn values of this package into what ``json`` writes: dataclasses to objects, NaN to null.

    Example:
        >>> to_json({"a": (1, float("nan"))})
        {'a': [1, None]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: to_json(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(inner) for inner in value]
    if isinstance(value, np.ndarray | np.generic):
        return to_json(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
