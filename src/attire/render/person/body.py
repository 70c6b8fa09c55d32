"""The bare body: torso with its neck, legs, feet and arms, without joints."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.layer import Layer
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, circle, joined, line, union
from attire.render.person.arms import arm_panel, hand_layers
from attire.render.person.feet import draw_toes, foot_panel
from attire.render.person.figure import LEVEL, Figure
from attire.render.person.head_shape import head_panel
from attire.render.person.skin import skin_of, skin_shade

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["body_layers", "hand_layers", "head_panel", "leg_panel", "skin_of", "torso_panel"]

OUTER = (
    (-0.12, 6.4), (0.0, 7.5), (0.2, 6.7), (0.6, 5.5), (0.94, 4.35), (1.1, 4.2), (1.36, 4.9), (1.72, 3.4),
    (2.0, 2.6),
)  # fmt: skip
INNER = (
    (-0.12, 7.4), (0.0, 7.2), (0.2, 6.5), (0.6, 5.0), (0.92, 4.3), (1.08, 3.8), (1.42, 4.7), (1.78, 3.2),
    (2.0, 2.6),
)  # fmt: skip
"""From a leg's axis to its edges, centimetres, at the hip (0), the knee (1), the ankle (2) and between."""


def body_layers(figure: Figure) -> list[Layer]:
    """Draw the bare body but its head, back to front.

    The first layer holds everything; the second draws the limbs once more, melting into the torso.
    """
    skin = skin_of(figure)
    torso, arms = torso_panel(figure), [arm_panel(figure, side) for side in (0, 1)]
    legs, feet = [leg_panel(figure, side) for side in (0, 1)], [foot_panel(foot) for foot in figure.feet]
    near = [1, 0] if figure.legs[0][2][1] > figure.legs[1][2][1] else [0, 1]
    lower = [panel for side in near for panel in (legs[side], feet[side])]
    whole = union([sheet.outline() for sheet in (*lower, torso, *arms)])
    limbs = joined([sheet.outline() for sheet in (*lower, *arms)])
    shoulders = [arm.part((-1, 1), (0, 0.3), rows=10) for arm in arms]
    toes = partial(draw_toes, figure=figure, panels=feet)
    marks = partial(_draw_torso, figure=figure, torso=torso)
    return [
        Layer(path=whole, panels=(*shoulders, torso), cloth=skin, thickness=0.6, melt=0.0, details=(marks,)),
        Layer(path=limbs, panels=(*lower, *arms), cloth=skin, thickness=0.5, melt=5.0, details=(toes,)),
    ]


def torso_panel(figure: Figure) -> Panel:
    """Neck and torso from below the jaw to the crotch."""
    wide = {name: figure.half_width(name) for name in ("shoulder", "armpit", "bust", "waist", "hip")}
    neck = figure.half_width("neck") / (0.5 + 0.5 * figure.breadth) - 0.5
    knots = [
        (15.5, neck - 0.2), (22.0, neck - 0.25), (25.2, neck + 0.3), (27.6, neck + 1.8),
        (30.0, 0.52 * wide["shoulder"] + 0.3), (32.0, 0.74 * wide["shoulder"]),
        (34.0, wide["shoulder"] - 2.4), (36.5, wide["shoulder"] - 1.5),
        (LEVEL["armpit"], wide["armpit"] - 0.4), (LEVEL["bust"], wide["bust"] - 0.2),
        (58.0, 0.4 * wide["bust"] + 0.6 * wide["waist"]), (LEVEL["waist"], wide["waist"] - 0.2),
        (73.0, 0.42 * wide["waist"] + 0.58 * wide["hip"]), (LEVEL["hip"], wide["hip"] - 0.3),
        (88.0, 0.93 * wide["hip"]), (91.5, 0.78 * wide["hip"]),
    ]  # fmt: skip
    y = np.concatenate([np.linspace(15.5, 27, 6), np.linspace(27, 38, 14)[1:], np.linspace(38, 91.5, 22)[1:]])
    half = profile(knots, y)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    bulge = profile([(15, 4.2), (27, 4.6), (36, 8.5), (60, 9.5), (92, 9.5)], y)
    sheet = between(left, right, bulge=bulge, turn=figure.turn, columns=22)
    return sheet.raised(_muscles(figure, sheet, y, half))


