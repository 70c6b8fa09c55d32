"""The sleeve: set into the armhole of a bodice, from its head over the shoulder to its cuff."""

from collections.abc import Sequence

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import creases, rumple
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, Point
from attire.render.person import Figure
from attire.render.person.figure import Limb
from attire.render.wardrobe.bodice import armhole
from attire.render.wardrobe.drape import gathers, pulled

__all__ = ["sleeve"]

UPPER, FORE = 29.0, 25.0
"""Lengths of upper arm and forearm that ``reach`` counts in, centimetres."""


def sleeve(
    figure: Figure,
    rng: Rng,
    side: int,
    *,
    reach: float,
    ease: float,
    cuff: float | None = None,
    head: float = 0.0,
    fullness: Sequence[Point] = (),
    gathered: tuple[float, float] = (0.0, 0.0),
    start: float | None = None,
) -> Panel:
    """Cut a sleeve that covers ``reach`` of an arm: 1 ends at the elbow, 2 at the wrist.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        side: 0 for the photo's left arm, 1 for its right.
        reach: Length, in segments of the arm, 0.15 … 2.05.
        ease: Room around the arm, centimetres; as given to the bodice, so that both meet.
        cuff: Half the width at its end, centimetres; by default as the arm is there, and room.
        head: How far a puffed head stands off the shoulder, centimetres.
        fullness: ``(share of the length, centimetres)`` knots that widen it to each side.
        gathered: Depth of gathers at head and cuff, centimetres.
        start: Where it begins instead of at the shoulder, centimetres down the arm: a bare shoulder.
    """
    steps, spine, out = _spine(figure.arms[side], side)
    end = UPPER * reach if reach <= 1 else UPPER + FORE * (reach - 1)
    tip, pit = armhole(figure, side, ease)
    (d_tip, o_tip), (d_pit, o_pit) = (_local(point, figure.arms[side], side) for point in (tip, pit))
    if start is not None:
        d_tip, o_tip = start, float(_arm(figure, start)) + 0.5
        d_pit = max(d_pit, start + 2.0)

    def width(d: Floats) -> Floats:
        share = np.clip((d - d_tip) / (end - d_tip), 0, 1)
        room = _arm(figure, d) + 0.45 * min(ease, 2.5) + 0.36 * max(ease - 2.5, 0.0)
        if fullness:
            room = room + profile(list(fullness), share)
        if cuff is not None:
            near = np.clip((share - 0.86) / 0.1, 0, 1) if fullness else share**1.5
            room = room * (1 - near) + cuff * near
        return np.asarray(room)

    rows = max(12, int(0.55 * end) + 8)
    base = np.linspace((d_tip + d_pit) / 2, end, rows)
    skew = np.clip(1 - (base - base[0]) / 14.0, 0, 1)
    outer, inner = (base + (d - base[0]) * skew for d in (d_tip, d_pit))
    rise = 1 - (1 - np.clip((outer - d_tip) / 6.5, 0, 1)) ** 2
    puff = head * np.sin(np.pi * np.clip((outer - d_tip) / max(11.0 + head, 0.5 * end), 0, 1)) ** 0.6
    off_outer = o_tip * (1 - rise) + width(outer) * rise + puff
    fall = 1 - (1 - np.clip((inner - d_pit) / 8, 0, 1)) ** 2
    off_inner = min(o_pit, -0.95 * float(width(np.array([d_pit]))[0])) * (1 - fall) - width(inner) * fall

    def placed(d: Floats, off: Floats) -> Floats:
        at = np.stack([np.interp(d, steps, spine[:, k]) for k in (0, 1)], axis=1)
        away = np.stack([np.interp(d, steps, out[:, k]) for k in (0, 1)], axis=1)
        return np.asarray(at + away * off[:, None])

    edges = placed(outer - 0.75 * puff * (1 - rise * 0.6), off_outer), placed(inner, off_inner)
    left, right = edges if side == 0 else edges[::-1]
    bulge = 0.9 * np.linalg.norm(right - left, axis=1) / 2
    columns = 34 if max(gathered) > 0 else 16
    sheet = _rounded_ends(between(left, right, bulge=bulge, flare=1.0, columns=columns), figure, side)
    folds = rumple(sheet, rng, 0.22 + 0.05 * ease, waves=3 + int(4 * reach))
    folds = folds + pulled(sheet, rng, (0.0, -0.02), (0.0, 0.5), 0.3 + 0.03 * ease, reach=9.0)
    if reach > 1.1:
        bend = (UPPER - base[0]) / (end - base[0])
        folds = folds + creases(sheet, rng, bend, 0.35 + 0.06 * ease)
        folds = folds + creases(sheet, rng, 0.92, 0.25 + 0.05 * ease, 3)
    if max(gathered) > 0:
        top, bottom = gathered
        folds = folds + gathers(sheet, rng, top=top, bottom=bottom, count=5.0, reach=4 + 2.2 * reach)
    return sheet.raised(folds)


