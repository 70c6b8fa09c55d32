"""How trousers and shorts are made: two legs, a seat, a waistband and what closes it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.panel import Panel
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.flies import fly, seat_seam
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings import close
from attire.render.wardrobe.sheets import leg, seat
from attire.render.wardrobe.silhouettes import LEGS
from attire.render.wardrobe.waistlines import TOPS, put_waistband

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["ROOM", "Trousers", "cuff", "hang_legs", "hem_seam", "sew_trousers"]

WAISTS = (*TOPS,)
ROOM = {"tight (fit)": -0.1, "curved (fit)": 0.2, "regular (fit)": 0.9, "loose (fit)": 2.6, "oversized": 5.0}
"""Centimetres that a fit adds to half the width of a trouser leg and of the hips."""


@dataclass(frozen=True, kw_only=True)
class Trousers:
    """What a kind of trousers is like."""

    category: str = "pants"
    """Full category name: pants or shorts."""
    shapes: tuple[str, ...]
    """Full names of the shapes it comes in."""
    lengths: tuple[str, ...] = ("maxi (length)", "floor (length)", "midi")
    """Full names of the lengths it comes in."""
    fits: tuple[str, ...] = ("regular (fit)",)
    """Full names of its fits."""
    waists: tuple[str, ...] = WAISTS
    """Full names of its waistlines."""
    band: str = "plain"
    """A name of the waistbands."""
    openings: tuple[str, ...] = ("fly (opening)",)
    """Full names of its openings."""
    crease: bool = False
    """Whether it is pressed to a crease."""
    slack: float = 0.42
    """Depth of its folds, centimetres."""
    drop: float = 0.0
    """How far its crotch hangs below the body's, centimetres."""


def sew_trousers(figure: Figure, taste: Taste, kind: Trousers, cloth: Cloth) -> Garment:
    """Cut, join and close trousers or shorts of some kind, with everything said but their finish."""
    shape, length, fit = taste.pick(*kind.shapes), taste.pick(*kind.lengths), taste.pick(*kind.fits)
    waist = taste.pick(*kind.waists)
    top, ease = TOPS[waist], max(ROOM[fit], 0.2)
    garment = Garment(
        category=kind.category, figure=figure, taste=taste, cloth=cloth, body=seat(figure, top, ease)
    )
    garment.say(length, shape, fit, waist, "symmetrical", cloth.pattern)
    hang_legs(
        garment, shape, HEM[length], ROOM[fit], top=top, crease=kind.crease, slack=kind.slack, drop=kind.drop
    )
    put_waistband(garment, top, kind.band, ease=0.7)
    opening = taste.pick(*kind.openings)
    if opening == "fly (opening)":
        fly(garment)
        garment.say(opening)
    else:
        seat_seam(garment)
        close(garment, opening)
    return garment


def hang_legs(
    garment: Garment,
    shape: str,
    hem: float,
    room: float,
    *,
    top: float,
    crease: bool = False,
    slack: float = 0.42,
    drop: float = 0.0,
) -> None:
    """Hang two legs on a garment.

    Args:
        garment: Gets the sheets, and the seams of their hems.
        shape: Full name of a shape of :data:`LEGS`.
        hem: Height of the hem, centimetres below the crown.
        room: What its fit adds to half the width of each leg, centimetres.
        top: Where the legs begin, centimetres below the crown.
        crease: Whether they are pressed to a crease.
        slack: Depth of their folds, centimetres.
        drop: How far the crotch hangs below the body's, centimetres.
    """
    widths = [(y, max(half + room, 4.0)) for y, half in LEGS[shape](garment.figure, top, hem)]
    garment.legs = [
        leg(garment.figure, garment.rng, side, top=top, hem=hem, widths=widths, ease=max(room, 0.2),
            crease=crease, slack=slack, drop=drop)
        for side in (0, 1)
    ]  # fmt: skip
    garment.panels += garment.legs
    for sheet in garment.legs:
        hem_seam(garment, sheet)


def hem_seam(garment: Garment, sheet: Panel, above: float = 2.6) -> None:
    """Draw the seam that runs along a hem, some centimetres above it."""
    points = sheet.on(np.stack([sheet.s, np.full_like(sheet.s, 1 - above / sheet.height)], axis=1))
    garment.details.append(lambda painter: painter.seam(points, 0.34, 0.28))


def cuff(garment: Garment, sheet: Panel, height: float = 5.0) -> None:
    """Gather the end of a leg into a ribbed cuff, some centimetres high."""
    start = 1 - height / sheet.height
    ribs = [sheet.on([(s, start + 0.006), (s, 1.0)]) for s in np.linspace(-0.92, 0.92, 11)]
    gathers = [sheet.on([(s, start - 0.035), (s * 0.98, start)]) for s in np.linspace(-0.8, 0.8, 7)]
    edge = sheet.on(np.stack([sheet.s, np.full_like(sheet.s, start)], axis=1))

    def draw(painter: "Painter") -> None:
        for rib in ribs:
            painter.seam(rib, 0.3, 0.4)
        for gather in gathers:
            painter.seam(gather, 0.3, 0.5)
        painter.seam(edge, 0.6, 0.45)

    garment.details.append(draw)
