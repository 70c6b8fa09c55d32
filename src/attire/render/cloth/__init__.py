"""Cloth: colours, weaves and the catalogue of patterns."""

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.dyes import choose_cloth
from attire.render.cloth.patterns import PATTERNS
from attire.render.cloth.swatch import Swatch, draw_swatch

__all__ = ["PATTERNS", "Cloth", "Rng", "Swatch", "choose_cloth", "draw_swatch"]
