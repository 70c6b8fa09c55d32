"""The catalogue of patterns: one small function each, which draws on a swatch of cloth."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.patterns.lines import check, stripe
from attire.render.cloth.patterns.motifs import dot, plain

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["PATTERNS"]

Pattern: TypeAlias = "Callable[[Swatch, Cloth, Rng], None]"

PATTERNS: dict[str, Pattern] = {
    "plain (pattern)": plain,
    "stripe": stripe,
    "check": check,
    "dot": dot,
}
"""How each pattern is drawn, by the attribute's full name."""
