"""The sheets garments are cut from: bodice, skirt, sleeve and trouser leg."""

from collections.abc import Sequence

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import creases, hanging_folds, rumple
from attire.render.panel import Panel, between, profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure
from attire.render.wardrobe.bodice import bodice
from attire.render.wardrobe.sleeves import sleeve

__all__ = ["bodice", "leg", "skirt", "sleeve"]


def skirt(
    figure: Figure,
    rng: Rng,
    knots: Sequence[Point],
    *,
    folds: float = 5.0,
    depth: float = 2.0,
    flare: float = 0.7,
    rows: int = 34,
    columns: int = 30,
) -> Panel:
    """Cut a skirt from ``(height, half-width)`` knots, top to hem, centimetres.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        knots: Its silhouette.
        folds: How many folds hang across half its front.
        depth: Their depth at the hem, centimetres.
        flare: How much a pattern spreads with the width, 0 … 1.
        rows: Points down.
        columns: Points across.
    """
    y = np.linspace(knots[0][0], knots[-1][0], rows)
    half = profile(knots, y)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    sag = np.clip((y - LEVEL["bust"]) / 100, 0, 1.2) * half * 0.3
    sheet = between(left, right, bulge=0.75 * half, sag=sag, turn=figure.turn, flare=flare, columns=columns)
    return sheet.raised(hanging_folds(sheet, rng, folds, depth * (0.4 + half[-1] / 30)))


def leg(
    figure: Figure,
    rng: Rng,
    side: int,
    *,
    top: float,
    hem: float,
    widths: Sequence[Point],
    ease: float = 1.2,
) -> Panel:
    """Cut one leg of trousers with its half of the seat.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        side: 0 for the photo's left leg, 1 for its right.
        top: Height of the waistband, centimetres below the crown.
        hem: Height of the hem.
        widths: ``(height, half-width)`` knots of the leg below the crotch, centimetres.
        ease: Room at waist and hip, centimetres.
    """
    out = (-1, 1)[side]
    y = np.concatenate([np.linspace(top, LEVEL["crotch"], 10), np.linspace(LEVEL["crotch"], hem, 24)[1:]])
    limb = np.asarray(figure.legs[side])
    toe = limb[2] + (limb[2] - limb[1]) * 0.3
    spine = np.interp(y, [*limb[:, 1], toe[1]], [*limb[:, 0], toe[0]])
    half = profile(widths, y)
    torso = profile(
        [(LEVEL["waist"] - 6, figure.half_width("waist", ease)), (LEVEL["waist"], figure.half_width("waist", ease)), (LEVEL["hip"], figure.half_width("hip", ease))], y
    )  # fmt: skip
    share = np.clip((y - (LEVEL["hip"] - 3)) / 22, 0, 1) ** 1.3
    hips = figure.pose(np.stack([out * torso, y], axis=1))
    middle = figure.pose(np.stack([np.full_like(y, figure.turn * 9), y], axis=1))
    outer = np.stack(
        [hips[:, 0] * (1 - share) + (spine + out * half) * share, hips[:, 1] * (1 - share) + y * share],
        axis=1,
    )
    inner_share = np.clip((y - LEVEL["crotch"]) / 14, 0, 1) ** 0.6
    inner = np.stack(
        [
            middle[:, 0] * (1 - inner_share) + (spine - out * half) * inner_share,
            middle[:, 1] * (1 - share) + y * share,
        ],
        axis=1,
    )
    left, right = (outer, inner) if side == 0 else (inner, outer)
    gap = np.abs(outer[:, 0] - inner[:, 0]) / 2
    sag = np.clip((y - LEVEL["bust"]) / 100, 0, 1.2) * gap * 0.25
    sheet = between(left, right, bulge=gap * 0.9, sag=sag * share, flare=0.6, columns=18)
    folds = rumple(sheet, rng, 0.4, waves=11)
    if hem > LEVEL["knee"] + 10:
        folds = folds + creases(sheet, rng, (LEVEL["knee"] - top) / (hem - top), 0.4, 3)
        folds = folds + creases(sheet, rng, 0.96, 0.5, 3)
    return sheet.raised(folds)
