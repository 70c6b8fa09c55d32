"""How choices are made: some things are worn often, most rarely."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from attire.render.cloth.cloth import Rng

__all__ = ["FREQUENCY", "Taste"]

FREQUENCY = {
    # garments
    "dress": 10.0, "pants": 10.0, "top, t-shirt, sweatshirt": 9.0, "shirt, blouse": 6.0, "skirt": 6.0,
    "jacket": 6.0, "coat": 4.0, "shorts": 3.0, "sweater": 3.0, "cardigan": 1.6, "vest": 1.2, "jumpsuit": 1.4,
    "cape": 0.6,
    # accessories
    "shoe": 10.0, "bag, wallet": 6.0, "belt": 4.0, "glasses": 3.0, "hat": 2.0, "scarf": 2.0, "watch": 2.0,
    "tights, stockings": 3.0, "sock": 2.0, "tie": 1.0, "glove": 0.7, "umbrella": 0.3, "leg warmer": 0.3,
    "headband, head covering, hair accessory": 1.2, "bare": 5.0,
    # decorations
    "applique": 2.0, "ruffle": 2.0, "bead": 1.5, "rivet": 1.5, "fringe": 0.8, "tassel": 0.5, "ribbon": 0.6,
    # patterns
    "plain (pattern)": 26.0, "stripe": 4.0, "check": 3.0, "floral": 4.0, "dot": 2.0, "geometric": 1.5,
    "letters, numbers": 1.5, "abstract": 1.2, "leopard": 1.0, "houndstooth (pattern)": 0.5,
    "herringbone (pattern)": 0.5, "chevron": 0.5, "argyle": 0.4, "fair isle": 0.4, "paisley": 0.6,
    "snakeskin (pattern)": 0.4, "cheetah": 0.4, "peacock": 0.3, "zebra": 0.5, "giraffe": 0.3,
    "toile de jouy": 0.3, "plant": 0.7, "cartoon": 0.7, "camouflage": 0.7,
    # finishes
    "no special manufacturing technique": 30.0, "printed": 6.0, "washed": 4.0, "lining": 3.0, "pleat": 3.0,
    "gathering": 3.0, "distressed": 2.0, "slit": 2.0, "tiered": 1.2, "quilted": 1.2, "ruched": 1.0,
    "frayed": 1.0, "cutout": 0.8, "embossed": 0.6, "perforated": 0.6, "smocking": 0.5, "burnout": 0.4,
    # lengths
    "hip (length)": 4.0, "above-the-hip (length)": 3.0, "maxi (length)": 4.0, "mini (length)": 2.5,
    "above-the-knee (length)": 2.5, "knee (length)": 2.0, "below the knee (length)": 1.2, "midi": 1.5,
    "floor (length)": 0.8,
    # openings
    "no opening": 6.0, "single breasted": 5.0, "zip-up": 3.0, "fly (opening)": 5.0, "double breasted": 1.2,
    "wrapping": 1.0, "lace up": 0.7, "buckled (opening)": 0.6, "toggled (opening)": 0.5,
    # shapes
    "straight": 6.0, "a-line": 4.0, "pencil": 2.5, "flare": 2.5, "fit and flare": 1.8, "circle": 1.2,
    "peg": 1.8, "wide leg": 1.4, "bootcut": 1.5, "bell bottom": 0.8, "baggy": 1.0, "peplum": 0.8, "tent": 0.8,
    "high low": 0.7, "trumpet": 0.5, "mermaid": 0.5, "balloon": 0.5, "bell": 0.6,
    # symmetry, fit and waistline
    "symmetrical": 9.0, "asymmetrical": 1.0, "regular (fit)": 6.0, "tight (fit)": 3.0, "loose (fit)": 3.0,
    "oversized": 1.2, "curved (fit)": 0.9, "normal waist": 6.0, "no waistline": 4.0, "high waist": 3.0,
    "empire waistline": 1.0, "dropped waistline": 0.7, "low waist": 1.0, "basque (wasitline)": 0.8,
}  # fmt: skip
"""How often a thing is worn relative to the others that could be in its place; what is not listed counts 1.
Uniform sampling ignores it. The order follows the counts that iMaterialist 2019 is known for: few categories
and attributes make up most of it, and the tail is long."""


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Makes every choice of an outfit."""

    rng: Rng
    uniform: bool = False
    """Whether all options are as likely as each other; else some are worn often and many rarely."""
    wanted: Collection[str] = field(default_factory=frozenset)
    """Taken whenever it is an option."""
    avoided: Collection[str] = field(default_factory=frozenset)
    """Taken only where there is nothing else, such as wide sleeves under a coat."""
    palette: tuple[str, ...] | None = None
    """Colours of the outfit, hex, from which cloth is mostly chosen; None leaves every dye open."""

    def pick(self, *names: str) -> str:
        """Choose one of several names of garments, attributes or the like."""
        wished = [name for name in names if name in self.wanted]
        if wished:
            return wished[int(self.rng.integers(len(wished)))]
        names = tuple(name for name in names if name not in self.avoided) or names
        weights = np.array([1.0 if self.uniform else FREQUENCY.get(name, 1.0) for name in names])
        return names[int(self.rng.choice(len(names), p=weights / weights.sum()))]

    def often(self, share: float, *names: str) -> bool:
        """Say yes with a probability, and always when one of the names is wanted."""
        return any(name in self.wanted for name in names) or bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """Choose a number from a range."""
        return float(self.rng.uniform(low, high))
