"""Cloth: colours, weaves and the catalogue of patterns."""

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.dyes import choose_cloth
from attire.render.cloth.materials import MATERIALS, cloth_of
from attire.render.cloth.palette import choose_palette
from attire.render.cloth.patterns import PATTERNS
from attire.render.cloth.swatch import Swatch, draw_swatch

__all__ = [
    "MATERIALS",
    "PATTERNS",
    "Cloth",
    "Rng",
    "Swatch",
    "choose_cloth",
    "choose_palette",
    "cloth_of",
    "draw_swatch",
]
