"""The sheets that garments of the lower body are cut from: skirt, seat and trouser leg."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import creases, rumple
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, Point
from attire.render.person import LEVEL, Figure
from attire.render.wardrobe.bodice import bodice
from attire.render.wardrobe.hanging import hang, seen_from_above, whiskers
from attire.render.wardrobe.silhouettes import body_half
from attire.render.wardrobe.sleeves import sleeve

__all__ = ["bodice", "leg", "ring", "seat", "skirt", "sleeve"]


def skirt(
    figure: Figure,
    rng: Rng,
    knots: Sequence[Point],
    *,
    folds: float = 4.0,
    depth: float = 1.2,
    start: float = 0.2,
    gather: float = 0.0,
    flare: float = 0.7,
    rows: int = 34,
    columns: int | None = None,
) -> Panel:
    """Cut a skirt from ``(height, half-width)`` knots, top to hem, centimetres; full ones have a waving hem.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        knots: Its silhouette.
        folds: How many folds hang across half its front.
        depth: Their depth at the hem, centimetres.
        start: Where they begin, share of the length.
        gather: Depth of small folds right below the waist, centimetres.
        flare: How much a pattern spreads with the width, 0 … 1.
        rows: Points down.
        columns: Points across; by default as many as the folds need.
    """
    y = np.linspace(knots[0][0], knots[-1][0], rows)
    half = profile(knots, y)
    sag = _sag(y, half)
    share = (y - y[0]) / (y[-1] - y[0])
    lifted = y - (0.85 * sag[-1] + 0.35 * depth) * share**2
    left, right = (figure.pose(np.stack([side * half, lifted], axis=1)) for side in (-1, 1))
    for side, edge in enumerate((left, right)):
        edge[:, 0] = (np.minimum, np.maximum)[side](edge[:, 0], _outer_thigh(figure, side, edge[:, 1]))
    columns = columns or int(20 + 2.4 * folds)
    bulge = 0.75 * half[0] + 0.22 * (half - half[0])
    sheet = between(left, right, bulge=bulge, sag=sag, turn=figure.turn, flare=flare, columns=columns)
    return seen_from_above(sheet, hang(sheet, rng, folds, depth, start, gather))


def ring(figure: Figure, top: float, bottom: float, ease: float, rows: int = 5, columns: int = 26) -> Panel:
    """Cut a band around the body between two heights, as a waistband or a sash."""
    y = np.linspace(top, bottom, rows)
    half = np.array([body_half(figure, height, ease) for height in y])
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    return between(left, right, bulge=0.75 * half + 0.4, sag=_sag(y, half), turn=figure.turn, columns=columns)


def seat(figure: Figure, top: float, ease: float) -> Panel:
    """Cut the front of trousers from the waistband to the crotch: what openings and prints lie on."""
    return ring(figure, top, LEVEL["crotch"] + 1, ease, rows=14, columns=20)


def leg(
    figure: Figure,
    rng: Rng,
    side: int,
    *,
    top: float,
    hem: float,
    widths: Sequence[Point],
    ease: float = 1.2,
    drop: float = 0.0,
    crease: bool = False,
    slack: float = 0.4,
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
        drop: How far the crotch of the trousers hangs below the body's, centimetres.
        crease: Whether it is pressed to a crease.
        slack: Depth of its folds, centimetres.
    """
    out, crotch = (-1, 1)[side], LEVEL["crotch"] + 1 + drop
    y = np.concatenate([np.linspace(top, LEVEL["crotch"], 12), np.linspace(LEVEL["crotch"], hem, 30)[1:]])
    spine, apart = _spines(figure, side, y)
    half = profile(widths, y)
    room = 0.5 + (ease - 0.5) * np.clip((y - top) / 14, 0, 1)
    torso = np.array([body_half(figure, min(height, LEVEL["crotch"])) for height in y]) + room
    down = _eased((y - (LEVEL["hip"] - 8)) / 32)
    below = np.clip((y - crotch) / 13, 0, 1) ** 0.55
    inward = np.clip(apart - 0.2 - 1.1 * np.clip((y - crotch) / 40, 0, 1), 0.5 * half, half)
    hips = figure.pose(np.stack([out * torso, y], axis=1))
    middle = figure.pose(np.stack([np.full_like(y, figure.turn * 0.8 * torso[-1]), y], axis=1))
    outer = _mixed(hips, spine + np.outer(np.minimum(2 * half - inward, 1.28 * half), (out, 0)), down)
    inner = _mixed(middle, spine - np.outer(inward, (out, 0)), below)
    left, right = (outer, inner) if side == 0 else (inner, outer)
    gap = np.abs(outer[:, 0] - inner[:, 0]) / 2
    sheet = between(left, right, bulge=0.9 * gap, sag=0.6 * _sag(y, gap) * below, flare=0.6, columns=20)
    sheet = _around_hips(figure, sheet, y, torso, crotch)
    loose = np.clip((half[-1] / figure.breadth - 8.5) / 5, 0, 1)
    hanging = hang(sheet, rng, 6.0, 1.5 * float(loose), 0.25, 0.0)
    folds = (
        hanging
        + rumple(sheet, rng, slack, waves=11)
        + whiskers(sheet, out, (float(inner[11, 0]), figure.at(0, crotch)[1]), 0.35 + slack)
    )
    if hem > LEVEL["knee"] + 10:
        folds = folds + creases(sheet, rng, (LEVEL["knee"] - top) / (hem - top), slack, 3)
        folds = folds + creases(sheet, rng, 0.955, (1.6 if hem > 160 else 1.0) * slack + 0.2, 3)
    if crease:
        folds = folds + 0.7 * np.exp(-((sheet.s[None] / 0.11) ** 2)) * below[:, None]
    return sheet.raised(folds)


