"""The catalogue of patterns: one small function each, which draws on a swatch of cloth."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.patterns.blots import abstract, camouflage
from attire.render.cloth.patterns.cartoon import cartoon
from attire.render.cloth.patterns.checks import argyle, check, houndstooth
from attire.render.cloth.patterns.dots import dot, plain
from attire.render.cloth.patterns.feathers import peacock
from attire.render.cloth.patterns.flowers import floral
from attire.render.cloth.patterns.furs import cheetah, giraffe, leopard, zebra
from attire.render.cloth.patterns.knits import fair_isle
from attire.render.cloth.patterns.leaves import plant
from attire.render.cloth.patterns.letters import letters
from attire.render.cloth.patterns.lines import chevron, herringbone, stripe
from attire.render.cloth.patterns.paisley import paisley
from attire.render.cloth.patterns.reptiles import snakeskin
from attire.render.cloth.patterns.shapes import geometric
from attire.render.cloth.patterns.toile import toile_de_jouy

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["PATTERNS"]

Pattern: TypeAlias = "Callable[[Swatch, Cloth, Rng], None]"

PATTERNS: dict[str, Pattern] = {
    "plain (pattern)": plain,
    "stripe": stripe,
    "check": check,
    "dot": dot,
    "floral": floral,
    "plant": plant,
    "paisley": paisley,
    "geometric": geometric,
    "abstract": abstract,
    "letters, numbers": letters,
    "cartoon": cartoon,
    "camouflage": camouflage,
    "houndstooth (pattern)": houndstooth,
    "herringbone (pattern)": herringbone,
    "chevron": chevron,
    "argyle": argyle,
    "fair isle": fair_isle,
    "toile de jouy": toile_de_jouy,
    "leopard": leopard,
    "cheetah": cheetah,
    "zebra": zebra,
    "giraffe": giraffe,
    "snakeskin (pattern)": snakeskin,
    "peacock": peacock,
}
"""How each pattern is drawn, by the attribute's full name."""
