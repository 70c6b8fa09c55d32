"""Outfits that go together: what is worn under, over and with what, and how often."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from attire.render.cloth import choose_palette
from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories import ACCESSORIES, dress_feet, put_on
from attire.render.wardrobe.lower import LOWER, LOWER_SHOWS
from attire.render.wardrobe.outer import OUTER
from attire.render.wardrobe.owners import with_owners
from attire.render.wardrobe.upper import UPPER, UPPER_SHOWS
from attire.render.wardrobe.whole import WHOLE, WHOLE_SHOWS

__all__ = ["CATALOGUE", "GARMENTS", "dress_figure"]

Make: TypeAlias = Callable[[Figure, Taste], list[Piece]]

GARMENTS: dict[str, tuple[Make, ...]] = {**UPPER, **LOWER, **WHOLE, **OUTER}
"""Every kind of garment, by the category's full name."""

CATALOGUE: dict[str, tuple[Make, ...]] = {**GARMENTS, **ACCESSORIES}
"""Everything that can be worn, by the category's full name."""

SHARES = {
    "belt": 0.22, "scarf": 0.13, "glasses": 0.2, "hat": 0.17, "headband, head covering, hair accessory": 0.12,
    "watch": 0.16, "glove": 0.06, "bag, wallet": 0.5, "umbrella": 0.04, "tie": 0.14, "outer": 0.36,
    "whole": 0.38,
}  # fmt: skip
"""How often each is worn where it can be; uniform sampling wears all of them at least as often as a fifth."""

WIDE = frozenset({
    "loose (fit)", "oversized", "circle", "flare", "fit and flare", "tent", "balloon", "bell", "peplum",
    "puff", "bishop", "flounce", "flutter",
})  # fmt: skip
"""What would stand out from under a jacket: fits, shapes and sleeves."""

SHIRT, TROUSERS = "shirt, blouse", "pants"


def dress_figure(figure: Figure, taste: Taste) -> list[Piece]:
    """Choose an outfit that goes together, in colours that do.

    Args:
        figure: Who wears it.
        taste: Makes every choice.

    Returns:
        Pieces in the order in which they are drawn.
    """
    worn = _Worn(figure, replace(taste, palette=choose_palette(taste.rng)))
    over = worn.wants("outer", *OUTER)
    if over:
        worn.taste = replace(worn.taste, avoided=WIDE)
    if _insists(taste, WHOLE) or (worn.wants("whole") and not _insists(taste, UPPER | LOWER)):
        _dress_in_one(worn)
    else:
        _dress_in_two(worn)
    worn.taste = replace(worn.taste, avoided=frozenset())
    if over:
        worn.sew(taste.pick(*OUTER))
    worn.add("scarf", "watch")
    on_head = taste.pick("hat", "headband, head covering, hair accessory")
    worn.add("glasses", on_head, "bag, wallet", "glove", "umbrella")
    return with_owners(worn.pieces)


class _Worn:
    """What a figure has put on so far."""

    def __init__(self, figure: Figure, taste: Taste) -> None:
        self.figure, self.taste = figure, taste
        self.pieces: list[Piece] = []

    def wants(self, what: str, *names: str) -> bool:
        share = max(SHARES[what], 0.2) if self.taste.uniform else SHARES[what]
        return self.taste.often(share, *(names or (what,)))

    def sew(self, category: str) -> None:
        """Put on one of the kinds of a garment: one that shows what is wanted, if there is one."""
        kinds = GARMENTS[category]
        shows = (UPPER_SHOWS, LOWER_SHOWS, WHOLE_SHOWS)
        shown = {kind for name in self.taste.wanted for one in shows for kind in one.get(name, ())}
        kinds = tuple(kind for kind in kinds if kind in shown) or kinds
        self.pieces += kinds[int(self.taste.rng.integers(len(kinds)))](self.figure, self.taste)

    def add(self, *categories: str) -> None:
        """Put on each of some accessories as often as it is worn."""
        for category in categories:
            if self.wants(category):
                self.pieces += put_on(category, self.figure, self.taste)


def _dress_in_one(worn: _Worn) -> None:
    """A dress or jumpsuit."""
    category = worn.taste.pick(*WHOLE)
    dress = category == "dress"
    legwear, shoes = dress_feet(worn.figure, worn.taste, bare=dress, covered=not dress)
    worn.pieces += [*legwear, *shoes]
    worn.sew(category)
    worn.add("belt")


def _dress_in_two(worn: _Worn) -> None:
    """A garment for the legs and one for the body, tucked in or not."""
    taste = worn.taste
    bottom, top = taste.pick(*LOWER), taste.pick(*UPPER)
    over_trousers = bottom == TROUSERS and taste.often(0.1)
    bare = bottom != TROUSERS
    legwear, shoes = dress_feet(worn.figure, taste, bare=bare, covered=not (bare or over_trousers))
    worn.pieces += [*legwear, *(() if over_trousers else shoes)]
    tucked = taste.often(0.4)
    for category in (top, bottom) if tucked else (bottom, top):
        worn.sew(category)
    worn.pieces += shoes if over_trousers else ()
    if tucked:
        worn.add("belt")
    if top == SHIRT:
        worn.add("tie")


def _insists(taste: Taste, catalogue: dict[str, tuple[Make, ...]]) -> bool:
    return any(name in taste.wanted for name in catalogue)
