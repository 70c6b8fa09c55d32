"""Skin: limbs, torso, neck, head and hands as layers."""

import numpy as np

from attire.render.cloth.cloth import Cloth
from attire.render.layer import Layer
from attire.render.panel import Panel, along, between, profile
from attire.render.paths import union
from attire.render.person.figure import LEVEL, Figure, Limb

__all__ = ["body_layers", "hand_layers", "head_panel", "leg_panel", "skin_of", "torso_panel"]


def skin_of(figure: Figure) -> Cloth:
    """The wearer's skin as a cloth."""
    return Cloth(color=figure.skin, weave="smooth", gloss=0.12)


def body_layers(figure: Figure) -> list[Layer]:
    """Draw the bare body but its head, back to front."""
    skin = skin_of(figure)
    limbs = [leg_panel(figure, side) for side in (0, 1)]
    torso = torso_panel(figure)
    arms = [_arm_panel(figure, side) for side in (0, 1)]
    neck = _neck_panel(figure)
    sheets = [*limbs, torso, neck, *arms]
    return [
        *(Layer(path=p.outline(), panels=(p,), cloth=skin, thickness=0.6) for p in sheets),
        *hand_layers(figure),
    ]


def torso_panel(figure: Figure) -> Panel:
    """The torso from the shoulders to the crotch."""
    knots = [
        (LEVEL["neck"] - 1, 4.5), (LEVEL["shoulder"] - 1.5, figure.half_width("shoulder") - 4),
        (LEVEL["armpit"], figure.half_width("armpit")), (LEVEL["bust"], figure.half_width("bust")),
        (LEVEL["waist"], figure.half_width("waist")), (LEVEL["hip"], figure.half_width("hip")),
        (LEVEL["crotch"] + 3, figure.half_width("hip") - 1.2),
    ]  # fmt: skip
    y = np.linspace(knots[0][0], knots[-1][0], 30)
    half = profile(knots, y)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    return between(left, right, bulge=10.0, turn=figure.turn)


def leg_panel(figure: Figure, side: int) -> Panel:
    """One leg from the hip to the ankle."""
    hip, knee, ankle = figure.legs[side]
    thigh = (hip[0] * 0.6 + knee[0] * 0.4, hip[1] * 0.6 + knee[1] * 0.4)
    calf = (knee[0] * 0.68 + ankle[0] * 0.32, knee[1] * 0.68 + ankle[1] * 0.32)
    widths = np.array([9.0, 7.9, 5.6, 5.7, 3.4]) * figure.breadth
    return along([hip, thigh, knee, calf, ankle], widths, rows=30)


def _arm_panel(figure: Figure, side: int) -> Panel:
    shoulder, elbow, wrist = figure.arms[side]
    fore = (elbow[0] * 0.72 + wrist[0] * 0.28, elbow[1] * 0.72 + wrist[1] * 0.28)
    widths = np.array([5.0, 3.8, 3.9, 2.5]) * (0.5 + 0.5 * figure.breadth)
    return along([shoulder, elbow, fore, wrist], widths)


def _neck_panel(figure: Figure) -> Panel:
    top, bottom = figure.at(0, 18), figure.at(0, 33)
    return along([top, bottom], [5.0, 6.2], rows=8)


def head_panel(figure: Figure) -> Panel:
    """The face from hairline to chin."""
    y = np.linspace(1.5, LEVEL["chin"], 18)
    half = profile([(1.5, 3.0), (5.0, 6.9), (10.0, 7.6), (15.0, 7.0), (19.5, 4.9), (22.0, 1.6)], y)
    angle = np.radians(figure.nod)
    pivot = np.array(figure.at(0, LEVEL["chin"]))

    def leaned(side: int) -> np.ndarray:  # type: ignore[type-arg]
        points = np.stack([side * half, y - LEVEL["chin"]], axis=1)
        cos, sin = np.cos(angle), np.sin(angle)
        return points @ np.array([[cos, sin], [-sin, cos]]) + pivot

    return between(leaned(-1), leaned(1), bulge=6.0, turn=figure.turn)


def hand_layers(figure: Figure) -> list[Layer]:
    """Both hands, which lie over what they carry."""
    skin = skin_of(figure)
    hands = []
    for limb in figure.arms:
        palm, thumb = _hand(limb)
        hands.append(
            Layer(
                path=union([palm.outline(), thumb.outline()]), panels=(palm, thumb), cloth=skin, thickness=0.5
            )
        )
    return hands


def _hand(limb: Limb) -> tuple[Panel, Panel]:
    _, elbow, wrist = (np.asarray(point) for point in limb)
    ahead = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    inward = np.array([-ahead[1], ahead[0]]) * (1 if ahead[1] * wrist[0] < 0 else -1) * np.sign(ahead[1])
    palm = [tuple(wrist + ahead * step) for step in (-1.0, 3.5, 8.0, 13.5, 16.5)]
    thumb = [tuple(wrist + ahead * a + inward * b) for a, b in ((2.0, 1.5), (5.5, 3.6), (8.5, 4.2))]
    return along(palm, [2.4, 3.6, 3.8, 2.6, 1.2], rows=12), along(thumb, [1.5, 1.2, 0.7], rows=8, columns=8)
