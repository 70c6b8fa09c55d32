"""How well two garments go together, after what is worn together elsewhere."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from attire.catalog.garment import Garment
from attire.catalog.recommend.worn_together import WornTogether

__all__ = ["Matching", "Pull"]

Pull: TypeAlias = tuple[float, str, str]
"""What two traits add to a score, and their names."""


@dataclass(frozen=True, kw_only=True)
class Matching:
    """Scores pairs of garments of different categories.

    ``log lift(categories) + popularity · log share(category) + colour · mean log lift(colours) +
    attributes · mean log lift(attributes)``, where the mean over colours weighs them with their shares of
    the two garments. Natural logarithms; what each weight is worth is measured in docs/recommend.md.
    """

    worn: WornTogether
    popularity: float = 0.5
    """0 ranks by lift alone, so that rare categories may come first; 1 by how likely a category is worn
    beside the query."""
    colour: float = 1.0
    attributes: float = 1.0

    def category(self, one: str, other: str) -> float:
        """Score a category beside another."""
        share = self.worn.share(other)
        return math.log(self.worn.category_lift(one, other)) + self.popularity * math.log(share)

    def traits(self, one: Garment, other: Garment) -> float:
        """Score colours and attributes, given the categories."""
        return self.colour * self._mean(one, other, "colour") + self.attributes * self._mean(
            one, other, "attribute"
        )

    def __call__(self, one: Garment, other: Garment) -> float:
        """Score a garment ``other`` beside ``one``."""
        return self.category(one.category, other.category) + self.traits(one, other)

    def pulls(self, one: Garment, other: Garment, kind: str) -> list[Pull]:
        """Give the lifts of all pairs of traits, highest first."""
        found = []
        for a in _weights(one, kind):
            for b in _weights(other, kind):
                lift = self.worn.trait_lift((one.category, kind, a), (other.category, kind, b))  # type: ignore[arg-type]
                found.append((lift, a, b))
        return sorted(found, reverse=True)

    def _mean(self, one: Garment, other: Garment, kind: str) -> float:
        """Mean log lift; a trait that was never seen says nothing, so its logarithm is 0."""
        mine, theirs = _weights(one, kind), _weights(other, kind)
        rows = self.worn.names.get((one.category, kind), {})
        columns = self.worn.names.get((other.category, kind), {})
        whole = sum(mine.values()) * sum(theirs.values())
        if not rows or not columns or whole <= 0:
            return 0.0
        lifts = self.worn.lifts(one.category, other.category, kind)
        total = sum(
            weight * own * math.log(lifts[rows[a], columns[b]])
            for a, weight in mine.items()
            if a in rows
            for b, own in theirs.items()
            if b in columns
        )
        return float(total / whole)


def _weights(garment: Garment, kind: str) -> dict[str, float]:
    """Names of traits, and how much each counts."""
    if kind == "attribute":
        return dict.fromkeys(garment.attributes, 1.0)
    shares = garment.colour_share
    if len(shares) != len(garment.colours):
        return dict.fromkeys(garment.colours, 1.0)
    return dict(zip(garment.colours, shares.tolist(), strict=True))
