"""The catalogue of finishes: what was done to the cloth of a garment."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.wardrobe.garment import Garment

__all__ = ["FINISHES", "finish"]

Finish: TypeAlias = Callable[[Garment], None]

NONE = "no special manufacturing technique"

FINISHES: dict[str, Finish] = {}
"""How each finish changes a garment, by the attribute's full name."""


def finish(garment: Garment) -> str:
    """Choose a finish that suits a garment, apply it and say it.

    Returns:
        The attribute's full name.
    """
    name = garment.taste.pick(NONE, *FINISHES)
    if name != NONE:
        FINISHES[name](garment)
    garment.say(name)
    return name
