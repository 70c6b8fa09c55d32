"""What is known of parts in general: what they are sewn to, and where on it they sit."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from attire.ontology import Ontology
from attire.parts.pairs import Pairs

__all__ = ["FEATURES", "PartRules", "pair_features"]

Floats = npt.NDArray[np.float64]
FEATURES = ("inside", "around", "boxed", "seldom", "out of place", "size", "unsure")
"""Columns of :func:`pair_features`."""
_SELDOM = 0.5
"""Pairs that every kind of pair was seen at least, so that none is impossible."""
_SURE = 1e-3
_WELL_KNOWN = 100
"""Times that a kind of part was seen from which what it was never seen on is impossible."""


@dataclass(frozen=True, kw_only=True)
class PartRules:
    """Counted on drawn looks, whose parts are known to belong where they are."""

    seen: dict[str, dict[str, int]]
    """Category of parts → category of garments → how often the one was on the other."""
    places: dict[str, tuple[float, float]]
    """Category of parts → mean and standard deviation of how far down its garment it sits."""
    weights: dict[str, float]
    """What each of :data:`FEATURES` counts in the choice among garments."""

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the rules that ship with the package."""
        return cls.from_json(files("attire.parts").joinpath("rules.json").read_text(encoding="utf-8"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read rules back."""
        content: dict[str, Any] = json.loads(text)
        places = {name: (float(mean), float(spread)) for name, (mean, spread) in content["places"].items()}
        return cls(seen=content["seen"], places=places, weights=content["weights"])

    def to_json(self) -> str:
        """Write rules down."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    def seldom(self, ontology: Ontology) -> Floats:
        """Minus the logarithm of how often a part of one category is on a garment of another, ``(C, C)``.

        Categories that the rules do not know are alike.
        """
        names = [category.name for category in ontology.categories]
        table = np.zeros((len(names), len(names)))
        known = {name: place for place, name in enumerate(names)}
        for part, garments in self.seen.items():
            for garment, count in garments.items():
                if part in known and garment in known:
                    table[known[part], known[garment]] = count
        table += _SELDOM
        rare: Floats = -np.log(table / table.sum(axis=1, keepdims=True))
        return rare

    def possible(self, ontology: Ontology) -> npt.NDArray[np.bool_]:
        """Whether a part of one category can be on a garment of another, shape ``(C, C)``.

        A sleeve is on no bag; of kinds that the rules hardly know, everything is possible.
        """
        names = [category.name for category in ontology.categories]
        garments = {garment for counts in self.seen.values() for garment in counts}
        possible = np.ones((len(names), len(names)), bool)
        for row, part in enumerate(names):
            counts = self.seen.get(part, {})
            if sum(counts.values()) >= _WELL_KNOWN:
                possible[row] = [name in counts or name not in garments for name in names]
        return possible

    def of_place(self, ontology: Ontology) -> Floats:
        """Mean and standard deviation of the height of each category on its garment, shape ``(C, 2)``."""
        unknown = (0.5, 1.0)
        return np.array([self.places.get(category.name, unknown) for category in ontology.categories])

    @property
    def weight_array(self) -> Floats:
        """Weights in the order of :data:`FEATURES`."""
        return np.array([self.weights[name] for name in FEATURES])


def pair_features(
    pairs: Pairs,
    category_ids: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float32] | None,
    rules: PartRules,
    ontology: Ontology,
) -> Floats:
    """Describe every pair in numbers.

    Args:
        pairs: Parts beside garments.
        category_ids: Of all instances of the photo, shape ``(N,)``.
        scores: Confidence of all of them in 0 … 1, shape ``(N,)``; None for truth.
        rules: What is known of parts.
        ontology: What the ids mean.

    Returns:
        Shape ``(P, G, len(FEATURES))``.
    """
    part_ids, garment_ids = category_ids[pairs.parts], category_ids[pairs.garments]
    mean, spread = rules.of_place(ontology)[part_ids].T
    away = np.abs(pairs.height - mean[:, None]) / np.maximum(spread[:, None], 0.05)
    sure = np.ones(len(pairs.garments)) if scores is None else scores[pairs.garments].astype(np.float64)
    columns = (
        pairs.inside,
        pairs.around,
        np.minimum(pairs.boxed, 1.0),
        rules.seldom(ontology)[np.ix_(part_ids, garment_ids)],
        np.minimum(away, 5.0),
        np.maximum(pairs.size, 0.0),
        np.broadcast_to(-np.log(np.maximum(sure, _SURE)), pairs.inside.shape),
    )
    return np.stack(columns, axis=2)
