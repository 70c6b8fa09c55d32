"""The catalogue of openings: how a garment is closed."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.buttons import double_breasted, single_breasted, toggled
from attire.render.wardrobe.openings.metal import buckled, draw_zip, zip_up
from attire.render.wardrobe.openings.ties import lace_up, wrapping

__all__ = ["OPENINGS", "close", "draw_zip"]

Opening: TypeAlias = Callable[[Garment], None]


def no_opening(garment: Garment) -> None:
    """Pulled over the head or stepped into: nothing to see."""


OPENINGS: dict[str, Opening] = {
    "no opening": no_opening,
    "single breasted": single_breasted,
    "double breasted": double_breasted,
    "lace up": lace_up,
    "wrapping": wrapping,
    "zip-up": zip_up,
    "buckled (opening)": buckled,
    "toggled (opening)": toggled,
}
"""How each opening is drawn down the front of a garment, by the attribute's full name."""


def close(garment: Garment, *names: str) -> str:
    """Choose one of the openings that a garment may have, draw it and say it.

    Call it when sheets, neckline and open front are cut, and before pockets and decorations.

    Returns:
        The attribute's full name.
    """
    name = garment.taste.pick(*names)
    OPENINGS[name](garment)
    garment.say(name)
    return name
