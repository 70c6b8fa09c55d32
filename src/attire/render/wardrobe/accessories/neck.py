"""What is worn around the neck: ties and scarves."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import PATTERNS, Cloth
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, between
from attire.render.paths import Floats, canvas_library, polygon, smooth
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import front, placed, sewn, strip
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    import skia

__all__ = [
    "SCARVES",
    "TIES",
    "bandana",
    "bow_tie",
    "infinity_scarf",
    "knotted_scarf",
    "necktie",
    "shawl",
    "wrapped_scarf",
]

THROAT = LEVEL["neck"] + 2.6
"""Where a tie is knotted, centimetres below the crown."""


def necktie(figure: Figure, taste: Taste) -> list[Piece]:
    """A knot and a blade that hangs along the chest to the waist."""
    cloth = _tie_cloth(taste)
    wide, slim = taste.between(2.2, 4.6), taste.between(1.3, 1.7)
    end = LEVEL["waist"] + taste.between(-5, 4)
    y = np.linspace(THROAT + 1.0, end, 8)
    half = np.interp(y, [y[0], end - 4, end], [slim * 0.8, wide, wide])
    blade = strip(front(figure, np.stack([0 * y, y], axis=1)), half.tolist(), rows=20)
    s, t = blade.grid()
    blade = blade.moved(lambda points: points + _down(1.1 * wide * (1 - np.abs(s)) * t**9))
    blade = blade.raised(0.5 * np.cos(4.5 * s) * np.exp(-9 * t))
    knot = strip(
        front(figure, [(0, THROAT - 1.6), (0, THROAT + 0.4), (0, THROAT + 2.2)]),
        [slim * 1.5, slim * 1.3, slim * 0.85], thickness=0.8, rows=7, columns=8,
    )  # fmt: skip
    return [sewn("tie", [blade, knot], cloth)]


def bow_tie(figure: Figure, taste: Taste) -> list[Piece]:
    """Two wings and a knot at the throat."""
    cloth = _tie_cloth(taste)
    reach, high = taste.between(5.0, 7.5), taste.between(1.8, 3.2)
    wings = []
    for side in (-1, 1):
        spine = front(figure, [(side * x, THROAT - 0.5) for x in (0.4, reach * 0.55, reach)])
        wing = strip(spine, [0.9, high * 0.9, high], thickness=0.45, rows=9, columns=9)
        s, t = wing.grid()
        wings.append(wing.raised(0.5 * np.cos(9 * s) * np.exp(-4 * t)))
    knot = strip(
        front(figure, [(0, THROAT - 2.0), (0, THROAT - 0.5), (0, THROAT + 1.0)]),
        [1.1, 1.0, 1.1],
        thickness=0.9,
        rows=7,
    )
    return [sewn("tie", [*wings, knot], cloth)]


def wrapped_scarf(figure: Figure, taste: Taste) -> list[Piece]:
    """Thick turns around the neck and two fringed ends of different length."""
    cloth = _scarf_cloth(taste, soft=True)
    thick = taste.between(3.6, 5.2)
    ends = []
    for side, long in ((-1, taste.between(18, 48)), (1, taste.between(14, 40))):
        x = side * taste.between(2.5, 6.0)
        end = _fall(figure, taste, x, long, taste.between(4.2, 6.5))
        ends.append(end)
    return _wrap(figure, taste, cloth, ends, thick, 2, fringed=taste.often(0.7, "fringe"))


def infinity_scarf(figure: Figure, taste: Taste) -> list[Piece]:
    """A closed loop that lies in deep folds on the chest."""
    cloth = _scarf_cloth(taste, soft=True)
    return _wrap(figure, taste, cloth, [], taste.between(4.2, 5.6), 3)


def knotted_scarf(figure: Figure, taste: Taste) -> list[Piece]:
    """A silk square rolled around the neck, knotted at the front or the side, its ends loose."""
    cloth = _scarf_cloth(taste, soft=False)
    x = taste.between(-4.0, 4.0)
    knot_at = front(figure, [(x, THROAT + 0.6)])[0]
    ends = []
    for lean in (-1, 1):
        long = taste.between(7, 16)
        spine = placed([(0.0, 0.0), (lean * long * 0.3, long * 0.5), (lean * long * 0.38, long)], knot_at)
        end = strip(spine, [1.0, 2.6, taste.between(0.4, 3.2)], thickness=0.3, rows=10, columns=9)
        s, t = end.grid()
        ends.append(end.raised(0.5 * np.cos(6 * s + lean) * (1 - 0.6 * t)))
    knot = strip(
        placed([(-0.2, -1.8), (0.0, 0.0), (0.2, 1.9)], knot_at), [1.3, 1.9, 1.3], thickness=0.9, rows=8
    )
    turn = _around(figure, taste, taste.between(1.8, 2.5), 1)
    return [sewn("scarf", [*turn, *ends, knot], cloth, before=[_back(figure, 1.5, cloth)])]


def bandana(figure: Figure, taste: Taste) -> list[Piece]:
    """A square folded into a triangle that points down the chest."""
    cloth = _scarf_cloth(taste, soft=False, patterns=("dot", "check", "plain (pattern)"))
    wide, deep = taste.between(9.0, 11.5), taste.between(12, 19)
    y = np.linspace(0, 1, 10)
    top = THROAT - 3.5
    half = wide * (1 - y) ** 0.85 + 0.3
    left, right = (front(figure, np.stack([side * half, top + deep * y], axis=1)) for side in (-1, 1))
    sheet = between(left, right, bulge=5.0, sag=2.5 * (1 - y))
    s, t = sheet.grid()
    folds = 0.7 * np.cos(9 * t + 2.5 * np.abs(s)) * (1 - t) * (1 - 0.4 * np.abs(s))
    return _wrap(figure, taste, cloth, [sheet.raised(folds)], 1.6, 1)


def shawl(figure: Figure, taste: Taste) -> list[Piece]:
    """A broad wrap over both shoulders that falls open in front, fringed."""
    cloth = _scarf_cloth(taste, soft=True)
    sheets = []
    for side in (-1, 1):
        long = LEVEL["waist"] + taste.between(-4, 26)
        y = np.linspace(LEVEL["neck"] + 0.5, long, 16)
        inner = np.interp(y, [y[0], 45, 60, long], [6.4, 5.0, 6.5, taste.between(4, 9)])
        shoulder = figure.half_width("shoulder", 2.5)
        outer = np.interp(
            y,
            [y[0], 31, 36, 48, long],
            [7.0, shoulder * 0.8, shoulder + 1.5, shoulder + 4, shoulder + taste.between(-2, 4)],
        )
        edges = [
            front(figure, np.stack([side * inner, y], axis=1)),
            figure.pose(np.stack([side * outer, y], axis=1)),
        ]
        sheet = between(*(edges if side > 0 else edges[::-1]), bulge=6.0, columns=16)
        s, t = sheet.grid()
        waves = 0.9 * np.cos(7 * s + 2 * t + taste.between(0, 6)) * (0.3 + 0.7 * t)
        sheets.append(sheet.raised(waves + rumple(sheet, taste.rng, 0.3, waves=5)))
    return _wrap(figure, taste, cloth, sheets, 2.4, 1, fringed=taste.often(0.7, "fringe"))


TIES = (necktie, bow_tie)
"""Every kind of tie; they sit under a collar."""

SCARVES = (wrapped_scarf, infinity_scarf, knotted_scarf, bandana, shawl)
"""Every kind of scarf."""


def _tie_cloth(taste: Taste) -> Cloth:
    cloth = cloth_for(taste, "smooth", patterns=("plain (pattern)", "stripe", "dot", "check"))
    return replace(cloth, angle=40.0 if cloth.pattern == "stripe" else 0.0, motif=0.6, gloss=0.2)


def _scarf_cloth(taste: Taste, *, soft: bool, patterns: tuple[str, ...] = ()) -> Cloth:
    if not soft:
        return replace(cloth_for(taste, "smooth", patterns=patterns or (*PATTERNS,)), gloss=0.25)
    if taste.often(0.35):
        return cloth_for(taste, "knit", patterns=("plain (pattern)", "stripe"))
    return cloth_for(taste, "twill")


def _down(centimetres: Floats) -> Floats:
    return np.stack([np.zeros_like(centimetres), centimetres], axis=-1)


def _around(figure: Figure, taste: Taste, thick: float, count: int) -> list[Panel]:
    """Turns around the neck, the lowest first."""
    fronts = []
    for turn in range(count):
        drop = 3.4 + 0.85 * thick * (count - 1 - turn) + taste.between(-0.6, 0.6)
        wide = 6.2 + 0.55 * thick + 0.8 * (count - 1 - turn)
        slant = taste.between(-1.6, 1.6)
        knots = [(-0.8, -1.2), (-1.0, 0.4), (-0.72, 2.4), (0, 3.6), (0.72, 2.4), (1.0, 0.4), (0.8, -1.2)]
        spine = [(x * wide, 25.6 + y * drop / 3.4 + slant * x) for x, y in knots]
        half = thick * np.array([0.55, 0.7, 0.95, 1.0, 0.95, 0.7, 0.55])
        band = strip(figure.pose(np.array(spine)), half.tolist(), thickness=0.75, rows=22, columns=11)
        s, t = band.grid()
        fold = 0.13 * thick * np.cos(taste.between(5, 8) * s + 2.0 * np.sin(5 * t) + taste.between(0, 6))
        fronts.append(band.raised(fold + rumple(band, taste.rng, 0.07 * thick, waves=5)))
    return fronts


def _back(figure: Figure, thick: float, cloth: Cloth) -> Layer:
    """What shows behind the neck of something that goes round it."""
    wide = 6.0 + 0.9 * thick
    points = [
        (-wide, 27.5),
        (-0.75 * wide, 24.0 - 0.3 * thick),
        (0.75 * wide, 24.0 - 0.3 * thick),
        (wide, 27.5),
        (0, 33),
    ]
    return Layer(path=smooth(figure.pose(np.array(points))), cloth=cloth, behind=True, thickness=0.0)


def _fall(figure: Figure, taste: Taste, x: float, long: float, half: float) -> Panel:
    """One end that hangs down the chest, its folds opening downwards."""
    y = np.linspace(31.0, 33.0 + long, 7)
    sway = taste.between(-2.0, 2.0) * np.linspace(0, 1, 7)
    spine = front(figure, np.stack([x + sway, y], axis=1))
    end = strip(spine, np.linspace(0.65, 1.0, 7) * half, thickness=0.25, rows=18, columns=14)
    s, t = end.grid()
    return end.raised(0.09 * half * np.cos(7 * s + taste.between(0, 6) + t) * (1.3 - 0.6 * t))


def _fringe(end: Panel, taste: Taste) -> "skia.Path":
    """Threads along the lower edge of an end."""
    long = taste.between(2.5, 5.5)
    foot = end.on([(s, 0.985) for s in np.linspace(-0.97, 0.97, 3 + int(end.width * 0.75))])
    threads = canvas_library().Path()
    for x, y in foot.tolist():
        lean = float(taste.rng.normal(0, 0.35))
        threads.addPath(
            polygon([(x - 0.5, y), (x + 0.5, y), (x + lean + 0.35, y + long), (x + lean - 0.35, y + long)])
        )
    return threads


def _wrap(
    figure: Figure,
    taste: Taste,
    cloth: Cloth,
    ends: list[Panel],
    thick: float,
    count: int,
    fringed: bool = False,
) -> list[Piece]:
    """Sew ends under turns around the neck, with threads at the ends where the cloth has them."""
    fringes = [_fringe(end, taste) for end in ends] if fringed else []
    threads = [Layer(path=threads, cloth=cloth, thickness=0.4) for threads in fringes]
    turns = _around(figure, taste, thick, count)
    scarf = sewn(
        "scarf", [*ends, *turns], cloth, before=[_back(figure, thick, cloth), *threads], thickness=1.5
    )
    parts = [Piece(category="fringe", layers=(), marks=tuple(fringes), on_garment=True)] if fringes else []
    return [scarf, *parts]
