"""Tops, T-shirts and sweatshirts, pulled over the head."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import PATTERNS, Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness
from attire.render.layer import Piece
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bands import gathered_seam, rib_band, stitch_hem
from attire.render.wardrobe.bare import bare_shoulders, bertha, cut_armholes
from attire.render.wardrobe.bodice import bodice
from attire.render.wardrobe.collars import sew_collar
from attire.render.wardrobe.cut import CROPPED, Top, cut_top, finished, shape_hem, soft_cloth
from attire.render.wardrobe.drape import gathers
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.hoods import sew_hood
from attire.render.wardrobe.necklines import cut_neckline, neck_width
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.openings.front import draw_on_front
from attire.render.wardrobe.pockets import kangaroo_pocket, patch_pocket
from attire.render.wardrobe.sheets import skirt
from attire.render.wardrobe.sleeve_kinds import sew_sleeves
from attire.render.wardrobe.waistlines import sew_waist

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["TOPS"]

CATEGORY = "top, t-shirt, sweatshirt"
BOXY = ("regular (fit)", "loose (fit)", "oversized")
DRESSY = ("plain", "satin", "linen", "chiffon")
SPORTY = (
    "plain (pattern)", "stripe", "camouflage", "letters, numbers", "cartoon", "abstract", "geometric",
)  # fmt: skip


def t_shirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Jersey with short or long sleeves, its neck bound in rib."""
    neckline = taste.pick("crew", "scoop", "v", "boat")
    neck = neck_width(taste, neckline)
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY), cloth_for(taste), neck)
    sew_sleeves(garment, taste.pick("short", "short", "elbow", "three-quarter", "long", "rolled"), ease)
    cut_neckline(garment, neckline, neck, trim=_contrast(garment, 0.15), ribbed=taste.often(0.5))
    stitch_hem(garment, garment.body)
    if taste.often(0.15, "pocket"):
        patch_pocket(garment, garment.body, 0.45, garment.body.t_for(46.0), 9.0, 10.0)
    close(garment, "no opening")
    return finished(garment)


def baseball_tee(figure: Figure, taste: Taste) -> list[Piece]:
    """Raglan sleeves to elbow or wrist."""
    neckline = taste.pick("crew", "scoop")
    neck = neck_width(taste, neckline)
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY, fits=BOXY), cloth_for(taste), neck)
    sew_sleeves(garment, "raglan", ease)
    cut_neckline(garment, neckline, neck, trim=_contrast(garment, 0.6), ribbed=True)
    stitch_hem(garment, garment.body)
    close(garment, "no opening")
    return finished(garment)


def tank_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Broad straps and deep armholes, bound at the edges."""
    neckline = taste.pick("scoop", "v", "square")
    neck = neck_width(taste, neckline)
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY), cloth_for(taste), neck)
    trim = _contrast(garment, 0.15)
    cut_armholes(garment, neck + taste.between(3.0, 5.5), ease, deep=taste.between(1.0, 4.0), trim=trim)
    cut_neckline(garment, neckline, neck, trim=trim)
    stitch_hem(garment, garment.body)
    close(garment, "no opening")
    return finished(garment)


def sleeveless_top(figure: Figure, taste: Taste) -> list[Piece]:
    """A shell without sleeves, in dressier cloth."""
    neckline = taste.pick("crew", "boat", "keyhole", "cowl", "square", "sweetheart")
    neck = neck_width(taste, neckline)
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY), soft_cloth(taste, *DRESSY), neck)
    strap = max(figure.half_width("shoulder") - taste.between(2.0, 4.5), neck + 2.0)
    cut_armholes(garment, strap, min(ease, 4.0))
    cut_neckline(garment, neckline, neck)
    close(garment, "no opening")
    return finished(garment)


def camisole(figure: Figure, taste: Taste) -> list[Piece]:
    """Thin straps over bare shoulders."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "curved (fit)", "regular (fit)", "loose (fit)"))
    garment, _ = cut_top(figure, taste, kind, soft_cloth(taste, *DRESSY), 7.0)
    bare_shoulders(garment, taste.pick("camisole", "bustier"), trim=_contrast(garment, 0.25))
    stitch_hem(garment, garment.body, 1.2, rows=1)
    close(garment, "no opening", "lace up", "zip-up")
    return finished(garment)


