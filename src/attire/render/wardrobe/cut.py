"""How tops are cut: fit and length chosen, bodice sewn, hem finished."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.layer import Piece
from attire.render.paths import Floats, polygon, subtract, union
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bodice import ROOM, bodice
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.drape import pulled
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.garment import Garment, cloth_for
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings.front import draw_on_front

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["CROPPED", "FITS", "Top", "cut_top", "finished", "shape_hem", "soft_cloth"]

FITS = ("tight (fit)", "curved (fit)", "regular (fit)", "loose (fit)", "oversized")
OVER = 1.5
"""Room that a top needs to lie over a waistband, centimetres."""
CROPPED = ("above-the-hip (length)",)


@dataclass(frozen=True, kw_only=True)
class Top:
    """What a kind of top leaves to choose."""

    category: str
    """Full category name."""
    fits: tuple[str, ...] = FITS
    """Full names of the fits."""
    lengths: tuple[str, ...] = ("above-the-hip (length)", "hip (length)")
    """Full names of the lengths."""
    flare: float | None = None
    """How far its hem stands off the hip to each side, centimetres; by default as the fit has it."""


def cut_top(figure: Figure, taste: Taste, kind: Top, cloth: Cloth, neck: float) -> tuple[Garment, float]:
    """Choose fit and length of a top and cut its bodice.

    Args:
        figure: Who wears it.
        taste: Makes the choices.
        kind: What there is to choose.
        cloth: What it is made of.
        neck: Half the width between the points where shoulder and neck meet, centimetres.

    Returns:
        The garment, which says its length and fit, and the room at its chest, centimetres.
    """
    fit, length = taste.pick(*kind.fits), taste.pick(*kind.lengths)
    room = ROOM[fit]
    hem = HEM[length] + taste.between(-1.5, 2.0)
    if length == "above-the-hip (length)":
        hem = taste.between(62.0, 74.0)
    over = hem > LEVEL["waist"] + 1
    waist = max(room.waist, OVER) if over else room.waist
    half = None if kind.flare is None else figure.half_width("hip", kind.flare)
    body = bodice(
        figure,
        taste.rng,
        ease=room.chest,
        waist=waist,
        hip=max(room.hip, OVER),
        hem=hem,
        neck=neck,
        hem_half=half,
    )
    garment = Garment(category=kind.category, figure=figure, taste=taste, cloth=cloth, body=body)
    garment.say(length, fit)
    if fit == "tight (fit)":
        _stretch(garment)
    if fit == "curved (fit)":
        _princess_seams(garment)
    return garment, room.chest


def finished(garment: Garment, *said: str) -> list[Piece]:
    """Say what holds, choose a finish and decorations, and hand the top over."""
    if "asymmetrical" not in garment.said and "asymmetrical" not in said:
        garment.say("symmetrical")
    if not any(name.endswith(("waist", "waistline")) for name in (*garment.said, *said)):
        garment.say("no waistline")
    garment.say(*said, garment.cloth.pattern)
    finish(garment)
    decorate(garment)
    return garment.pieces()


def shape_hem(garment: Garment, shorter: Floats) -> None:
    """Cut the lower edge of a bodice along a curve.

    Args:
        garment: Gets the cut.
        shorter: How much shorter than its longest point it is at even places from left to right,
            centimetres, shape (N,).
    """
    body, s = garment.body, np.linspace(-1, 1, len(shorter))
    curve = body.on(np.stack([s, 1 - shorter / body.height], axis=1))
    low, (left, right) = float(body.points[..., 1].max()) + 8, curve[[0, -1]]
    ends = [(right[0] + 9, right[1]), (right[0] + 9, low), (left[0] - 9, low), (left[0] - 9, left[1])]
    beneath = polygon(np.concatenate([curve, ends]))
    sleeves = [sleeve.outline() for sleeve in garment.sleeves]
    garment.cuts.append(subtract(beneath, union(sleeves)) if sleeves else beneath)
    seam = curve - (0.0, 1.5)

    def draw(painter: "Painter") -> None:
        painter.seam(seam, 0.3, 0.3)

    draw_on_front(garment, draw)


def soft_cloth(taste: Taste, *weaves: str) -> Cloth:
    """Choose one of several weaves, and a cloth of it: satin gleams, chiffon lets a little through."""
    weave = str(taste.rng.choice(weaves))
    cloth = cloth_for(taste, weave)
    if weave == "satin":
        return replace(cloth, gloss=taste.between(0.15, 0.4))
    if weave == "chiffon":
        return replace(cloth, opacity=taste.between(0.8, 0.95))
    return cloth


def _stretch(garment: Garment) -> None:
    """Creases of a cloth that is stretched across bust and waist."""
    body, rng = garment.body, garment.rng
    folds = np.zeros(body.relief.shape)
    for side in (-1, 1):
        for y, inward in ((LEVEL["bust"] + 3, 0.25), (LEVEL["waist"] - 2, 0.1), (LEVEL["waist"] + 3, 0.2)):
            if y < body.at(0, 1)[1] - 4:
                t = body.t_for(y)
                folds += pulled(body, rng, (side, t), (side * inward, t + 0.03), 0.75, count=3, reach=11.0)
    garment.replace_panel(body, body.raised(folds))


def _princess_seams(garment: Garment) -> None:
    """Curved seams over bust and waist that shape the body."""
    body = garment.body
    bust, waist = body.t_for(LEVEL["bust"]), min(body.t_for(LEVEL["waist"]), 0.98)
    down = np.linspace(bust - 0.08, 1.0, 16)
    across = np.interp(down, [bust - 0.08, bust, waist, 1.0], [0.68, 0.5, 0.46, 0.52])
    seams = [body.on(np.stack([side * across, down], axis=1)) for side in (-1, 1)]

    def draw(painter: "Painter") -> None:
        for seam in seams:
            painter.seam(seam, 0.5, 0.4)

    draw_on_front(garment, draw)
