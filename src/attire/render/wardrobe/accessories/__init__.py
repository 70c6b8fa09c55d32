"""The catalogue of accessories: everything worn or carried beside garments, by category."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.boots import LOW_BOOTS, TALL_BOOTS
from attire.render.wardrobe.accessories.carried import BAGS, HANDLESS
from attire.render.wardrobe.accessories.eyewear import GLASSES
from attire.render.wardrobe.accessories.feet import LOW_SHOES, SHOES
from attire.render.wardrobe.accessories.hands import GLOVES, WATCHES
from attire.render.wardrobe.accessories.hats import HATS
from attire.render.wardrobe.accessories.headwear import HEADWEAR
from attire.render.wardrobe.accessories.legwear import LEG_WARMERS, SOCKS, TIGHTS
from attire.render.wardrobe.accessories.neck import SCARVES, TIES
from attire.render.wardrobe.accessories.umbrella import UMBRELLAS
from attire.render.wardrobe.accessories.waist import BELTS

__all__ = ["ACCESSORIES", "FOOTWEAR", "Accessory", "dress_feet", "put_on"]

Accessory: TypeAlias = Callable[[Figure, Taste], list[Piece]]
"""Makes the pieces of one accessory (both of a pair), each with its labelled parts after it."""

ACCESSORIES: dict[str, tuple[Accessory, ...]] = {
    "glasses": GLASSES,
    "hat": HATS,
    "headband, head covering, hair accessory": HEADWEAR,
    "tie": TIES,
    "scarf": SCARVES,
    "glove": GLOVES,
    "watch": WATCHES,
    "belt": BELTS,
    "leg warmer": LEG_WARMERS,
    "tights, stockings": TIGHTS,
    "sock": SOCKS,
    "shoe": SHOES,
    "bag, wallet": BAGS,
    "umbrella": UMBRELLAS,
}
"""Every kind of each accessory, by full category name."""

FOOTWEAR: dict[str, tuple[Accessory, ...]] = {
    "bare": SHOES,
    "sock": (*LOW_SHOES[:3], *LOW_BOOTS),
    "tights, stockings": (*LOW_SHOES, *LOW_BOOTS, *TALL_BOOTS),
    "leg warmer": (*LOW_SHOES[:4], *LOW_BOOTS[:1]),
}
"""Shoes that go with bare feet and with each kind of legwear; sandals go with bare feet alone."""


def put_on(category: str, figure: Figure, taste: Taste) -> list[Piece]:
    """Choose one kind of an accessory and make it.

    Args:
        category: Full name, a key of :data:`ACCESSORIES`.
        figure: Who wears it.
        taste: Makes every choice.
    """
    kinds = ACCESSORIES[category]
    if category == "bag, wallet" and not any(figure.hands_shown):
        kinds = HANDLESS
    return _choose(kinds, taste)(figure, taste)


def dress_feet(
    figure: Figure, taste: Taste, *, bare: bool, covered: bool = False
) -> tuple[list[Piece], list[Piece]]:
    """Choose legwear and shoes that go together.

    Args:
        figure: Who wears them.
        taste: Makes every choice.
        bare: Whether the legs show, so that tights and leg warmers can be seen.
        covered: Whether a hem reaches the ankle, so that tall boots would be hidden.

    Returns:
        Legwear and shoes, to be drawn before garments; boots may go over narrow trousers.
    """
    options = ("bare", "sock", "tights, stockings", "leg warmer") if bare else ("bare", "sock")
    legwear = taste.pick(*options)
    under = put_on(legwear, figure, taste) if legwear != "bare" else []
    shoes = FOOTWEAR[legwear]
    if covered:
        shoes = tuple(shoe for shoe in shoes if shoe not in TALL_BOOTS)
    return under, _choose(shoes, taste)(figure, taste)


def _choose(kinds: tuple[Accessory, ...], taste: Taste) -> Accessory:
    """Pick a kind by its function's name."""
    named = {kind.__name__: kind for kind in kinds}
    return named[taste.pick(*named)]
