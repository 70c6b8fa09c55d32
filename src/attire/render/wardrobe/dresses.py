"""How dresses are made: a bodice, a skirt, the seam between them, and what holds it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from attire.render.cloth import Cloth
from attire.render.panel import Panel, profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.drapes import hang, seen_from_above
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.lengths import EASE, HEM
from attire.render.wardrobe.necklines import NECKLINES, cut_neckline
from attire.render.wardrobe.sheets import bodice, sleeve
from attire.render.wardrobe.silhouettes import DRAPES, SKIRTS
from attire.render.wardrobe.skirts import add_peplum, finish_hem, hang_skirt
from attire.render.wardrobe.straps import STRAPS, cut_straps
from attire.render.wardrobe.waistlines import POINT, SEAMS, pointed, sew_waist

__all__ = ["Dress", "dress_top", "sew_dress", "shaped"]

LENGTHS = (*HEM,)[3:]
WAISTS = (
    "empire waistline",
    "high waist",
    "normal waist",
    "low waist",
    "dropped waistline",
    "basque (wasitline)",
)


@dataclass(frozen=True, kw_only=True)
class Dress:
    """What a kind of dress is like."""

    shapes: tuple[str, ...]
    """Full names of the shapes it comes in."""
    lengths: tuple[str, ...] = LENGTHS
    """Of its lengths."""
    fits: tuple[str, ...] = ("regular (fit)",)
    """Of its fits."""
    waists: tuple[str, ...] = ("normal waist",)
    """Of its waistlines."""
    tops: tuple[str, ...] = ("sleeves",)
    """``sleeves``, or names of the straps that hold it up."""
    reaches: tuple[float, ...] = (0.0, 0.4, 0.7, 1.9)
    """Lengths of its sleeves, segments of the arm; 0 for none."""
    necklines: tuple[str, ...] = (*NECKLINES,)
    """Names of its necklines, where it has shoulders."""
    gather: float | None = None
    """Depth of the folds of a gathered waist, centimetres; by default as the shape has it."""
    band: float = 0.0
    """Height of the band over its waist seam, centimetres."""
    uneven: float = 0.0
    """Share whose hem is not level."""


def sew_dress(figure: Figure, taste: Taste, kind: Dress, cloth: Cloth) -> Garment:
    """Cut and join a dress of some kind; its opening, pockets and finish are still to be chosen."""
    shape, length, fit = taste.pick(*kind.shapes), taste.pick(*kind.lengths), taste.pick(*kind.fits)
    waist = taste.pick(*kind.waists)
    ease, neck, hem = EASE[fit], taste.between(7.5, 10.0), HEM[length]
    if waist == "no waistline":
        body = bodice(figure, taste.rng, ease=ease, hem=hem, neck=neck)
        body = shaped(figure, taste, body, shape, hem, ease)
        garment = Garment(category="dress", figure=figure, taste=taste, cloth=cloth, body=body)
        lower = body
    else:
        body, lower = _two_parts(figure, taste, shape, waist, ease, neck, hem, kind.gather)
        garment = Garment(
            category="dress", figure=figure, taste=taste, cloth=cloth, body=body, panels=[lower], skirt=lower
        )
        sew_waist(garment, lower, band=kind.band)
    garment.say(length, shape, fit, waist, cloth.pattern)
    if shape == "peplum":
        add_peplum(garment, SEAMS.get(waist, LEVEL["waist"]))
    lopsided = dress_top(garment, kind.tops, kind.reaches, kind.necklines, ease, neck)
    finish_hem(garment, lower, shape, kind.uneven)
    if lopsided:
        garment.said = [name for name in garment.said if name != "symmetrical"]
        garment.say("asymmetrical")
    return garment


def dress_top(
    garment: Garment,
    tops: Sequence[str],
    reaches: Sequence[float],
    necklines: Sequence[str],
    ease: float,
    neck: float,
) -> bool:
    """Hang a dress on its wearer: sleeves or armholes and a neckline, or straps.

    Args:
        garment: Its body begins at the shoulders.
        tops: ``sleeves``, or names of straps, of which one is chosen.
        reaches: Lengths of sleeves, segments of the arm, of which one is chosen.
        necklines: Names of necklines, of which one is chosen.
        ease: As given to the bodice.
        neck: As given to the bodice.

    Returns:
        Whether one shoulder is bare, so that it is not symmetrical.
    """
    taste = garment.taste
    lopsided = "one shoulder" in tops and "asymmetrical" in taste.wanted
    top = "one shoulder" if lopsided else taste.pick(*tops)
    if top in STRAPS:
        cut_straps(garment, top)
        return top == "one shoulder"
    reach = float(taste.rng.choice(reaches))
    if reach or "sleeve" in taste.wanted:
        reach = reach or 0.5
        garment.sleeves = [sleeve(garment.figure, taste.rng, side, reach=reach, ease=ease) for side in (0, 1)]
        garment.panels += garment.sleeves
    cut_neckline(garment, taste.pick(*necklines), neck)
    return False


def shaped(figure: Figure, taste: Taste, body: Panel, shape: str, hem: float, ease: float) -> Panel:
    """Give a sheet that falls from the shoulders without a seam the silhouette of a skirt.

    Args:
        figure: Who wears it.
        taste: Gives chance.
        body: A bodice as long as the dress.
        shape: Full name of a shape of :data:`SKIRTS`.
        hem: Height of its hem, centimetres below the crown.
        ease: Room of its fit at the chest, centimetres.
    """
    start = LEVEL["bust"] + 1
    loose = max(ease - 1.5, 0.0)
    knots: list[Point] = [(start, figure.half_width("bust", ease))]
    if shape == "straight" and ease > 2:
        knots += [
            (LEVEL["hip"], figure.half_width("hip", 0.8 + loose)),
            (hem, figure.half_width("hip", 1.2 + loose)),
        ]
    else:
        knots += [(y, half + loose) for y, half in SKIRTS[shape](figure, start, hem) if y > start + 5]
    sheet = body.denser(46, int(24 + 2.6 * DRAPES[shape].folds))
    place = sheet.points[:, [0, -1], 1].mean(axis=1)
    half = np.linalg.norm(sheet.points[:, -1] - sheet.points[:, 0], axis=1) / 2
    target = np.where(place > start, profile(knots, place), half)
    middle = (sheet.points[:, :1] + sheet.points[:, -1:]) / 2
    wider = (target / half)[:, None]
    points = sheet.points.copy()
    points[..., 0] = middle[..., 0] + (points[..., 0] - middle[..., 0]) * wider
    share = ((place - place[0]) / (place[-1] - place[0]))[:, None]
    points[..., 1] -= share**3 * 0.7 * float((points[-1, :, 1]).max() - hem)
    sheet = replace(sheet, points=points, relief=sheet.relief * wider**0.6)
    drape = dict(vars(DRAPES[shape]))
    drape["start"], drape["gather"] = max(0.3, drape["start"]), 0.0
    drape["depth"] = max(drape["depth"], 0.4 + 0.16 * ease)
    return seen_from_above(sheet, hang(sheet, taste.rng, **drape))


def _two_parts(
    figure: Figure,
    taste: Taste,
    shape: str,
    waist: str,
    ease: float,
    neck: float,
    hem: float,
    gather: float | None,
) -> tuple[Panel, Panel]:
    """Cut bodice and skirt that meet at a waistline."""
    seam = SEAMS[waist]
    basque = waist == "basque (wasitline)"
    room = min(ease, 2.2)
    at_waist = room + 1.6 if waist in ("low waist", "dropped waistline") else min(0.4 * room, 0.9)
    lower = hang_skirt(figure, taste, shape, seam, hem, gather=gather)
    half = float(np.linalg.norm(lower.points[0, -1] - lower.points[0, 0])) / 2
    upper = bodice(
        figure, taste.rng, ease=ease, hem=seam + (POINT + 1.5 if basque else 2.5), neck=neck, waist=at_waist,
        hip=0.3, hem_half=None if basque else half - 0.2,
    )  # fmt: skip
    return upper, pointed(lower) if basque else lower