def tube_top(figure: Figure, taste: Taste) -> list[Piece]:
    """A band around the bust, without straps."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "regular (fit)"), lengths=CROPPED)
    garment, _ = cut_top(figure, taste, kind, cloth_for(taste, str(taste.rng.choice(["plain", "rib"]))), 7.0)
    edge = bare_shoulders(garment, "tube")
    gathered_seam(garment, garment.body, garment.body.t_for(float(edge[:, 1].mean()) + 3.0), reach=4.0)
    close(garment, "no opening")
    return finished(garment)


def halter_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Tied around the neck; the shoulders are bare."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "curved (fit)", "regular (fit)", "loose (fit)"))
    garment, _ = cut_top(figure, taste, kind, soft_cloth(taste, *DRESSY), 5.5)
    bare_shoulders(garment, "halter")
    stitch_hem(garment, garment.body, 1.4, rows=1)
    close(garment, "no opening")
    return finished(garment)


def off_shoulder_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Lies across the upper arms, often with a flounce."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "regular (fit)", "loose (fit)"))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "plain", "linen", "satin"), 7.0)
    sew_sleeves(garment, taste.pick("short", "short", "long", "bishop", "elbow"), ease)
    for panel in garment.sleeves:
        garment.replace_panel(panel, panel.part((-1, 1), (0.06, 1.0), rows=24, columns=24))
    edge = bare_shoulders(garment, "off shoulder")
    if taste.often(0.5):
        bertha(garment, edge, taste.between(9.0, 14.0))
    close(garment, "no opening")
    return finished(garment)


def one_shoulder_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Covers one shoulder and leaves the other bare."""
    kind = Top(category=CATEGORY, fits=("tight (fit)", "curved (fit)", "regular (fit)"))
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, *DRESSY), 6.5)
    sleeves = taste.pick("none", "none", "long", "flutter", "short")
    sew_sleeves(garment, sleeves, ease)
    if not garment.sleeves:
        cut_armholes(garment, figure.half_width("shoulder") - 3.0, ease)
    edge = bare_shoulders(garment, "one shoulder")
    if garment.sleeves:
        bare = garment.sleeves[0 if edge[0, 1] > edge[-1, 1] else 1]
        garment.sleeves = [panel for panel in garment.sleeves if panel is not bare]
        garment.panels = [panel for panel in garment.panels if panel is not bare]
    close(garment, "no opening")
    return finished(garment, "asymmetrical")


def uneven_top(figure: Figure, taste: Taste) -> list[Piece]:
    """A loose top whose hem falls from one side to the other."""
    neckline = taste.pick("crew", "v", "boat")
    neck = neck_width(taste, neckline)
    lengths = ("hip (length)", "micro (length)")
    kind = Top(category=CATEGORY, fits=("regular (fit)", "loose (fit)"), lengths=lengths)
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, *DRESSY), neck)
    sew_sleeves(garment, taste.pick("none", "cap", "elbow", "long"), ease)
    cut_neckline(garment, neckline, neck)
    s = np.linspace(-1, 1, 21)
    shape_hem(garment, (0.5 + 0.5 * float(taste.rng.choice([-1, 1])) * s) * taste.between(15.0, 21.0))
    close(garment, "no opening")
    return finished(garment, "asymmetrical")


