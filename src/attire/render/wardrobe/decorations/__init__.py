"""The catalogue of decorations: what is sewn onto a garment, each piece labelled for itself."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.wardrobe.garment import Garment

__all__ = ["DECORATIONS", "decorate"]

Decoration: TypeAlias = Callable[[Garment], None]

DECORATIONS: dict[str, Decoration] = {}
"""How each decoration is sewn on, by the category's full name."""


def decorate(garment: Garment) -> None:
    """Now and then sew one of the decorations on that suit a garment."""
    if DECORATIONS and garment.taste.often(0.2, *DECORATIONS):
        DECORATIONS[garment.taste.pick(*DECORATIONS)](garment)
