"""How choices are made: some things are worn often, most rarely."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from attire.render.cloth.cloth import Rng

__all__ = ["FREQUENCY", "Taste"]

FREQUENCY = {"plain (pattern)": 14.0, "stripe": 3.0, "check": 2.5, "floral": 2.5, "dot": 1.5}
"""How often a thing is worn relative to what is not listed, which counts 1. Uniform sampling ignores it."""


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Makes every choice of an outfit."""

    rng: Rng
    uniform: bool = False
    """Whether all options are as likely as each other; else some are worn often and many rarely."""
    wanted: Collection[str] = field(default_factory=frozenset)
    """Taken whenever it is an option."""

    def pick(self, *names: str) -> str:
        """Choose one of several names of garments, attributes or the like."""
        wished = [name for name in names if name in self.wanted]
        if wished:
            return wished[int(self.rng.integers(len(wished)))]
        weights = np.array([1.0 if self.uniform else FREQUENCY.get(name, 1.0) for name in names])
        return names[int(self.rng.choice(len(names), p=weights / weights.sum()))]

    def often(self, share: float, *names: str) -> bool:
        """Say yes with a probability, and always when one of the names is wanted."""
        return any(name in self.wanted for name in names) or bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """Choose a number from a range."""
        return float(self.rng.uniform(low, high))