def _arm(figure: Figure, d: float | Floats) -> "Floats":
    """Half the width of a sleeve without room, ``d`` centimetres down the arm."""
    half = np.interp(d, [0, 7, 14.5, 29, 42, 54], [5.7, 5.6, 5.2, 4.5, 4.1, 3.2])
    return np.asarray(half * (0.6 + 0.4 * figure.breadth))


def _spine(limb: Limb, side: int) -> tuple[Floats, Floats, Floats]:
    """Run a smooth line down the arm: distances, points and directions away from the body."""
    shoulder, elbow, wrist = (np.asarray(point) for point in limb)
    upper, fore = (elbow - shoulder) / np.linalg.norm(elbow - shoulder), wrist - elbow
    knots = np.stack([shoulder - 15 * upper, shoulder, elbow, wrist, wrist + fore * 0.5])
    steps = np.arange(-12.0, UPPER + 1.3 * FORE, 0.5)
    places = [-15.0, 0.0, UPPER, UPPER + FORE, UPPER + 1.5 * FORE]
    line = np.stack([np.interp(steps, places, knots[:, k]) for k in (0, 1)], axis=1)
    kernel = np.ones(13) / 13
    smooth = np.stack([np.convolve(np.pad(line[:, k], 6, "edge"), kernel, "valid") for k in (0, 1)], axis=1)
    smooth[:6], smooth[-6:] = line[:6], line[-6:]
    ahead = np.gradient(smooth, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    sign = (-1, 1)[side]
    return steps, smooth, sign * np.stack([ahead[:, 1], -ahead[:, 0]], axis=1)


def _local(point: Point, limb: Limb, side: int) -> Point:
    """Turn a point into centimetres down the upper arm and away from its axis."""
    shoulder, elbow = (np.asarray(p) for p in limb[:2])
    ahead = (elbow - shoulder) / np.linalg.norm(elbow - shoulder)
    x, y = np.asarray(point) - shoulder
    return float(x * ahead[0] + y * ahead[1]), float((-1, 1)[side] * (x * ahead[1] - y * ahead[0]))


def _rounded_ends(sheet: Panel, figure: Figure, side: int) -> Panel:
    """Bow the armhole's seam towards the neck, and the hem around the arm."""
    s, t = sheet.grid()
    hole = sheet.points[0, -1] - sheet.points[0, 0]
    inward = np.array([hole[1], -hole[0]]) / (np.linalg.norm(hole) + 1e-9)
    inward *= np.sign(inward[0] * (1, -1)[side]) or 1.0
    ahead = sheet.points[-1].mean(axis=0) - sheet.points[-3].mean(axis=0)
    ahead /= np.linalg.norm(ahead) + 1e-9
    reach = np.linalg.norm(sheet.points[-1, -1] - sheet.points[-1, 0]) / 2
    bow = 1.6 * (1 - s**2) * np.clip(1 - 3 * t, 0, 1) ** 2
    round_ = 0.2 * reach * np.sqrt(np.clip(1 - s**2, 0, 1)) * np.clip(2.2 * t - 1.2, 0, 1)
    return sheet.moved(lambda points: points + bow[..., None] * inward + round_[..., None] * ahead)
