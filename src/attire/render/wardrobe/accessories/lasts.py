"""What shoes are built on: the foot's form, soles, heels and shafts."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.folds import creases
from attire.render.layer import Layer
from attire.render.panel import Panel, between, profile
from attire.render.paths import Point, polygon
from attire.render.person import Figure, Foot
from attire.render.person.body import leg_panel
from attire.render.wardrobe.accessories.forms import widened

if TYPE_CHECKING:
    import skia

__all__ = [
    "TOES",
    "across",
    "far_first",
    "heel_layer",
    "joined",
    "last",
    "leg_tube",
    "opening",
    "shaft",
    "sole_layer",
]

TOES = {
    "round": ((0, 0.76), (0.25, 0.86), (0.6, 1.0), (0.82, 0.92), (0.94, 0.66), (1, 0.1)),
    "almond": ((0, 0.76), (0.25, 0.84), (0.58, 0.96), (0.8, 0.8), (0.94, 0.46), (1, 0.08)),
    "pointed": ((0, 0.76), (0.25, 0.83), (0.55, 0.94), (0.72, 0.82), (0.86, 0.46), (0.96, 0.16), (1, 0.03)),
    "square": ((0, 0.76), (0.3, 0.88), (0.6, 1.0), (0.88, 0.9), (0.96, 0.76), (1, 0.5)),
    "bare": ((0, 0.76), (0.25, 0.84), (0.6, 0.9), (0.85, 0.84), (0.95, 0.64), (1, 0.15)),
}
"""Half-widths of a shoe from its top (0) to its tip (1), relative to the ball of the foot."""


def far_first(figure: Figure) -> tuple[int, int]:
    """Give the sides of both feet in the order in which they are drawn: the nearer one last."""
    left, right = figure.feet
    return (0, 1) if left.toe[1] <= right.toe[1] else (1, 0)


def last(
    foot: Foot, toes: str, *, top: float = 0.0, longer: float = 0.0, ease: float = 0.0, rows: int = 16
) -> Panel:
    """Cover the foot from above the ankle to the tip of the toes.

    Args:
        foot: Whose foot.
        toes: A shape of the catalogue.
        top: Where it begins, centimetres below the ankle.
        longer: How much further than the toes it reaches, centimetres: heels set the foot upright.
        ease: Room on both sides, centimetres.
        rows: Points from top to tip.
    """
    t = np.sin(np.linspace(0, np.pi / 2, rows))
    (ankle_x, ankle_y), (toe_x, toe_y) = foot.ankle, foot.toe
    start, end = ankle_y + top, toe_y + longer
    y = start + (end - start) * t
    along_foot = np.clip((y - ankle_y) / (end - ankle_y), 0, 1)
    x = ankle_x + (toe_x - ankle_x) * along_foot
    half = profile(TOES[toes], np.maximum(along_foot, 0)) * foot.half_width + ease * (1 - 0.5 * t)
    left, right = np.stack([x - half, y], axis=1), np.stack([x + half, y], axis=1)
    sheet = between(left, right, bulge=half, sag=0.9 * half * ((1 - t) * t + 0.45 * (1 - t) ** 4), columns=12)
    forward = 6.5 * along_foot - 5.0 * np.clip((along_foot - 0.8) / 0.2, 0, 1) ** 2
    return sheet.raised(np.broadcast_to(forward[:, None], sheet.relief.shape))


def sole_layer(form: Panel, thickness: float, cloth: Cloth, *, start: float = 0.4) -> Layer:
    """Put a sole under a shoe: its form once more, as much lower as the sole is thick, centimetres."""
    left, right = form.points[:, 0], form.points[:, -1]
    y = left[:, 1]
    first = float(np.interp(start, form.t, y))
    level = np.concatenate(
        [np.linspace(first, y[-1], 10), y[-1] + thickness * np.sin(np.linspace(0, np.pi / 2, 9))[1:]]
    )
    drops = np.linspace(0, thickness, 14)
    reach = [
        np.min([np.interp(level - drop, y, left[:, 0], right=right[-1, 0]) for drop in drops], axis=0) - 0.25,
        np.max([np.interp(level - drop, y, right[:, 0], right=left[-1, 0]) for drop in drops], axis=0) + 0.25,
    ]
    sheet = between(
        np.stack([reach[0], level], axis=1), np.stack([reach[1], level], axis=1), bulge=2.0, columns=10
    )
    return Layer(path=sheet.outline(), cloth=cloth, panels=(sheet,), thickness=0.5)


def heel_layer(foot: Foot, form: Panel, kind: str, cloth: Cloth) -> Layer:
    """Set a stiletto or a block behind the foot: it shows on the side away from the toes."""
    reach = foot.toe[0] - foot.ankle[0]
    side = -np.sign(reach) if abs(reach) > 0.6 else -float(foot.side)
    wide, foot_wide = {"stiletto": (0.4, 1.5), "block": (1.1, 1.6)}[kind]
    x = foot.ankle[0] + side * (0.3 * foot.half_width + 0.2 * abs(reach))
    top, floor = foot.ankle[1] + 3.5, form.points[-1, 0, 1] - 2.0
    y = np.linspace(top, floor, 7)
    half = wide + (foot_wide - wide) * (1 - np.linspace(0, 1, 7)) ** 1.8
    left, right = np.stack([x - half, y], axis=1), np.stack([x + half, y], axis=1)
    sheet = between(left, right, bulge=half, columns=8)
    return Layer(path=sheet.outline(), cloth=cloth, panels=(sheet,), thickness=0.4)


def opening(form: Panel, depth: float, width: float = 0.74, *, pointed: float = 2.0) -> "skia.Path":
    """Where the foot shows in a low-cut shoe: from its top down to place ``depth``."""
    s = np.linspace(-1, 1, 15)
    lower = np.stack([s * width, depth * np.clip(1 - np.abs(s) ** pointed, 0, 1) + 0.02], axis=1)
    edge = form.on(lower)
    lift = edge[[-1, 0]] + [(1.0, -6.0), (-1.0, -6.0)]
    return polygon(np.concatenate([edge, lift]))


def leg_tube(
    figure: Figure, side: int, top: float, bottom: float, *, ease: float = 0.3, rows: int = 16
) -> Panel:
    """Cover a leg between two heights, centimetres below the crown."""
    leg = leg_panel(figure, side)
    middle = leg.points.mean(axis=1)[:, 1]
    places = np.interp([top, bottom], middle, leg.t)
    tube = leg.part((-1, 1), (float(places[0]), float(places[1])), rows=rows, columns=12)
    return widened(tube, ease)


def shaft(
    figure: Figure, side: int, top: float, rng: np.random.Generator, *, ease: float, ankle: float = 0.5
) -> Panel:
    """The leg of a boot, creased at the ankle: ``ease`` on top, ``ankle`` at the ankle, centimetres."""
    bottom = figure.feet[side].ankle[1]
    long = bottom - top
    tube = leg_tube(figure, side, top, bottom, ease=0.0, rows=max(8, int(long / 2.2)))
    tube = widened(tube, ankle + (ease - ankle) * (1 - tube.t) ** 0.8)
    s, t = tube.grid()
    dip = 0.5 * (1 - s**2) * np.exp(-t * long / 4)
    tube = tube.moved(lambda points: points + np.stack([np.zeros_like(dip), dip], axis=-1))
    return tube.raised(creases(tube, rng, 1 - 4.0 / max(long, 6.0), 0.3, 2 if long < 20 else 4))


def joined(upper: Panel, lower: Panel) -> Panel:
    """Sew the leg of a boot or stocking to its foot, both of as many columns, as one sheet."""
    points = np.concatenate([upper.points, lower.points[1:]])
    foot_flat = lower.flat[1:] + np.array([0.0, upper.flat[-1, 0, 1] - lower.flat[0, 0, 1]])
    down = np.linalg.norm(np.diff(points.mean(axis=1), axis=0), axis=1)
    place = np.concatenate([[0.0], np.cumsum(down)])
    return Panel(
        points=points,
        flat=np.concatenate([upper.flat, foot_flat]),
        relief=np.concatenate([upper.relief, lower.relief[1:]]),
        s=upper.s,
        t=place / place[-1],
    )


def across(form: Panel, t: float, half: float = 0.96, dip: float = 0.05) -> list[Point]:
    """Places of a seam across a shoe at ``t``, its middle nearer to the toes by ``dip``."""
    return [(s * half, t + dip * (1 - s * s)) for s in (-1, -0.5, 0, 0.5, 1)]
