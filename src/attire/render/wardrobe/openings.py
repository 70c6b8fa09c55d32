"""The catalogue of openings: how a garment is closed."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.wardrobe.garment import Garment

__all__ = ["OPENINGS", "close"]

Opening: TypeAlias = Callable[[Garment], None]


def no_opening(garment: Garment) -> None:
    """Pulled over the head or stepped into: nothing to see."""


OPENINGS: dict[str, Opening] = {"no opening": no_opening}
"""How each opening is drawn on ``garment.body``, by the attribute's full name."""


def close(garment: Garment, *names: str) -> str:
    """Choose one of the openings that a garment may have, draw it and say it.

    Returns:
        The attribute's full name.
    """
    name = garment.taste.pick(*names)
    OPENINGS[name](garment)
    garment.say(name)
    return name
