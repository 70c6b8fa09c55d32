"""Garments of the lower body."""

from attire.render.cloth.dyes import DENIM
from attire.render.layer import Piece
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.sheets import leg, skirt
from attire.render.wardrobe.silhouettes import LEGS, SKIRTS

__all__ = ["a_skirt", "pants"]


def pants(figure: Figure, taste: Taste) -> list[Piece]:
    """Trousers in denim or cloth, from narrow to wide."""
    shape = taste.pick(*LEGS)
    denim = taste.often(0.4)
    cloth = cloth_for(taste, "twill", DENIM, ("plain (pattern)",)) if denim else cloth_for(taste)
    top, hem = LEVEL["waist"] + 2, LEVEL["ankle"] + 2
    widths = LEGS[shape](figure, top, hem)
    left, right = (leg(figure, taste.rng, side, top=top, hem=hem, widths=widths) for side in (0, 1))
    garment = Garment(category="pants", figure=figure, taste=taste, cloth=cloth, body=left, panels=[right])
    garment.say("maxi (length)", shape, "symmetrical", cloth.pattern)
    return garment.pieces()


def a_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """A skirt of any length and shape."""
    length, shape = taste.pick(*[*HEM][2:]), taste.pick(*SKIRTS)
    top = LEVEL["waist"] - 1
    body = skirt(figure, taste.rng, SKIRTS[shape](figure, top, HEM[length]))
    garment = Garment(
        category="skirt", figure=figure, taste=taste, cloth=cloth_for(taste), body=body, skirt=body
    )
    garment.say(length, shape, "symmetrical", "no opening", garment.cloth.pattern)
    return garment.pieces()
