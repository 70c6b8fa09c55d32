"""Bare feet."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.panel import Panel, along
from attire.render.paths import Floats, line, smooth
from attire.render.person.figure import Figure
from attire.render.person.places import Foot
from attire.render.person.skin import skin_lit, skin_shade

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["draw_toes", "foot_panel"]


def foot_panel(foot: Foot) -> Panel:
    """The foot from the ankle to its toes; places (s, t) on it are where straps and laces go."""
    ankle, toe = np.asarray(foot.ankle), np.asarray(foot.toe)
    ahead = toe - ankle
    spine = [ankle - (0, 3.0), ankle + 0.25 * ahead, ankle + 0.66 * ahead, ankle + 0.9 * ahead, toe]
    wide = foot.half_width
    sheet = along(
        np.asarray(spine), [0.74 * wide, 0.82 * wide, wide, 0.86 * wide, 0.3 * wide], rows=12, columns=9
    )
    s, t = sheet.grid()
    return sheet.raised(0.8 * np.exp(-(((s - 0.15 * foot.side) / 0.3) ** 2)) * np.clip(1 - t, 0, 1))


def draw_toes(painter: "Painter", figure: Figure, panels: list[Panel]) -> None:
    """Draw the gaps between toes, the nails and the ankle bones; the big toes are on the inside."""
    gap = painter.pen(skin_shade(figure, 0.6), 0.45, 0.22)
    nail = skin_lit(figure, 0.35)
    for foot, sheet in zip(figure.feet, panels, strict=True):
        for place, long in ((-0.3, 0.87), (0.08, 0.89), (0.4, 0.88), (0.68, 0.86)):
            s = place * foot.side
            painter.canvas.drawPath(line(sheet.on([(s, long - 0.06), (s, 0.93), (s, 0.985)])), gap)
        toes = (
            (-0.6, 0.55, 0.95),
            (-0.12, 0.32, 0.965),
            (0.24, 0.3, 0.955),
            (0.54, 0.27, 0.94),
            (0.8, 0.24, 0.92),
        )
        for place, radius, down in toes:
            painter.solid(_nail(sheet, place * foot.side, down, radius), nail, 0.5)


def _nail(sheet: Panel, s: float, t: float, radius: float) -> "skia.Path":
    x, y = sheet.at(s, t)
    turns: Floats = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    return smooth(np.stack([x + radius * np.cos(turns), y + 0.7 * radius * np.sin(turns)], axis=1))
