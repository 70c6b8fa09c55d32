"""The catalogue of decorations: what is sewn onto a garment, each piece labelled for itself."""

from collections.abc import Callable
from dataclasses import dataclass

from attire.render.wardrobe.decorations.blossoms import flowers
from attire.render.wardrobe.decorations.bows import bows
from attire.render.wardrobe.decorations.frills import ribbon, ruffle
from attire.render.wardrobe.decorations.hanging import fringes, tassels
from attire.render.wardrobe.decorations.patches import appliques
from attire.render.wardrobe.decorations.studded import beads, rivets, sequined
from attire.render.wardrobe.garment import Garment

__all__ = ["DECORATIONS", "Decoration", "decorate"]

TOPS = frozenset({"shirt, blouse", "top, t-shirt, sweatshirt"})
KNITS = frozenset({"sweater", "cardigan"})
OUTER = frozenset({"jacket", "coat", "vest", "cape"})
TROUSERS = frozenset({"pants", "shorts"})
SKIRTED = frozenset({"skirt", "dress"})

SHARE = 0.16
"""How many garments bear a decoration."""


@dataclass(frozen=True, kw_only=True)
class Decoration:
    """A decoration and what it suits."""

    sew: Callable[[Garment], None]
    """Adds its pieces to the garment's parts."""
    categories: frozenset[str]
    """Full names of the garments that it suits."""


DECORATIONS: dict[str, Decoration] = {
    "applique": Decoration(
        sew=appliques, categories=TOPS | KNITS | OUTER | TROUSERS | SKIRTED | {"jumpsuit"}
    ),
    "bead": Decoration(sew=beads, categories=TOPS | KNITS | SKIRTED | {"jacket", "cape"}),
    "bow": Decoration(sew=bows, categories=TOPS | SKIRTED | {"sweater", "jumpsuit"}),
    "flower": Decoration(sew=flowers, categories=TOPS | SKIRTED | {"jacket", "cardigan", "jumpsuit"}),
    "fringe": Decoration(sew=fringes, categories=SKIRTED | OUTER | {"top, t-shirt, sweatshirt", "shorts"}),
    "ribbon": Decoration(sew=ribbon, categories=SKIRTED | TOPS | {"jumpsuit"}),
    "rivet": Decoration(
        sew=rivets, categories=TROUSERS | {"jacket", "vest", "skirt", "top, t-shirt, sweatshirt"}
    ),
    "ruffle": Decoration(sew=ruffle, categories=TOPS | SKIRTED),
    "sequin": Decoration(sew=sequined, categories=SKIRTED | {"top, t-shirt, sweatshirt", "jacket", "shorts"}),
    "tassel": Decoration(sew=tassels, categories=SKIRTED | TOPS | {"cape", "cardigan"}),
}
"""Every decoration by the category's full name."""


def decorate(garment: Garment) -> None:
    """Now and then sew one of the decorations on that suit a garment."""
    names = [name for name, one in DECORATIONS.items() if garment.category in one.categories]
    if names and garment.taste.often(SHARE, *names):
        DECORATIONS[garment.taste.pick(*names)].sew(garment)
