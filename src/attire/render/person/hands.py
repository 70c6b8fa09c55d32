"""Hands: palm, thumb and fingers, relaxed or closed around something."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.layer import Layer
from attire.render.panel import Panel, along
from attire.render.paths import Floats, Point, joined, line
from attire.render.person.figure import Figure
from attire.render.person.skin import skin_of, skin_shade

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["hand_layer"]

CLOSED = ("strap", "raised", "front")
"""Gestures whose hand holds something."""

Place: TypeAlias = Callable[[list[Point]], Floats]


def hand_layer(figure: Figure, side: int) -> Layer:
    """Draw one hand over what it touches."""
    ahead, out = figure.hand_direction(side), (-1, 1)[side]
    wrist, size = np.asarray(figure.arms[side][2]), 0.93 - 0.06 * figure.build
    inward = np.array([-ahead[1], ahead[0]])
    if inward @ np.array([-out, -0.2]) < 0:
        inward = -inward

    def place(points: list[Point]) -> Floats:
        far, across = np.asarray(points, float).T[:, :, None]
        return np.asarray(wrist + size * (far * ahead + across * inward))

    closed = figure.gestures[side] in CLOSED
    shape, sheets, creases = _closed(place, size) if closed else _open(place, size)
    return Layer(
        path=joined([sheet.outline() for sheet in shape]), panels=tuple(sheets), cloth=skin_of(figure),
        details=(partial(_draw_creases, creases=creases, color=skin_shade(figure, 0.7)),),
        thickness=0.45, melt=1.5,
    )  # fmt: skip


def _open(place: Place, size: float) -> tuple[list[Panel], list[Panel], list[Floats]]:
    """A relaxed hand: the fingers a little curled, the thumb beside them."""
    palm = _sheet(place([(-2.2, 0), (1.5, 0.1), (5, 0.2), (8.6, 0)]), size, 2.1, 2.7, 3.1, 2.7)
    fingers = [
        _sheet(
            place([(7.0, at), (11.2, at * 0.86 + 0.3), (7.4 + reach, at * 0.6 + 0.8)]), size, 0.85, 0.74, 0.42
        )
        for at, reach in ((-2.1, 5.2), (-0.7, 7.0), (0.7, 7.5), (2.0, 6.6))
    ]
    thumb = _sheet(place([(1.2, 1.6), (4.6, 3.6), (8.2, 3.9)]), size, 1.3, 1.05, 0.55)
    lit = _sheet(
        place([(-2.2, 0), (1.5, 0.1), (5, 0.2), (10, 0.3), (15, 0.8)]), size, 2.1, 2.7, 3.1, 3.2, 2.6
    )
    gaps = [place([(8.0, at), (11.0, at * 0.86 + 0.3), (13.4, at * 0.62 + 0.8)]) for at in (-1.4, 0.0, 1.4)]
    return [palm, *fingers, thumb], [lit, thumb], gaps


def _closed(place: Place, size: float) -> tuple[list[Panel], list[Panel], list[Floats]]:
    """A hand around a handle: knuckles ahead, the thumb across."""
    palm = _sheet(
        place([(-2.2, 0), (1.5, 0.1), (5, 0.0), (7.6, -0.1), (8.8, -0.1)]), size, 2.1, 2.8, 3.3, 3.0, 2.0
    )
    thumb = _sheet(place([(1.8, 2.2), (5.0, 3.3), (7.6, 1.6)]), size, 1.2, 1.1, 0.7)
    gaps = [place([(6.0, at), (7.6, at), (9.3, at)]) for at in (-1.3, 0.0, 1.3)]
    return [palm, thumb], [palm, thumb], gaps


def _sheet(spine: Floats, size: float, *widths: float) -> Panel:
    tip = spine[-1] + (spine[-1] - spine[-2]) * 0.12
    return along(
        np.concatenate([spine, [tip]]), size * np.array([*widths, widths[-1] * 0.35]), rows=8, columns=6
    )


def _draw_creases(painter: "Painter", creases: list[Floats], color: str) -> None:
    pen = painter.pen(color, 0.5, 0.24)
    for crease in creases:
        painter.canvas.drawPath(line(crease), pen)
