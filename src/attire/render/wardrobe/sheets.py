"""The sheets garments are cut from: bodice, skirt, sleeve and trouser leg."""

from collections.abc import Sequence

import numpy as np

from attire.render.folds import creases, hanging_folds, rumple
from attire.render.panel import Panel, along, between, profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure
from attire.render.taste import Rng

__all__ = ["bodice", "leg", "skirt", "sleeve"]


def bodice(
    figure: Figure,
    rng: Rng,
    *,
    ease: float,
    hem: float,
    neck: float = 8.0,
    waist: float | None = None,
    hem_half: float | None = None,
) -> Panel:
    """Cut the front of a garment from the shoulders to a hem.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        ease: Room over the body's half-width, centimetres.
        hem: Height of the hem, centimetres below the crown.
        neck: Half the width between the points where the shoulder seams meet the neck, centimetres.
        waist: Room at the waist, centimetres; by default as elsewhere.
        hem_half: Half the width of the hem; by default as the body is there, and room.
    """
    waist = ease if waist is None else waist
    knots: list[Point] = [
        (LEVEL["neck"] + 0.6, neck),
        (LEVEL["shoulder"] + 0.8, figure.half_width("shoulder", min(ease, 2.5) * 0.5)),
        (LEVEL["armpit"], figure.half_width("armpit", ease)),
        (LEVEL["bust"], figure.half_width("bust", ease)),
        (LEVEL["waist"], figure.half_width("waist", waist)),
        (LEVEL["hip"], figure.half_width("hip", ease)),
        (LEVEL["crotch"] + 60, figure.half_width("hip", ease + 2)),
    ]
    if hem_half is not None:
        knots = [knot for knot in knots if knot[0] < hem - 4] + [(hem, hem_half)]
    y = np.concatenate(
        [np.linspace(knots[0][0], LEVEL["armpit"], 10), np.linspace(LEVEL["armpit"], hem, 24)[1:]]
    )
    half = profile(knots, y)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    sag = np.clip((y - LEVEL["bust"]) / 100, -0.06, 0.5) * half * 0.35
    sheet = between(left, right, bulge=11 + ease, sag=sag, turn=figure.turn, columns=26)
    return sheet.raised(rumple(sheet, rng, 0.3 + 0.06 * ease, waves=12 + int(ease)))


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


def sleeve(
    figure: Figure, rng: Rng, side: int, *, reach: float, ease: float, cuff: float | None = None
) -> Panel:
    """Cut a sleeve that covers ``reach`` of an arm: 1 ends at the elbow, 2 at the wrist.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        side: 0 for the photo's left arm, 1 for its right.
        reach: Length, in segments of the arm, 0.15 … 2.05.
        ease: Room around the arm, centimetres.
        cuff: Half the width at its end, centimetres; by default as the arm is there, and room.
    """
    limb = np.asarray(figure.arms[side])
    ahead = (limb[1] - limb[0]) / np.linalg.norm(limb[1] - limb[0])
    cap = limb[0] - ahead * 4.2 + (0.0, 0.6)
    beyond = limb[2] + (limb[2] - limb[1]) * 0.2
    knots = [0.0, *(k for k in (0.25, 0.5, 1.0, 1.5) if k < reach - 0.12), reach]
    spine = [[np.interp(k, [0, 1, 2, 2.2], [*limb[:, a], beyond[a]]) for a in (0, 1)] for k in knots]
    arm = np.interp(knots, [0, 0.25, 0.5, 1, 2], [6.2, 6.0, 5.5, 4.6, 3.4]) * (0.6 + 0.4 * figure.breadth)
    widths = np.concatenate([[2.6], arm + ease * 0.45])
    spine = np.concatenate([[cap], spine])
    if cuff is not None:
        widths[-1] = cuff
    sheet = along(spine, widths, rows=max(10, int(14 * reach)), columns=14)
    folds = rumple(sheet, rng, 0.3 + 0.05 * ease, waves=4 + int(4 * reach))
    if reach > 1.1:
        folds = folds + creases(sheet, rng, 1.0 / reach, 0.35 + 0.06 * ease)
    return sheet.raised(folds)


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
