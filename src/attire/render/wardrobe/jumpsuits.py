"""Jumpsuits: bodice and trousers in one, and dungarees with a bib."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import DENIM, METAL, choose_dye
from attire.render.layer import Piece
from attire.render.panel import along
from attire.render.paths import circle
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.cut import soft_cloth
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.dresses import choose_top, sew_top
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.lengths import EASE, HEM
from attire.render.wardrobe.necklines import cut_neckline
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.pockets import pair_of, patch_pocket, slant_pocket
from attire.render.wardrobe.sheets import bodice, ring, sleeve
from attire.render.wardrobe.silhouettes import body_half
from attire.render.wardrobe.trousers import ROOM, hang_legs
from attire.render.wardrobe.waistlines import SEAMS, put_waistband, sew_waist

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["JUMPSUITS", "boiler_suit", "casual_jumpsuit", "dungarees", "evening_jumpsuit", "playsuit"]

SHORT = ("micro (length)", "mini (length)", "above-the-knee (length)")
LONG = ("midi", "maxi (length)", "floor (length)")
WAISTS = ("normal waist", "high waist", "empire waistline", "low waist")


@dataclass(frozen=True, kw_only=True)
class Jumpsuit:
    """What a kind of jumpsuit is like."""

    shapes: tuple[str, ...]
    """Full names of the shapes of its legs."""
    lengths: tuple[str, ...] = LONG
    """Of its lengths."""
    fits: tuple[str, ...] = ("regular (fit)",)
    """Of its fits."""
    waists: tuple[str, ...] = WAISTS
    """Of its waistlines."""
    tops: tuple[str, ...] = ("sleeves",)
    """What holds it up: ``sleeves``, ``sleeveless``, or names of bare shoulders."""
    sleeves: tuple[str, ...] = ("cap", "short", "elbow", "long", "flutter")
    """Kinds of its sleeves."""
    necklines: tuple[str, ...] = ("crew", "v")
    """Names of its necklines."""
    band: float = 3.0
    """Height of the band at its waist, centimetres; 0 for a seam."""


def sew_jumpsuit(figure: Figure, taste: Taste, kind: Jumpsuit, cloth: Cloth) -> Garment:
    """Cut and join a jumpsuit; its opening, pockets and finish are still to be chosen."""
    shape, length, fit = taste.pick(*kind.shapes), taste.pick(*kind.lengths), taste.pick(*kind.fits)
    waist = taste.pick(*kind.waists)
    top = choose_top(taste, kind.tops, kind.sleeves, kind.necklines)
    ease, neck, seam = top.room(min(EASE[fit], 5.0)), top.neck, SEAMS[waist]
    half = body_half(figure, seam, 0.5)
    body = bodice(figure, taste.rng, ease=ease, hem=seam + 2.0, neck=neck, waist=0.5, hem_half=half)
    garment = Garment(category="jumpsuit", figure=figure, taste=taste, cloth=cloth, body=body)
    hang_legs(garment, shape, HEM[length], ROOM[fit], top=seam)
    sew_waist(garment, ring(figure, seam, seam + 6, 0.7), band=kind.band)
    garment.say(length, shape, fit, waist, cloth.pattern)
    sew_top(garment, top, ease)
    garment.say("asymmetrical" if top.lopsided else "symmetrical")
    return garment


def finished(garment: Garment) -> list[Piece]:
    """Choose a finish and decorations, and hand it over."""
    finish(garment)
    decorate(garment)
    return garment.pieces()


def hip_pockets(garment: Garment, top: float) -> None:
    """Cut slanted pockets into the hips, whose upper ends lie at a height in centimetres."""
    hips = ring(garment.figure, top, LEVEL["crotch"], 1.0, rows=8)
    for s in (-0.5, 0.5):
        slant_pocket(garment, hips, s, 0.1, 5.0, 11.0)


def boiler_suit(figure: Figure, taste: Taste) -> list[Piece]:
    """A mechanic's overall: zipped or buttoned, with pockets on the chest."""
    kind = Jumpsuit(
        shapes=("straight", "peg", "baggy", "wide leg"),
        lengths=("maxi (length)", "floor (length)"),
        necklines=("v",),
        fits=("regular (fit)", "loose (fit)", "oversized"),
        sleeves=("rolled", "cuffed", "long"),
        waists=("normal waist", "low waist", "high waist"),
    )
    cloth = cloth_for(taste, "twill", DENIM) if taste.often(0.3) else cloth_for(taste, "twill")
    garment = sew_jumpsuit(figure, taste, kind, cloth)
    close(garment, "zip-up", "single breasted")
    for s, t in pair_of((0.5, garment.body.t_for(46.0))):
        patch_pocket(garment, garment.body, s, t, 9.0, 10.0, flap=True)
    hip_pockets(garment, SEAMS["normal waist"] + 3)
    return finished(garment)


def evening_jumpsuit(figure: Figure, taste: Taste) -> list[Piece]:
    """Flowing legs under a fitted bodice."""
    kind = Jumpsuit(
        shapes=("wide leg", "flare", "bell bottom", "straight"),
        lengths=LONG,
        fits=("curved (fit)", "tight (fit)", "regular (fit)"),
        tops=("sleeves", "camisole", "halter", "tube", "bustier", "one shoulder"),
    )
    garment = sew_jumpsuit(figure, taste, kind, soft_cloth(taste, "satin", "velvet"))
    close(garment, "no opening", "wrapping", "double breasted")
    return finished(garment)