def _sag(y: Floats, half: Floats) -> Floats:
    """How far the middle of a ring around the body hangs below its sides, seen from breast height."""
    return np.asarray(np.clip((y - LEVEL["bust"]) / 100, 0, 1.2) * half * 0.3)


def _spines(figure: Figure, side: int, y: Floats) -> tuple[Floats, Floats]:
    """Find the middle of a leg at heights of the straight body.

    Returns:
        It, shape (R, 2), and how far it is from the point between the legs, shape (R,), below 0 where
        they cross.
    """
    levels = (LEVEL["hip"] + 4, LEVEL["knee"], LEVEL["ankle"], LEVEL["sole"])
    spines = []
    for limb in figure.legs:
        hip, knee, ankle = np.asarray(limb)
        knots = np.array([hip, knee, ankle, ankle + (ankle - knee) * 0.24])
        x, down = (np.interp(y, levels, knots[:, axis]) for axis in (0, 1))
        spines.append(np.stack([x, np.where(y < levels[0], y, down)], axis=1))
    apart = (spines[1] - spines[0])[:, 0] / 2
    return spines[side], apart


def _outer_thigh(figure: Figure, side: int, y: Floats) -> Floats:
    """Where the cloth over a leg must at least reach, centimetres, shape (R,); the axis far from the legs."""
    hip, knee, ankle = np.asarray(figure.legs[side])
    x = np.interp(y, [hip[1], knee[1], ankle[1]], [hip[0], knee[0], ankle[0]])
    half = (
        np.interp(y, [hip[1], 0.6 * hip[1] + 0.4 * knee[1], knee[1], ankle[1]], [8.2, 8.4, 6.5, 4.2])
        * figure.breadth
    )
    reach = x + (-1, 1)[side] * half
    return np.asarray(np.where(y > LEVEL["hip"] + 2, reach, 0.0))


def _eased(share: Floats) -> Floats:
    """Go from 0 to 1 without a kink."""
    share = np.clip(share, 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def _mixed(first: Floats, second: Floats, share: Floats) -> Floats:
    return np.asarray(first * (1 - share)[:, None] + second * share[:, None])


def _around_hips(figure: Figure, sheet: Panel, y: Floats, torso: Floats, crotch: float) -> Panel:
    """Let half a seat be round as part of the whole hips, not for itself."""
    share = np.clip((y - (crotch - 11)) / 18, 0, 1)[:, None]
    axis = figure.pose(np.stack([np.zeros_like(y), y], axis=1))[:, :1]
    across = np.clip((sheet.points[..., 0] - axis) / torso[:, None], -1, 1)
    round_ = np.sqrt(1 - across**2)
    points = sheet.points.copy()
    points[..., 1] += _sag(y, torso)[:, None] * round_ * (1 - share)
    relief = sheet.relief * share + 0.75 * torso[:, None] * round_ * (1 - share)
    return replace(sheet, points=points, relief=relief)