def peplum_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Close to the waist, with a flared flounce below it."""
    neckline = taste.pick("crew", "scoop", "v", "square", "sweetheart")
    neck = neck_width(taste, neckline)
    cloth = soft_cloth(taste, "plain", "twill", "satin")
    body = bodice(figure, taste.rng, ease=0.8, waist=0.0, hem=66.5, neck=neck)
    garment = Garment(category=CATEGORY, figure=figure, taste=taste, cloth=cloth, body=body)
    waist, hip = figure.half_width("waist", 0.0), figure.half_width("hip", taste.between(5.0, 8.0))
    hem = taste.between(80.0, 86.0)
    knots = [(66.0, waist), (70.0, waist + 3.2), (hem, hip)]
    flounce = skirt(figure, taste.rng, knots, folds=5.0, depth=1.6, start=0.0, rows=16)
    garment.panels.append(flounce)
    garment.skirt = flounce
    sew_waist(garment, flounce)
    sew_sleeves(garment, taste.pick("none", "cap", "short", "puff", "elbow", "long"), 0.8)
    if not garment.sleeves:
        cut_armholes(garment, figure.half_width("shoulder") - 3.0, 0.8)
    cut_neckline(garment, neckline, neck)
    close(garment, "no opening", "zip-up", "single breasted")
    return finished(garment, "hip (length)", "tight (fit)", "peplum", "normal waist")


def babydoll(figure: Figure, taste: Taste) -> list[Piece]:
    """Seamed below the bust, and wide from there."""
    neckline = taste.pick("square", "scoop", "v", "sweetheart")
    neck = neck_width(taste, neckline)
    cloth = soft_cloth(taste, "plain", "linen", "chiffon")
    body = bodice(figure, taste.rng, ease=1.0, waist=2.0, hem=54.5, neck=neck)
    garment = Garment(category=CATEGORY, figure=figure, taste=taste, cloth=cloth, body=body)
    tent = taste.pick("tent", "a-line") == "tent"
    length = taste.pick("hip (length)", "micro (length)")
    hem, top = (93.0 if length == "micro (length)" else 84.0), figure.half_width("bust", 0.6)
    wide = figure.half_width("hip", taste.between(10.0, 14.0) if tent else taste.between(3.5, 5.5))
    knots = [(54.0, top), (60.0, top + (2.5 if tent else 0.6)), (hem, wide)]
    depth = 1.6 if tent else 0.8
    fall = skirt(figure, taste.rng, knots, folds=6.0, depth=depth, start=0.0, gather=0.6, rows=24)
    garment.panels.append(fall)
    garment.skirt = fall
    sew_waist(garment, fall, band=taste.between(0, 2.5) if taste.often(0.4) else 0.0)
    sew_sleeves(garment, taste.pick("none", "puff", "flutter", "bishop", "short"), 1.0)
    if not garment.sleeves:
        cut_armholes(garment, max(figure.half_width("shoulder") - 4.0, neck + 2.0), 1.0)
    cut_neckline(garment, neckline, neck)
    close(garment, "no opening")
    return finished(garment, length, "loose (fit)", "tent" if tent else "a-line", "empire waistline")


def swing_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Widens from the shoulders to the hem."""
    neckline = taste.pick("crew", "v", "keyhole", "boat", "scoop")
    neck = neck_width(taste, neckline)
    shape = taste.pick("a-line", "tent")
    kind = Top(
        category=CATEGORY, fits=("loose (fit)",), lengths=("hip (length)", "micro (length)"),
        flare=taste.between(11.0, 15.0) if shape == "tent" else taste.between(5.5, 7.5),
    )  # fmt: skip
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, *DRESSY), neck)
    sew_sleeves(garment, taste.pick("none", "cap", "short", "bell", "flutter", "three-quarter"), ease)
    if not garment.sleeves:
        cut_armholes(garment, max(figure.half_width("shoulder") - 3.5, neck + 2.0), 2.0)
    cut_neckline(garment, neckline, neck)
    close(garment, "no opening")
    return finished(garment, shape)


def tunic(figure: Figure, taste: Taste) -> list[Piece]:
    """Long and straight, over the seat."""
    neckline = taste.pick("v", "deep v", "crew", "keyhole", "boat")
    neck = neck_width(taste, neckline)
    kind = Top(
        category=CATEGORY, fits=("regular (fit)", "loose (fit)"), lengths=("micro (length)", "mini (length)")
    )
    garment, ease = cut_top(figure, taste, kind, soft_cloth(taste, "plain", "linen", "satin"), neck)
    sew_sleeves(garment, taste.pick("short", "three-quarter", "long", "bell", "rolled"), ease)
    cut_neckline(garment, neckline, neck, trim=_contrast(garment, 0.3))
    stitch_hem(garment, garment.body)
    close(garment, "no opening", "lace up")
    return finished(garment, "straight")


