"""How dresses are made: a bodice, a skirt, the seam between them, and what holds it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from attire.render.cloth import Cloth
from attire.render.panel import Panel, profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bare import BARE, bare_shoulders, cut_armholes
from attire.render.wardrobe.bodice import bodice
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.hanging import hang, seen_from_above
from attire.render.wardrobe.lengths import EASE, HEM
from attire.render.wardrobe.necklines import NECKLINES, cut_neckline, neck_width
from attire.render.wardrobe.silhouettes import DRAPES, SKIRTS
from attire.render.wardrobe.skirts import add_peplum, finish_hem, hang_skirt
from attire.render.wardrobe.sleeve_kinds import sew_sleeves
from attire.render.wardrobe.waistlines import POINT, SEAMS, pointed, sew_waist

__all__ = ["Dress", "TopPart", "choose_top", "sew_dress", "sew_top", "shaped"]

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
    """What holds it up: ``sleeves``, ``sleeveless``, or names of bare shoulders."""
    sleeves: tuple[str, ...] = ("cap", "short", "elbow", "three-quarter", "long", "puff", "flutter")
    """Kinds of its sleeves."""
    necklines: tuple[str, ...] = (*NECKLINES,)
    """Names of its necklines, where it has shoulders."""
    collar: str = ""
    """A name of the collars, which lies on a neckline and is buttoned."""
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
    top = choose_top(taste, kind.tops, kind.sleeves, kind.necklines, kind.collar)
    ease, neck, hem = top.room(EASE[fit]), top.neck, HEM[length]
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
    sew_top(garment, top, ease)
    finish_hem(garment, lower, shape, 0.0 if top.lopsided else kind.uneven, lopsided=top.lopsided)
    return garment


@dataclass(frozen=True, kw_only=True)
class TopPart:
    """What covers, or leaves bare, the shoulders of a dress or jumpsuit."""

    hold: str
    """``sleeves``, ``sleeveless``, or a name of bare shoulders."""
    sleeve: str
    """The kind of sleeves."""
    neckline: str
    """The name of the neckline."""
    neck: float
    """Half the width of the neckline on the shoulders, centimetres."""
    collar: str
    """The name of the collar; empty for none."""

    @property
    def lopsided(self) -> bool:
        """Whether one shoulder is bare."""
        return self.hold == "one shoulder"

    def room(self, ease: float) -> float:
        """Keep a bodice close to the chest where nothing but that holds it, centimetres."""
        return min(ease, 0.8) if self.hold in BARE else ease


def choose_top(
    taste: Taste, tops: Sequence[str], sleeves: Sequence[str], necklines: Sequence[str], collar: str = ""
) -> TopPart:
    """Choose what holds a garment up; arguments are options as in :class:`Dress`."""
    hold = taste.pick(*tops)
    if "one shoulder" in tops and "asymmetrical" in taste.wanted:
        hold = "one shoulder"
    if "sleeves" in tops and "sleeve" in taste.wanted:
        hold = "sleeves"
    neckline = taste.pick(*necklines)
    neck = (
        7.8 if collar else 5.5 if hold == "halter" else 8.5 if hold in BARE else neck_width(taste, neckline)
    )
    return TopPart(hold=hold, sleeve=taste.pick(*sleeves), neckline=neckline, neck=neck, collar=collar)


def sew_top(garment: Garment, top: TopPart, ease: float) -> None:
    """Sew sleeves in or cut the armholes, and cut the neckline; or bare the shoulders.

    Args:
        garment: Its body is a bodice.
        top: What was chosen.
        ease: Room at the chest, as given to the bodice, centimetres.
    """
    if top.hold in BARE:
        bare_shoulders(garment, top.hold)
        return
    if top.hold == "sleeves":
        sew_sleeves(garment, top.sleeve, ease)
    else:
        strap = garment.figure.half_width("shoulder") - garment.taste.between(2.5, 5.0)
        cut_armholes(garment, max(strap, top.neck + 2.5), min(ease, 4.0))
    cut_neckline(garment, top.neckline, top.neck, labelled=not top.collar)


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
