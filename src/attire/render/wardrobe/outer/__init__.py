"""The catalogue of what is worn over other garments: jackets, coats, cardigans, vests and capes."""

from collections.abc import Callable

from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.outer.capes import CAPES
from attire.render.wardrobe.outer.coats import COATS
from attire.render.wardrobe.outer.jackets import JACKETS
from attire.render.wardrobe.outer.knits import CARDIGANS
from attire.render.wardrobe.outer.vests import VESTS

__all__ = ["OUTER"]

OUTER: "dict[str, tuple[Callable[[Figure, Taste], list[Piece]], ...]]" = {
    "jacket": JACKETS,
    "coat": COATS,
    "cardigan": CARDIGANS,
    "vest": VESTS,
    "cape": CAPES,
}
"""The garments of each category, by its full name."""
