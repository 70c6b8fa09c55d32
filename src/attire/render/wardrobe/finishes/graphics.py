"""Pictures that are printed or sewn on, drawn inside a patch of cloth from corner to corner."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library, polygon

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["GRAPHICS", "heart", "leaf", "shield", "star"]

Graphic: TypeAlias = "Callable[[Painter, Panel, list[str]], None]"

WORDS = ("NOVA", "SOLO", "EAST", "LOVE", "ALOE", "TATE", "VOLT", "TENT")
STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "A": [[(0, 1), (0.5, 0), (1, 1)], [(0.2, 0.62), (0.8, 0.62)]],
    "E": [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, 0.5), (0.8, 0.5)]],
    "L": [[(0, 0), (0, 1), (1, 1)]],
    "N": [[(0, 1), (0, 0), (1, 1), (1, 0)]],
    "O": [
        [
            (0.2, 0),
            (0.8, 0),
            (1, 0.25),
            (1, 0.75),
            (0.8, 1),
            (0.2, 1),
            (0, 0.75),
            (0, 0.25),
            (0.2, 0),
            (0.3, 0),
        ]
    ],
    "S": [
        [
            (1, 0.1),
            (0.7, 0),
            (0.2, 0),
            (0, 0.2),
            (0.15, 0.45),
            (0.85, 0.55),
            (1, 0.8),
            (0.8, 1),
            (0.2, 1),
            (0, 0.88),
        ]
    ],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "V": [[(0, 0), (0.5, 1), (1, 0)]],
}
"""Letters as strokes in a unit square."""


def leaf() -> Floats:
    """A lobed leaf around the origin, radius 1, shape (N, 2)."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = 0.62 + 0.3 * np.cos(5 * angle) + 0.08 * np.cos(15 * angle)
    return np.stack([radius * np.sin(angle), -radius * np.cos(angle)], axis=1)


def star() -> Floats:
    """A five-pointed star around the origin, radius 1, shape (10, 2)."""
    angle = np.arange(10) * np.pi / 5
    radius = np.where(np.arange(10) % 2, 0.45, 1.0)
    return np.stack([radius * np.sin(angle), -radius * np.cos(angle)], axis=1)


def heart() -> Floats:
    """A heart around the origin, radius about 1, shape (N, 2)."""
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    y = 13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle) - np.cos(4 * angle)
    return np.stack([16 * np.sin(angle) ** 3, -y], axis=1) / 16


def shield() -> Floats:
    """A coat of arms around the origin, shape (N, 2)."""
    half = [(0.0, -0.9), (0.45, -1.0), (0.85, -0.85), (0.82, 0.0), (0.6, 0.55), (0.0, 1.05)]
    return np.array([*half, *((-x, y) for x, y in half[-2:0:-1])])


def sunset(painter: "Painter", place: Panel, inks: list[str]) -> None:
    """A framed picture of a sun going down behind hills."""
    painter.solid(_frame(place), inks[2])
    painter.solid(_area(place, [(-0.92, 0.03), (0.92, 0.03), (0.92, 0.8), (-0.92, 0.8)]), inks[3])
    painter.solid(_disc(place, 0.1, 0.4, 0.5), "#f7d774")
    hills = [(-0.92, 0.8), (-0.92, 0.52), (-0.5, 0.36), (-0.1, 0.6), (0.3, 0.42), (0.92, 0.62), (0.92, 0.8)]
    painter.solid(_area(place, hills), inks[0])
    waves = [(-0.92, 0.8), (-0.92, 0.68), (-0.3, 0.62), (0.3, 0.7), (0.92, 0.64), (0.92, 0.8)]
    painter.solid(_area(place, waves), inks[1])
    _word(painter, place, WORDS[len(inks[0]) + ord(inks[0][1]) % 8 - 7], 0.85, 0.1, inks[0], 1.0)


def emblem(painter: "Painter", place: Panel, inks: list[str]) -> None:
    """A round badge with a star."""
    for radius, ink in ((0.98, inks[0]), (0.84, inks[2]), (0.74, inks[3])):
        painter.solid(_disc(place, 0.0, 0.5, radius), ink)
    painter.solid(_area(place, star() * (0.6, 0.3) + (0.0, 0.5)), inks[2])


def lettering(painter: "Painter", place: Panel, inks: list[str]) -> None:
    """Two lines of huge letters over a splash of colour."""
    angle = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    splash = 0.85 + 0.15 * np.cos(7 * angle) * np.cos(3 * angle)
    painter.solid(
        _area(place, np.stack([splash * np.cos(angle), 0.5 + splash * 0.5 * np.sin(angle)], axis=1)), inks[3]
    )
    first = ord(inks[0][2]) % len(WORDS)
    _word(painter, place, WORDS[first], 0.14, 0.32, inks[2], 2.3)
    _word(painter, place, WORDS[first - 3], 0.56, 0.32, inks[0], 2.3)


def bouquet(painter: "Painter", place: Panel, inks: list[str]) -> None:
    """A bunch of big flowers and leaves."""
    for x, y, radius in ((-0.5, 0.8, 0.42), (0.55, 0.82, 0.42), (0.0, 0.15, 0.4)):
        painter.solid(_area(place, leaf() * (radius, radius * 0.5) + (x, y)), "#3f6b4a")
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    for x, y, radius, ink in (
        (-0.4, 0.38, 0.52, inks[3]),
        (0.42, 0.5, 0.55, inks[0]),
        (-0.15, 0.74, 0.44, inks[1]),
    ):
        for share, tone in ((1.0, ink), (0.55, inks[2])):
            petal = radius * share * (0.82 + 0.18 * np.cos(6 * angle))
            ring = np.stack([x + petal * np.cos(angle), y + petal * 0.5 * np.sin(angle)], axis=1)
            painter.solid(_area(place, ring), tone)
        painter.solid(_disc(place, x, y, radius * 0.25), "#f2b632")


GRAPHICS: dict[str, Graphic] = {
    "sunset": sunset,
    "emblem": emblem,
    "lettering": lettering,
    "bouquet": bouquet,
}
"""What can be printed; inks are two colours, one that stands out most, and a bright one."""


def _area(place: Panel, points: "Floats | list[tuple[float, float]]") -> "skia.Path":
    return polygon(place.on(np.asarray(points, float)))


def _disc(place: Panel, s: float, t: float, radius: float) -> "skia.Path":
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    squash = 0.5 * place.width / max(place.height, 1)
    return _area(place, np.stack([s + radius * np.cos(angle), t + radius * squash * np.sin(angle)], axis=1))


def _frame(place: Panel) -> "skia.Path":
    return _area(place, [(-1, 0), (0, 0), (1, 0), (1, 1), (0, 1), (-1, 1)])


def _word(painter: "Painter", place: Panel, word: str, top: float, tall: float, ink: str, pen: float) -> None:
    skia = canvas_library()
    path = skia.Path()
    for i, letter in enumerate(word):
        for strokes in STROKES[letter]:
            x, y = np.array(strokes).T
            s = -0.86 + (i + 0.12 + 0.72 * x) * 1.76 / len(word)
            points = place.on(np.stack([s, top + tall * y], axis=1))
            path.addPoly([skia.Point(*xy) for xy in points.tolist()], False)
    painter.canvas.drawPath(path, painter.pen(ink, 1.0, pen))
