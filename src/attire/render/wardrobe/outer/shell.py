"""The shell of jackets, coats and vests: body and sleeves in every length, fit and shape."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.folds import hanging_folds
from attire.render.layer import Piece
from attire.render.paths import Floats, polygon
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.bodice import ROOM, bodice
from attire.render.wardrobe.decorations import decorate
from attire.render.wardrobe.finishes import finish
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.hanging import seen_from_above
from attire.render.wardrobe.lengths import HEM
from attire.render.wardrobe.openings.front import draw_on_front, waist_t
from attire.render.wardrobe.sleeves import sleeve

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["FITS", "SHORT", "band", "complete", "mark_waist", "shell", "slant_hem"]

FITS = ("tight (fit)", "curved (fit)", "regular (fit)", "loose (fit)", "oversized")
SHORT = ("above-the-hip (length)", "hip (length)", "micro (length)")
OVER = 0.8
"""Room for what is worn beneath, centimetres."""


def shell(
    figure: Figure,
    taste: Taste,
    category: str,
    cloth: Cloth,
    *,
    lengths: Sequence[str],
    fits: Sequence[str] = FITS,
    shapes: Sequence[str] = ("straight",),
    neck: float = 8.2,
    reach: float | None = 1.95,
    cuff: float | None = None,
) -> Garment:
    """Cut body and sleeves, and say length, fit, shape and pattern.

    Args:
        figure: Who wears it.
        taste: Makes the choices.
        category: Full category name.
        cloth: What it is made of.
        lengths: Lengths it may have, full attribute names.
        fits: Fits it may have.
        shapes: Shapes it may have: ``straight``, ``a-line``, ``tent``, ``peplum``. A straight one with
            a nipped waist says none.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        reach: Length of the sleeves in segments of the arm; None for a vest.
        cuff: Half the width of the sleeves' ends, centimetres.
    """
    shape = taste.pick(*shapes)
    wide = shape == "tent"
    fit = taste.pick(*((one for one in fits if one in FITS[3:]) if wide else fits))
    length, room = taste.pick(*lengths), ROOM[fit]
    hem, ease = HEM[length], room.chest + OVER
    waist, hip, half = _shape(figure, shape, hem, ease, room.waist + OVER, room.hip + OVER)
    body = bodice(
        figure, taste.rng, ease=ease, hem=hem, neck=neck, waist=waist, hip=hip, hem_half=half, columns=34
    )
    if hem > LEVEL["hip"] + 6 or shape in ("peplum", "tent"):
        full = {"tent": 1.9, "a-line": 1.2, "peplum": 1.5}.get(shape, 0.5)
        start = body.t_for(LEVEL["bust"] if wide else LEVEL["waist"])
        _, t = body.grid()
        fall = np.clip((t - start) / max(1 - start, 0.05), 0, 1)
        folds = hanging_folds(body, taste.rng, 3.0 if shape == "straight" else 4.5, full) * fall
        body = seen_from_above(body, folds)
    garment = Garment(category=category, figure=figure, taste=taste, cloth=cloth, body=body)
    if reach is not None:
        garment.sleeves = [
            sleeve(figure, taste.rng, side, reach=reach, ease=ease, cuff=cuff) for side in (0, 1)
        ]
        garment.panels += garment.sleeves
    garment.say(
        length, fit, cloth.pattern, *([] if shape == "straight" and fit == "curved (fit)" else [shape])
    )
    return garment


def mark_waist(garment: Garment, waists: Sequence[str] = ("no waistline", "normal waist")) -> None:
    """Choose whether a seam divides the body at the waist, and say it."""
    name = garment.taste.pick(*waists)
    garment.say(name)
    if name == "no waistline":
        return
    body, at = garment.body, waist_t(garment)
    _, t = body.grid()
    pinch = -1.1 * np.exp(-(((t - at) * body.height / 2.0) ** 2))
    garment.replace_panel(body, body.raised(pinch))

    def draw(painter: "Painter") -> None:
        places = np.linspace(-1, 1, 15)
        painter.seam(body.on([(s, at - 0.6 / body.height) for s in places]), 0.6, 0.45)
        painter.seam(body.on([(s, at + 2.8 / body.height) for s in places]), 0.45, 0.35)

    draw_on_front(garment, draw)


def slant_hem(garment: Garment) -> None:
    """Cut the hem aslant from one side to the other, and say so."""
    body, side = garment.body, float(garment.rng.choice([-1.0, 1.0]))
    s = np.linspace(-1, 1, 21)
    rise = garment.taste.between(10.0, 16.0) / body.height
    curve = body.on(np.stack([s, 1 - rise * (0.5 + 0.5 * side * s)], axis=1))
    low = float(body.points[..., 1].max()) + 9
    ends = np.array([[curve[-1, 0] + 12, curve[-1, 1]], [curve[-1, 0] + 12, low], [curve[0, 0] - 12, low]])
    garment.cuts.append(polygon(np.concatenate([curve, ends, [[curve[0, 0] - 12, curve[0, 1]]]])))
    garment.say("asymmetrical")


def band(garment: Garment, top: float, bottom: float, *, ribbed: bool = True) -> None:
    """Draw a band with ribs across the body between two places down: a bomber's waistband."""
    body = garment.body
    places = np.linspace(-1, 1, 61)

    def draw(painter: "Painter") -> None:
        painter.seam(body.on([(s, top) for s in places[::4]]), 0.6, 0.45)
        for upper, lower in zip(*(body.on([(s, t) for s in places]) for t in (top, bottom)), strict=True):
            if ribbed:
                painter.canvas.drawLine(*upper.tolist(), *lower.tolist(), painter.pen("#000000", 0.3, 0.3))

    draw_on_front(garment, draw)


def complete(garment: Garment) -> list[Piece]:
    """Give it a finish, now and then a decoration, and its symmetry; hand out its pieces."""
    if "asymmetrical" not in garment.said:
        garment.say("symmetrical")
    finish(garment)
    decorate(garment)
    return garment.pieces()


def _shape(
    figure: Figure, shape: str, hem: float, ease: float, waist: float, hip: float
) -> tuple[float, float, float | None]:
    """Room at waist and hip and half the hem's width, centimetres."""
    hips = figure.half_width("hip", hip)
    below = max(hem - LEVEL["waist"], 0.0)

    def spread(start: float, at: float, slope: float) -> Floats:
        line = start + slope * (np.array([LEVEL["waist"], LEVEL["hip"], hem]) - at)
        return np.asarray(line - [figure.half_width("waist"), figure.half_width("hip"), 0.0])

    if shape == "tent":
        a, b, c = spread(figure.half_width("bust", ease), LEVEL["bust"], 0.27).tolist()
        return a, b, c
    if shape == "peplum":
        _, b, c = spread(figure.half_width("waist", 0.8), LEVEL["waist"] - 1, 0.62).tolist()
        return 0.4, b, min(c, figure.half_width("hip") + 11.0)
    if shape == "a-line":
        return waist, hip, max(figure.half_width("waist", waist), hips - 4) + 3.0 + 0.19 * below
    return waist, hip, hips + 0.6 if hem > LEVEL["hip"] + 4 else None
