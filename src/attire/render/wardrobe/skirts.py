"""Skirts."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from attire.render.cloth import PATTERNS, Cloth
from attire.render.cloth.dyes import DENIM, LEATHER
from attire.render.layer import Piece
from attire.render.panel import Panel
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.flies import fly
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.hems import HEMS, cut_hem, high_low
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.pockets import patch_pocket, slant_pocket
from attire.render.wardrobe.sheets import skirt
from attire.render.wardrobe.silhouettes import DRAPES, SKIRTS, body_half
from attire.render.wardrobe.trousers import hem_seam
from attire.render.wardrobe.waistlines import BANDS, TOPS, put_waistband

__all__ = ["FULL", "SKIRT_GARMENTS", "SLIM", "add_peplum", "finish_hem", "hang_skirt"]

SLIM = ("pencil", "straight", "peg")
FULL = ("a-line", "flare", "circle", "fit and flare", "bell")
TRAIN = ("trumpet", "mermaid")
LENGTHS = (*HEM,)[2:]
WAISTS = (*TOPS,)


def hang_skirt(
    figure: Figure,
    taste: Taste,
    shape: str,
    top: float,
    hem: float,
    *,
    gather: float | None = None,
    room: float = 0.0,
) -> Panel:
    """Cut a skirt in a shape of the catalogue.

    Args:
        figure: Who wears it.
        taste: Gives chance.
        shape: Full name of the shape.
        top: Height of its upper edge, centimetres below the crown.
        hem: Height of its hem.
        gather: Depth of the folds of a gathered waist, centimetres; by default as the shape has it.
        room: What a fit adds to half the width, centimetres.
    """
    drape = dict(vars(DRAPES[shape]))
    if gather is not None:
        drape["gather"] = gather
    knots = [
        (y, half + room * min(1.0, 0.3 + i / 2))
        for i, (y, half) in enumerate(SKIRTS[shape](figure, top, hem))
    ]
    kept = [knot for knot in knots[1:-1] if knot[0] > top + 3]
    return skirt(figure, taste.rng, [knots[0], *kept, knots[-1]], **drape)


def sew_skirt(
    figure: Figure,
    taste: Taste,
    cloth: Cloth,
    *,
    shapes: Sequence[str],
    lengths: Sequence[str] = LENGTHS,
    waists: Sequence[str] = WAISTS,
    band: str = "plain",
    gather: float | None = None,
    uneven: float = 0.0,
) -> Garment:
    """Cut a skirt, sew its waistband, and hem it; its opening and finish are still to be chosen.

    Args:
        figure: Who wears it.
        taste: Makes the choices.
        cloth: What it is made of.
        shapes: Full names of the shapes it comes in.
        lengths: Of its lengths.
        waists: Of its waistlines.
        band: A name of the waistbands.
        gather: Depth of the folds of a gathered waist, centimetres.
        uneven: Share of such skirts whose hem is not level.
    """
    shape, length, waist = taste.pick(*shapes), taste.pick(*lengths), taste.pick(*waists)
    top = TOPS[waist]
    if HEM[length] - top < 24:
        waist, top = "normal waist", TOPS["normal waist"]
    sheet = hang_skirt(figure, taste, shape, top, HEM[length], gather=gather)
    garment = Garment(category="skirt", figure=figure, taste=taste, cloth=cloth, body=sheet, skirt=sheet)
    garment.say(length, shape, waist, cloth.pattern)
    finish_hem(garment, sheet, shape, uneven)
    if shape == "peplum":
        add_peplum(garment, top + 1.5)
    put_waistband(garment, top, band, 4.0 if BANDS[band] is not BANDS["plain"] else 3.0, ease=0.8)
    return garment


def finish_hem(garment: Garment, sheet: Panel, shape: str, uneven: float, *, lopsided: bool = False) -> None:
    """Hem a skirt: level, high in front, or now and then aslant; and say whether it is symmetrical.

    Args:
        garment: Gets the cut, the seam and the attribute.
        sheet: Its lower sheet.
        shape: Full name of its shape.
        uneven: Share of such skirts whose hem is not level.
        lopsided: Whether it is asymmetrical above already.
    """
    if shape == "high low":
        high_low(garment, sheet, garment.taste.between(0.4, 0.52))
        garment.say("asymmetrical" if lopsided else "symmetrical")
    elif uneven and sheet.at(0, 1)[1] > 108 and garment.taste.often(uneven, "asymmetrical"):
        s = np.linspace(-1, 1, 41)
        cut_hem(garment, sheet, HEMS[garment.taste.pick(*HEMS)](garment, s), s)
        garment.say("asymmetrical")
    else:
        hem_seam(garment, sheet)
        garment.say("asymmetrical" if lopsided else "symmetrical")


def add_peplum(garment: Garment, top: float, fall: float = 19.0) -> Panel:
    """Sew a flounce on at the waist that stands off from the narrow skirt beneath.

    Args:
        garment: Gets the flounce as a sheet.
        top: Where it is sewn on, centimetres below the crown.
        fall: Its length, centimetres.
    """
    half = body_half(garment.figure, top, 1.0)
    wide = body_half(garment.figure, top + fall, 9.0)
    knots = [(top, half), (top + 0.3 * fall, half + 0.42 * (wide - half)), (top + fall, wide)]
    flounce = skirt(garment.figure, garment.rng, knots, folds=8.0, depth=2.6, start=0.0, rows=14)
    garment.panels.append(flounce)
    lower = flounce.on(np.stack([flounce.s, np.full_like(flounce.s, 0.99)], axis=1))
    garment.details.append(lambda painter: painter.seam(lower, 0.6, 0.5))
    return flounce


def finished(garment: Garment) -> list[Piece]:
    """Choose a finish and decorations, and hand the skirt over."""
    finish(garment)
    decorate(garment)
    return garment.pieces()


def pencil_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Narrow and fitted, to the knee or so."""
    lengths = ("mini (length)", "above-the-knee (length)", "knee (length)", "below the knee (length)", "midi")
    garment = sew_skirt(figure, taste, cloth_for(taste), shapes=SLIM, lengths=lengths)
    garment.say("tight (fit)" if "pencil" in garment.said else "regular (fit)")
    close(garment, "no opening", "zip-up", "single breasted", "double breasted")
    return finished(garment)


