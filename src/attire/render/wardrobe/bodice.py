"""The bodice: the front of a garment from the shoulders to a hem, with the armholes where sleeves begin."""

from dataclasses import dataclass, replace

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import hanging_folds, rumple
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, Point
from attire.render.person import LEVEL, Figure
from attire.render.wardrobe.drape import bust, pulled, slack

__all__ = ["ROOM", "Room", "armhole", "bodice", "shoulder_y"]


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a fit leaves between half the body's width and the cloth, centimetres."""

    chest: float
    waist: float
    hip: float


ROOM = {
    "tight (fit)": Room(chest=0.4, waist=0.2, hip=0.4),
    "curved (fit)": Room(chest=1.0, waist=-0.7, hip=4.2),
    "regular (fit)": Room(chest=2.4, waist=4.8, hip=2.8),
    "loose (fit)": Room(chest=5.0, waist=8.3, hip=5.4),
    "oversized": Room(chest=8.5, waist=13.0, hip=9.5),
}
"""Room of each fit, by the attribute's full name."""


def shoulder_y(figure: Figure, x: float) -> float:
    """Height of the shoulder's slope at a distance from the middle of the straight body, centimetres."""
    tip = figure.half_width("shoulder") - 0.4
    return float(np.interp(x, [4.0, 7.5, 0.7 * tip, tip], [26.6, 28.2, 30.0, 32.2]))


def armhole(figure: Figure, side: int, ease: float) -> tuple[Point, Point]:
    """Find where a sleeve begins: the tip of the shoulder, and below the armpit.

    Args:
        figure: Who wears it.
        side: 0 for the photo's left arm, 1 for its right.
        ease: Room over the body's half-width, centimetres; from 2.5 on the shoulder drops down the arm.

    Returns:
        Both ends in the pose, centimetres.
    """
    out = (-1, 1)[side]
    tip = np.array(figure.at(out * (figure.half_width("shoulder") - 0.4 + 0.25 * min(ease, 2.5)), 32.6))
    if ease > 2.5:
        shoulder, elbow = (np.asarray(point) for point in figure.arms[side][:2])
        ahead = (elbow - shoulder) / np.linalg.norm(elbow - shoulder)
        away = out * np.array([ahead[1], -ahead[0]])
        on_arm = shoulder + (ease - 4.2) * ahead + (4.6 * (0.5 + 0.5 * figure.breadth) + 0.28 * ease) * away
        share = min(1.0, (ease - 2.5) / 3.0)
        tip = tip * (1 - share) + on_arm * share
    pit = figure.at(out * (figure.half_width("armpit") + 0.2 + 0.8 * ease), 43.4 + 0.7 * ease)
    return (float(tip[0]), float(tip[1])), pit


def bodice(
    figure: Figure,
    rng: Rng,
    *,
    ease: float,
    hem: float,
    neck: float = 8.0,
    waist: float | None = None,
    hip: float | None = None,
    hem_half: float | None = None,
    columns: int = 28,
) -> Panel:
    """Cut the front of a garment from the shoulders to a hem.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        ease: Room over the body's half-width at the chest, centimetres.
        hem: Height of the hem, centimetres below the crown.
        neck: Half the width between the points where the shoulder seams meet the neck, centimetres.
        waist: Room at the waist, centimetres; by default as at the chest.
        hip: Room at the hip; by default as at the chest.
        hem_half: Half the width of the hem; by default as the body is there, and room.
        columns: Points across.
    """
    waist, hip = ease if waist is None else waist, ease if hip is None else hip
    left, right = (_edge(figure, side, ease, waist, hip, hem, neck, hem_half) for side in (0, 1))
    y = (left[:, 1] + right[:, 1]) / 2
    half = np.abs(right[:, 0] - left[:, 0]) / 2
    sag = np.clip((y - LEVEL["bust"]) / 100, -0.06, 0.5) * half * 0.35
    depth = profile([(28, 4.0), (37, 8.0), (48, 10.5), (65, 9.0), (84, 11.0)], y) * figure.breadth
    depth += 0.5 * ease
    sheet = between(left, right, bulge=depth, sag=sag, turn=figure.turn, columns=columns)
    s, _ = sheet.grid()
    shown = np.abs(s + figure.turn * (1 - s**2))
    sheet = replace(sheet, relief=depth[:, None] * (1 - shown**2.5) ** 0.5)
    return sheet.raised(bust(sheet, figure, ease) + _folds(sheet, rng, figure, ease, waist, hem))


def _edge(
    figure: Figure,
    side: int,
    ease: float,
    waist: float,
    hip: float,
    hem: float,
    neck: float,
    hem_half: float | None,
) -> Floats:
    """One edge in the pose: shoulder seam, armhole, side seam; shape (42, 2)."""
    out = (-1, 1)[side]
    tip, pit = (np.asarray(point) for point in armhole(figure, side, ease))
    neck_point = figure.at(out * neck, shoulder_y(figure, neck))
    natural = armhole(figure, side, min(ease, 2.5))[0]
    knots = np.array([neck_point, natural, tip] if ease > 2.5 else [neck_point, tip])
    places = [0.0, 0.62, 1.0] if ease > 2.5 else [0.0, 1.0]
    share = np.linspace(0, 1, 9)
    axes = (profile(list(zip(places, knots[:, k].tolist(), strict=True)), share) for k in (0, 1))
    shoulder = np.stack([*axes], axis=1)
    shoulder[:, 1] -= 0.7 * np.sin(np.pi * share)
    share = np.linspace(0, 1, 9)[1:, None]
    hole = tip * (1 - share) + pit * share
    hole[:, 0] -= out * (1.6 + 0.1 * ease) * np.sin(np.pi * share[:, 0])
    start = 43.4 + 0.7 * ease
    widths: list[Point] = [
        (start, figure.half_width("armpit") + 0.2 + 0.8 * ease),
        (max(LEVEL["bust"] + 1, start + 2), figure.half_width("bust", ease)),
        (LEVEL["waist"], figure.half_width("waist", waist)),
        (LEVEL["hip"], figure.half_width("hip", hip)),
        (LEVEL["crotch"] + 60, figure.half_width("hip", hip + 2)),
    ]
    if hem_half is not None:
        widths = [knot for knot in widths[:-1] if knot[0] < hem - 4] + [(hem, hem_half)]
    y = np.linspace(start, hem, 26)[1:]
    seam = figure.pose(np.stack([out * profile(widths, y), y], axis=1))
    return np.concatenate([shoulder, hole, seam])


def _folds(sheet: Panel, rng: Rng, figure: Figure, ease: float, waist: float, hem: float) -> Floats:
    """What the fit makes of the cloth: tension across a tight bodice, long falls in a wide one."""
    folds = rumple(sheet, rng, 0.22 + 0.05 * ease, waves=10 + int(ease))
    pit = sheet.t_for(44.5 + 0.7 * ease)
    for side in (-1, 1):
        towards = (side * 0.1, pit + (0.12 if ease < 1.5 else 0.45))
        folds = folds + pulled(sheet, rng, (side * 0.97, pit), towards, 0.45 + 0.05 * ease)
    if hem > LEVEL["waist"] + 4:
        folds = folds + slack(sheet, rng, LEVEL["waist"], 0.5 if waist < 3 else 0.35, 5 if waist < 1.5 else 3)
    if ease > 3.5 or waist > 6:
        folds = folds + hanging_folds(sheet, rng, 3.6, 0.16 * max(ease, 0.6 * waist))
    return folds