def _muscles(figure: Figure, sheet: Panel, y: Floats, half: Floats) -> Floats:
    """Breast or pectorals, collarbones, navel, and the hollow of the throat."""
    x = np.sin(np.linspace(-np.pi / 2, np.pi / 2, len(sheet.s)))[None] * half[:, None]
    down = np.broadcast_to(y[:, None], x.shape)
    full = float(np.clip(0.55 + 0.75 * figure.build, 0.0, 1.2)) * (0.55 + 0.5 * figure.breadth)

    def bump(at_x: float, at_y: float, wide: float, high: float) -> Floats:
        return np.asarray(np.exp(-(((x - at_x) / wide) ** 2) - ((down - at_y) / high) ** 2))

    relief = np.zeros_like(x)
    for side in (-1, 1):
        relief += 1.4 * full * bump(side * 7.0, LEVEL["bust"] + 1.2, 5.0, 4.8)
        relief += 1.3 * (1 - min(full, 1.0)) * bump(side * 6.8, LEVEL["bust"] - 1.5, 5.5, 4.5)
        bone = 31.2 + 0.06 * np.abs(x)
        relief += (
            0.55
            * np.exp(-(((down - bone) / 0.9) ** 2))
            * np.clip(np.abs(x) / 3 - 0.5, 0, 1)
            * (np.abs(x) < 14)
        )
    relief -= 0.7 * bump(0, 31.5, 1.4, 1.3) + 0.5 * bump(0, 74.0, 0.9, 1.0)
    relief -= 0.35 * bump(0, 62.0, 1.2, 10.0)
    return relief


def leg_panel(figure: Figure, side: int) -> Panel:
    """One leg from the hip to the ankle: thigh, knee and calf, fuller outside above and inside below."""
    hip, knee, ankle = figure.legs[side]
    wide = figure.half_width("hip") / 16.4
    u = np.concatenate([np.linspace(-0.12, 1.0, 14), np.linspace(1.0, 2.0, 15)[1:]])
    y = np.interp(u, [-0.12, 0, 1, 2], [hip[1] - 4.3, hip[1], knee[1], ankle[1]])
    spine = profile([(hip[1], hip[0]), (knee[1], knee[0]), (ankle[1], ankle[0])], y)
    outer, inner = (profile(knots, u) for knots in (OUTER, INNER))
    slim = np.interp(u, [0, 1, 2], [wide, 0.3 + 0.7 * wide, 0.5 + 0.5 * wide])
    out = (-1, 1)[side]
    turned = abs(figure.at(out * 16.0, hip[1])[0] - figure.at(0, hip[1])[0]) / 16.0
    slim = slim * np.interp(u, [0, 1], [turned, 1.0])
    edges = [
        np.stack([spine + sign * half * slim, y], axis=1) for sign, half in ((out, outer), (-out, inner))
    ]
    left, right = edges if side == 0 else edges[::-1]
    sheet = between(
        left, right, bulge=(outer + inner) / 2 * slim, turn=0.6 * figure.turn, flare=1.0, columns=11
    )
    s, _ = sheet.grid()
    rows = u[:, None]
    knee_cap = np.exp(-((s / 0.5) ** 2) - ((rows - 0.97) / 0.06) ** 2)
    below = np.exp(-((s / 0.6) ** 2) - ((rows - 1.08) / 0.05) ** 2)
    shin = np.exp(-((s / 0.25) ** 2)) * np.clip((rows - 1.1) * 3, 0, 1)
    return sheet.raised(0.55 * knee_cap - 0.3 * below + 0.35 * shin)


def _draw_torso(painter: "Painter", figure: Figure, torso: Panel) -> None:
    """Draw what relief is too coarse for: the creases of the armpits, the sinews of the throat, the navel."""
    pen = painter.pen(skin_shade(figure, 0.6), 0.045, 0.5)
    for side in (-1, 1):
        x = side * (figure.half_width("armpit") - 1.4)
        crease = [(x + side * 0.6, 40.0), (x - side * 0.2, 43.0), (x + side * 0.2, 46.0)]
        painter.canvas.drawPath(line(figure.pose(np.array(crease))), pen)
        sinew = [(side * 3.6, 24.5), (side * 2.0, 29.0), (side * 1.0, 31.6)]
        painter.canvas.drawPath(line(figure.pose(np.array(sinew))), pen)
    navel = torso.at(0.0, torso.t_for(74.0))
    painter.solid(circle(navel, 0.42), skin_shade(figure, 0.6), 0.45)