def blouson_top(figure: Figure, taste: Taste) -> list[Piece]:
    """Full, and gathered into a band on the hip."""
    neckline = taste.pick("crew", "scoop", "v", "boat")
    neck, hem = neck_width(taste, neckline), taste.between(76.0, 84.0)
    half = figure.half_width("hip", -1.5)
    body = bodice(
        figure, taste.rng, ease=4.5, waist=13.0, hem=hem, neck=neck, hip=9.0, hem_half=half, columns=40
    )
    body = body.raised(gathers(body, taste.rng, bottom=1.1, count=6.0, reach=8.0))
    cloth = soft_cloth(taste, "plain", "satin", "linen")
    garment = Garment(category=CATEGORY, figure=figure, taste=taste, cloth=cloth, body=body)
    sew_sleeves(garment, taste.pick("short", "bishop", "bishop", "three-quarter"), 4.5)
    cut_neckline(garment, neckline, neck)
    rib_band(garment, garment.body, 4.0)
    gathered_seam(garment, garment.body, 1 - 4.2 / body.height, reach=6.0)
    close(garment, "no opening")
    return finished(garment, "hip (length)", "loose (fit)", "balloon")


def polo(figure: Figure, taste: Taste) -> list[Piece]:
    """Piqué with a soft collar and a short row of buttons."""
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY), cloth_for(taste), 7.6)
    sew_sleeves(garment, taste.pick("short", "short", "long"), ease)
    for panel in garment.sleeves:
        rib_band(garment, panel, 2.5)
    edge = cut_neckline(garment, "crew", 7.6, labelled=False)
    low = float(edge[:, 1].max())
    _placket(garment, low)
    sew_collar(garment, "shirt", 7.6, low)
    stitch_hem(garment, garment.body)
    return finished(garment)


def sweatshirt(figure: Figure, taste: Taste) -> list[Piece]:
    """Fleece with ribbed cuffs and hem."""
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY, fits=BOXY), _fleece(taste), 8.0)
    sew_sleeves(garment, "ribbed", ease)
    trim = _contrast(garment, 0.12)
    cut_neckline(garment, "crew", 8.0, trim=trim, ribbed=True)
    rib_band(garment, garment.body, 6.0, color=trim)
    close(garment, "no opening")
    return finished(garment)


def hoodie(figure: Figure, taste: Taste) -> list[Piece]:
    """A sweatshirt with a hood and a pouch pocket, pulled over or zipped."""
    garment, ease = cut_top(figure, taste, Top(category=CATEGORY, fits=BOXY), _fleece(taste), 8.0)
    sew_sleeves(garment, "ribbed", ease)
    edge = cut_neckline(garment, "crew", 8.0, labelled=False)
    rib_band(garment, garment.body, 6.0)
    top, foot = 1 - 23.0 / garment.body.height, 16.0
    if top > garment.body.t_for(LEVEL["bust"] + 4):
        kangaroo_pocket(garment, garment.body, top, 28.0 * figure.breadth, foot)
    close(garment, "no opening", "zip-up")
    sew_hood(garment, "hood down", 8.0, float(edge[:, 1].max()))
    return finished(garment)


TOPS = (
    t_shirt, baseball_tee, tank_top, sleeveless_top, camisole, tube_top, halter_top, off_shoulder_top,
    one_shoulder_top, uneven_top, peplum_top, babydoll, swing_top, tunic, blouson_top, polo, sweatshirt,
    hoodie,
)  # fmt: skip
"""Every kind of top, T-shirt and sweatshirt."""


def _fleece(taste: Taste) -> Cloth:
    return cloth_for(taste, patterns=tuple(name for name in SPORTY if name in PATTERNS))


def _contrast(garment: Garment, share: float) -> str:
    """The colour of a contrasting trim with some probability, else none."""
    return choose_dye(garment.rng, against=garment.cloth.color) if garment.taste.often(share) else ""


def _placket(garment: Garment, top: float) -> None:
    """Two stitched lines and three buttons down from the neck."""
    body = garment.body
    start, long = body.t_for(top), 13.0 / body.height
    down = np.linspace(start, start + long, 8)
    lines = [body.on(np.stack([np.full_like(down, x / (body.width / 2)), down], axis=1)) for x in (-1.5, 1.5)]
    buttons = [body.at(0.0, start + share * long) for share in (0.25, 0.55, 0.85)]
    color = "#f4f1ea" if lightness(garment.cloth.color) < 0.7 else "#8a8378"

    def draw(painter: "Painter") -> None:
        for seam in (*lines, np.stack([lines[0][-1], lines[1][-1]])):
            painter.seam(seam, 0.45, 0.35)
        for button in buttons:
            painter.stud(button, 0.6, color)

    draw_on_front(garment, draw)
