"""Garments of the upper body, by category."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.shirts import SHIRTS
from attire.render.wardrobe.sweaters import SWEATERS, balloon_sweater
from attire.render.wardrobe.tops import (
    TOPS,
    babydoll,
    blouson_top,
    one_shoulder_top,
    peplum_top,
    swing_top,
    t_shirt,
    tunic,
    uneven_top,
)

__all__ = ["UPPER", "UPPER_SHOWS", "t_shirt"]

Sewn: TypeAlias = Callable[[Figure, Taste], list[Piece]]

UPPER: dict[str, tuple[Sewn, ...]] = {
    "shirt, blouse": SHIRTS,
    "top, t-shirt, sweatshirt": TOPS,
    "sweater": SWEATERS,
}
"""Garments of each category, by full name."""

UPPER_SHOWS: dict[str, tuple[Sewn, ...]] = {
    "asymmetrical": (one_shoulder_top, uneven_top),
    "peplum": (peplum_top,),
    "balloon": (blouson_top, balloon_sweater),
    "tent": (babydoll, swing_top),
    "a-line": (babydoll, swing_top),
    "straight": (tunic,),
    "empire waistline": (babydoll,),
}
"""Garments that alone show an attribute, by its full name: those to take where it is wanted."""