def casual_jumpsuit(figure: Figure, taste: Taste) -> list[Piece]:
    """Soft cloth gathered at the waist."""
    kind = Jumpsuit(
        shapes=("peg", "balloon", "straight", "baggy"),
        lengths=("below the knee (length)", "midi", "maxi (length)"),
        fits=("regular (fit)", "loose (fit)"),
        tops=("sleeves", "sleeves", "camisole", "sleeveless"),
        necklines=("crew", "v", "scoop"),
    )
    garment = sew_jumpsuit(figure, taste, kind, cloth_for(taste))
    close(garment, "no opening", "single breasted", "lace up")
    return finished(garment)


def playsuit(figure: Figure, taste: Taste) -> list[Piece]:
    """A jumpsuit with shorts."""
    kind = Jumpsuit(
        shapes=("a-line", "straight", "balloon", "wide leg"),
        lengths=SHORT,
        fits=("regular (fit)", "loose (fit)", "tight (fit)"),
        tops=("sleeves", "camisole", "tube", "halter"),
        necklines=("crew", "v", "scoop"),
    )
    garment = sew_jumpsuit(figure, taste, kind, cloth_for(taste))
    close(garment, "no opening", "single breasted", "wrapping")
    return finished(garment)


def dungarees(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim trousers or shorts with a bib on straps, over a T-shirt."""
    cloth = (
        cloth_for(taste, "twill", DENIM, ("plain (pattern)",))
        if taste.often(0.65)
        else cloth_for(taste, "twill")
    )
    shape = taste.pick("straight", "peg", "baggy", "wide leg", "bootcut")
    length, fit = (
        taste.pick("mini (length)", "maxi (length)", "floor (length)"),
        taste.pick("regular (fit)", "loose (fit)", "oversized"),
    )
    top, bib_top = 64.0, taste.between(44.0, 47.0)
    bib = ring(figure, bib_top, top + 1.5, 0.8, rows=12).part((-0.62, 0.62), (0, 1), rows=12, columns=14)
    garment = Garment(category="jumpsuit", figure=figure, taste=taste, cloth=cloth, body=bib)
    hang_legs(garment, shape, HEM[length], ROOM[fit], top=top)
    put_waistband(garment, top, "jeans", ease=0.8)
    sew_bib(garment)
    for s in (-0.5, 0.5):
        hips = ring(figure, top + 4, LEVEL["crotch"], 1.0, rows=8)
        slant_pocket(garment, hips, s, 0.02, 5.0, 11.0)
    patch_pocket(garment, bib, 0.0, 0.25, 12.0, 11.0, flap=taste.often(0.3))
    garment.say(length, shape, fit, "normal waist", "symmetrical", cloth.pattern, "buckled (opening)")
    return [*undershirt(figure, taste), *finished(garment)]


def sew_bib(garment: Garment) -> None:
    """Hang a bib on two straps that are hooked to it with metal buckles."""
    bib, figure = garment.body, garment.figure
    metal = choose_dye(garment.rng, METAL)
    for side in (-1, 1):
        x, y = bib.at(side * 0.84, 0.06)
        head = figure.at(side * 9.5, LEVEL["neck"] + 0.2)
        strap = along(
            [(x, y + 2), (0.5 * (x + head[0]) + side * 0.4, 0.5 * (y + head[1])), head],
            [2.0, 2.0, 2.0],
            rows=10,
            columns=5,
        )
        garment.panels.append(strap)
        garment.parts.append(
            Piece(category="buckle", layers=(), marks=(circle((x, y), 2.2),), on_garment=True)
        )
        garment.details.append(partial(_hook, place=(x, y), metal=metal))
    upper = bib.on(np.stack([bib.s, np.full_like(bib.s, 0.1)], axis=1))
    garment.details.append(lambda painter: painter.seam(upper, 0.4, 0.3))


def _hook(painter: "Painter", place: tuple[float, float], metal: str) -> None:
    x, y = place
    skia_pen = painter.pen(metal, 1.0, 0.7)
    painter.canvas.drawPath(circle((x, y - 0.6), 1.9), painter.pen("#000000", 0.45, 1.0))
    painter.canvas.drawPath(circle((x, y - 0.6), 1.8), skia_pen)
    painter.stud((x, y + 0.6), 0.95, metal)


def undershirt(figure: Figure, taste: Taste) -> list[Piece]:
    """The T-shirt that shows beside a bib."""
    plain = replace(taste, wanted=frozenset())
    body = bodice(figure, taste.rng, ease=1.0, hem=HEM["hip (length)"], neck=8.5)
    cloth = cloth_for(plain, "plain", patterns=("plain (pattern)", "stripe"))
    shirt = Garment(category="top, t-shirt, sweatshirt", figure=figure, taste=plain, cloth=cloth, body=body)
    reach = float(taste.rng.choice([0.45, 0.6, 1.9]))
    shirt.sleeves = [sleeve(figure, taste.rng, side, reach=reach, ease=1.0) for side in (0, 1)]
    shirt.panels += shirt.sleeves
    cut_neckline(shirt, "crew", 8.5)
    none = "no special manufacturing technique"
    shirt.say("hip (length)", "regular (fit)", "no opening", "symmetrical", cloth.pattern, none)
    return shirt.pieces()


JUMPSUITS: tuple[Callable[[Figure, Taste], list[Piece]], ...] = (
    boiler_suit, evening_jumpsuit, casual_jumpsuit, playsuit, dungarees,
)  # fmt: skip
"""All kinds of jumpsuits."""
