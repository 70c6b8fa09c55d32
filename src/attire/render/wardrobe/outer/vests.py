"""The catalogue of vests: waistcoats, padded gilets, open and laced ones."""

from dataclasses import replace

import numpy as np

from attire.render.cloth.dyes import DENIM, LEATHER
from attire.render.layer import Piece
from attire.render.paths import polygon
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.fronts import cut_front, hang_back
from attire.render.wardrobe.garment import cloth_for
from attire.render.wardrobe.lapels import sew_lapels
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.outer.jackets import open_or_closed, puff, wool_for
from attire.render.wardrobe.outer.shell import FITS, SHORT, complete, mark_waist, shell
from attire.render.wardrobe.pockets import patch_pocket, welt_pocket

__all__ = ["VESTS"]


def waistcoat(figure: Figure, taste: Taste) -> list[Piece]:
    """Tailored, with a deep V, small welt pockets and a hem that ends in two points."""
    garment = shell(
        figure, taste, "vest", wool_for(taste), lengths=SHORT[:2], fits=FITS[:3], reach=None, neck=9.0
    )
    garment.say("no waistline")
    rolls, _ = open_or_closed(garment, 9.0, taste.between(46.0, 54.0), share=0.2)
    opening = close(garment, "single breasted", "double breasted")
    body, s = garment.body, np.linspace(-1, 1, 21)
    points = body.on(np.stack([s, 1 - np.abs(np.abs(s) - 0.16) * 5.5 / body.height], axis=1))
    ends = np.array([(points[-1, 0] + 6, points[-1, 1] + 12), (points[0, 0] - 6, points[0, 1] + 12)])
    garment.cuts.append(polygon(np.concatenate([points, ends])))
    for place in (-0.5, 0.5):
        welt_pocket(garment, body, place, body.t_for(64.0), 8.0)
    if opening == "double breasted" or taste.often(0.2, "lapel"):
        sew_lapels(garment, "shawl" if taste.often(0.5) else "notched", 9.0, rolls, wide=5.0)
    return complete(garment)


def gilet(figure: Figure, taste: Taste) -> list[Piece]:
    """Padded in channels, zipped up to a stand-up collar."""
    cloth = replace(cloth_for(taste, "smooth", patterns=("plain (pattern)", "camouflage")), gloss=0.35)
    garment = shell(figure, taste, "vest", cloth, lengths=SHORT, fits=FITS[1:4], reach=None)
    garment.say("no waistline")
    return puff(garment)


def laced_vest(figure: Figure, taste: Taste) -> list[Piece]:
    """A bodice of leather or velvet, laced, strapped, wrapped or with toggles."""
    weave, dyes = ("leather", LEATHER) if taste.often(0.6) else ("velvet", LEATHER)
    cloth = cloth_for(taste, weave, dyes, ("plain (pattern)", "snakeskin (pattern)", "floral"))
    garment = shell(figure, taste, "vest", cloth, lengths=SHORT, fits=FITS[:3], reach=None, neck=9.5)
    mark_waist(garment)
    cut_front(garment, neck=9.5, meet=taste.between(40.0, 46.0))
    hang_back(garment, None)
    close(garment, "lace up", "buckled (opening)", "toggled (opening)", "wrapping")
    return complete(garment)


def open_vest(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim, fur or wool, worn open, short or very long."""
    kind = int(taste.rng.integers(3))
    if kind == 0:
        cloth = cloth_for(taste, "denim", DENIM, ("plain (pattern)",))
    elif kind == 1:
        cloth = cloth_for(taste, "pile", patterns=("plain (pattern)", "leopard"))
    else:
        cloth = wool_for(taste)
    garment = shell(
        figure, taste, "vest", cloth, lengths=[*HEM], fits=FITS[1:], shapes=("straight", "a-line"), reach=None
    )
    garment.say("no waistline")
    neck, meet = 8.6, taste.between(44.0, 54.0)
    cut_front(garment, neck=neck, meet=meet, gap=taste.between(5.0, 9.0))
    hang_back(garment, None)
    close(garment, "single breasted" if kind == 0 else "no opening")
    body = garment.body
    if kind == 0:
        for place in (-0.58, 0.58):
            patch_pocket(garment, body, place, body.t_for(46.0), 9.0, 10.0, flap=True)
    sew_collar(garment, ("shirt", "fur", "shawl")[kind], neck, 36.0 if kind == 0 else meet)
    return complete(garment)


VESTS = (waistcoat, gilet, laced_vest, open_vest)
