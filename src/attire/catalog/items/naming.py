"""What a product is, by what the network says of it at several sizes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from attire.ontology import Ontology

__all__ = ["FAINT", "ProductNames"]

Numbers = npt.NDArray[np.float64]

FAINT = 0.01
"""Evidence that counts as none; added to all of it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductNames:
    """A softmax over categories whose few numbers were fitted to product photos.

    The odds of a category are its bias, the weighed log evidence of it in every place of the frame, and what
    the outline's shape adds. No category's evidence speaks for another one, so that what the fitted photos
    did not show (a cape, a jumpsuit) can still be named.
    """

    bias: Mapping[str, float]
    """By category name; others have the least of them."""
    places: tuple[float, ...]
    """Weight of the log evidence in each place, the same for all categories, shape ``(K,)``."""
    shape: Mapping[str, tuple[float, ...]]
    """By category name: weights of what :func:`outline_shape` gives; others have none."""

    @classmethod
    @cache
    def load(cls) -> Self:
        """Give those that ship with the package, fitted to the model in the box."""
        return cls.from_json((Path(__file__).parent / "product_names.json").read_text("utf-8"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what :meth:`to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        return cls(
            bias={name: float(value) for name, value in values["bias"].items()},
            places=tuple(values["places"]),
            shape={name: tuple(value) for name, value in values["shape"].items()},
        )

    def to_json(self) -> str:
        """Write them for people to read, three decimals each."""
        return json.dumps(
            {
                "bias": {name: round(value, 3) for name, value in self.bias.items()},
                "places": [round(value, 3) for value in self.places],
                "shape": {name: [round(v, 3) for v in value] for name, value in self.shape.items()},
            },
            indent=1,
        )

    def __call__(self, evidence: Numbers, shape: Numbers, ontology: Ontology) -> Numbers:
        """Give the probability of every category.

        Args:
            evidence: What :func:`product_evidence` gives, shape ``(K, C)``.
            shape: What :func:`outline_shape` gives, shape ``(S,)``.
            ontology: Of the evidence.

        Returns:
            Shape ``(C,)``, summing up to 1; 0 for parts and decorations.
        """
        lowest, flat = min(self.bias.values()), (0.0,) * len(shape)
        names = [category.name for category in ontology.categories]
        odds = np.array([self.bias.get(name, lowest) for name in names])
        odds += np.array(self.places) @ np.log(evidence + FAINT)
        odds += np.array([self.shape.get(name, flat) for name in names]) @ shape
        odds[[category.is_part for category in ontology.categories]] = -np.inf
        likely = np.exp(odds - odds.max())
        shares: Numbers = likely / likely.sum()
        return shares
