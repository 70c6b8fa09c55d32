"""Garments of the upper body."""

from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.lengths import EASE, HEM
from attire.render.wardrobe.necklines import cut_neckline
from attire.render.wardrobe.sheets import bodice, sleeve

__all__ = ["t_shirt"]


def t_shirt(figure: Figure, taste: Taste) -> list[Piece]:
    """A top with a round or pointed neckline and short, long or no sleeves."""
    length = taste.pick("above-the-hip (length)", "hip (length)")
    fit = taste.pick("tight (fit)", "regular (fit)", "loose (fit)", "oversized")
    ease, neck = EASE[fit], taste.between(7.5, 10.0)
    body = bodice(figure, taste.rng, ease=ease, hem=HEM[length], neck=neck)
    garment = Garment(
        category="top, t-shirt, sweatshirt", figure=figure, taste=taste, cloth=cloth_for(taste), body=body
    )
    reach = float(taste.rng.choice([0.0, 0.5, 0.75, 1.9]))
    if reach:
        garment.sleeves = [sleeve(figure, taste.rng, side, reach=reach, ease=ease) for side in (0, 1)]
        garment.panels += garment.sleeves
    cut_neckline(garment, taste.pick("crew", "scoop", "v"), neck)
    garment.say(length, fit, "no opening", "symmetrical", garment.cloth.pattern)
    finish(garment)
    decorate(garment)
    return garment.pieces()