def mini_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Short, in any cloth or in leather."""
    leather = taste.often(0.25)
    cloth = cloth_for(taste, "smooth", LEATHER, ("plain (pattern)",)) if leather else cloth_for(taste)
    shapes = ("straight", "a-line", "pencil", "flare", "balloon", "peplum")
    garment = sew_skirt(
        figure,
        taste,
        cloth,
        shapes=shapes,
        lengths=("micro (length)", "mini (length)", "above-the-knee (length)"),
    )
    close(garment, "no opening", "zip-up", "buckled (opening)", "lace up")
    return finished(garment)


def denim_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Denim with topstitching, buttoned down the front or with a fly."""
    cloth = cloth_for(
        taste, "twill", DENIM, (*PATTERNS,) if taste.often(0.04, *PATTERNS) else ("plain (pattern)",)
    )
    shapes = ("straight", "a-line", "pencil")
    garment = sew_skirt(figure, taste, cloth, shapes=shapes, lengths=LENGTHS[:-2], band="jeans")
    for s in (-0.5, 0.5):
        slant_pocket(garment, garment.body, s, 4.4 / garment.body.height, 4.5, 9.0)
    if taste.pick("fly (opening)", "single breasted") == "fly (opening)":
        fly(garment)
        garment.say("fly (opening)")
    else:
        close(garment, "single breasted")
    return finished(garment)


def full_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Wide from the waist, of any length, sometimes with a hem that is not level."""
    shapes = (*FULL, "high low", "tent")
    garment = sew_skirt(figure, taste, cloth_for(taste), shapes=shapes, uneven=0.15)
    close(garment, "no opening", "single breasted")
    return finished(garment)


def gathered_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Gathered onto an elastic or a drawstring."""
    garment = sew_skirt(
        figure, taste, cloth_for(taste), shapes=("flare", "a-line", "bell", "balloon", "circle"),
        band=taste.pick("elastic", "drawstring"), gather=0.9, uneven=0.1,
    )  # fmt: skip
    garment.say("loose (fit)")
    close(garment, "no opening")
    return finished(garment)


def balloon_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Puffed, with the hem gathered in."""
    garment = sew_skirt(figure, taste, cloth_for(taste), shapes=("balloon",), lengths=LENGTHS[1:6])
    close(garment, "no opening")
    return finished(garment)


def wrap_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """One half laps over the other and is tied."""
    garment = sew_skirt(
        figure,
        taste,
        cloth_for(taste),
        shapes=("straight", "a-line", "pencil"),
        lengths=LENGTHS[1:],
        uneven=0.7,
    )
    close(garment, "wrapping")
    return finished(garment)


def train_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Fitted down to thigh or knee, then wide."""
    lengths = ("below the knee (length)", "midi", "maxi (length)", "floor (length)")
    garment = sew_skirt(figure, taste, cloth_for(taste), shapes=TRAIN, lengths=lengths)
    garment.say("curved (fit)")
    close(garment, "no opening")
    return finished(garment)


def peplum_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Narrow, with a flounce around the hips."""
    lengths = ("above-the-knee (length)", "knee (length)", "below the knee (length)", "midi")
    garment = sew_skirt(figure, taste, cloth_for(taste), shapes=("peplum",), lengths=lengths)
    close(garment, "no opening")
    return finished(garment)


def cargo_skirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Loose twill with patch pockets."""
    garment = sew_skirt(
        figure, taste, cloth_for(taste, "twill"), shapes=("straight", "a-line"), band="tailored"
    )
    for s in (-0.55, 0.55):
        patch_pocket(garment, garment.body, s, 11.0 / garment.body.height, 10.0, 11.0, flap=True)
    garment.say("loose (fit)")
    close(garment, "no opening", "zip-up", "single breasted", "buckled (opening)")
    return finished(garment)


Skirt: TypeAlias = Callable[[Figure, Taste], list[Piece]]

SKIRT_GARMENTS: tuple[Skirt, ...] = (
    pencil_skirt, mini_skirt, denim_skirt, full_skirt, gathered_skirt, balloon_skirt, wrap_skirt, train_skirt,
    peplum_skirt, cargo_skirt,
)  # fmt: skip
"""All kinds of skirts."""
