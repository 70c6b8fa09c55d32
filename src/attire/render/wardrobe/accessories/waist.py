"""What is worn around the waist."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, between
from attire.render.paths import Floats, Point, canvas_library, circle, line, stroke
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import frame_buckle, leather, metal, sewn, strip
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["BELTS", "chain_belt", "leather_belt", "sash", "wide_belt"]

EASE = 2.3
"""Room over the waist, centimetres: a belt lies over clothes."""


def leather_belt(
    figure: Figure, taste: Taste, *, height: float = LEVEL["waist"], ease: float = EASE
) -> list[Piece]:
    """A narrow leather belt with a buckle, its end pulled through a loop."""
    wide = taste.between(1.8, 3.6)
    return _buckled(figure, taste, height, wide, ease)


def wide_belt(
    figure: Figure, taste: Taste, *, height: float = LEVEL["waist"], ease: float = EASE
) -> list[Piece]:
    """A broad belt that draws the waist in, with a large buckle."""
    return _buckled(figure, taste, height, taste.between(5.0, 8.0), ease - 0.6)


def sash(figure: Figure, taste: Taste, *, height: float = LEVEL["waist"], ease: float = EASE) -> list[Piece]:
    """A band of soft cloth, knotted, with two hanging ends."""
    cloth = cloth_for(taste, "smooth")
    band = _around(figure, height, taste.between(4.0, 6.5), ease, columns=18)
    band = band.raised(rumple(band, taste.rng, 0.25, waves=5))
    side = float(taste.rng.choice([-1, 1])) * taste.between(0.0, 0.4)
    x, y = band.at(side, 0.5)
    falls = []
    for lean in (-1.0, 1.0):
        fall = taste.between(16, 34)
        spine = [(x, y), (x + lean * 2.2, y + fall * 0.4), (x + lean * taste.between(2, 5), y + fall)]
        end = strip(spine, [1.2, 2.3, 3.0], thickness=0.3, columns=9)
        s, t = end.grid()
        falls.append(end.raised(0.35 * np.cos(5 * s + taste.between(0, 6)) * t))
    knot = strip([(x - 0.4, y - 2.2), (x, y), (x + 0.4, y + 2.4)], [1.5, 2.3, 1.4], thickness=0.9, rows=8)
    return [sewn("belt", [band, *falls, knot], cloth)]


def chain_belt(
    figure: Figure, taste: Taste, *, height: float = LEVEL["hip"] - 9, ease: float = 2.0
) -> list[Piece]:
    """Metal links around the hips, with an end that hangs down."""
    cloth = metal(taste)
    band = _around(figure, height, 2.0, ease)
    s = np.linspace(-1, 1, 60)
    along_band = band.on(np.stack([s, np.full_like(s, 0.5)], axis=1))
    x, y = band.at(float(taste.rng.uniform(-0.4, 0.4)), 0.5)
    hanging = np.array([[x, y], [x + 0.5, y + 8], [x, y + taste.between(12, 20)]])
    radius = taste.between(1.2, 1.7)
    links = canvas_library().Path()
    for spine in (along_band, hanging):
        for center in _spaced(spine, radius * 1.5):
            links.addPath(stroke(circle(center, radius), 0.75))
    mark = stroke(line(along_band), 2 * radius)
    layer = Layer(path=links, cloth=cloth, thickness=0.4)
    return [Piece(category="belt", layers=(layer,), marks=(mark, stroke(line(hanging), 2 * radius)))]


BELTS = (leather_belt, wide_belt, sash, chain_belt)
"""Every kind of belt."""


def _buckled(figure: Figure, taste: Taste, height: float, wide: float, ease: float) -> list[Piece]:
    cloth, fittings = leather(taste), metal(taste)
    band = _around(figure, height, wide, ease)
    tongue = band.part((band.s_for(0.4 * wide, 0.5), band.s_for(9.0, 0.5)), (-0.0, 1.0), rows=6)
    loop = band.patch(band.s_for(4.5 + 0.4 * wide, 0), -0.08, 1.1, 1.2 * wide, rows=4, columns=4)
    thread = "#e8dcc0" if taste.rng.random() < 0.4 else "#1a1512"
    details = (partial(_belt_marks, band=band, tongue=tongue, thread=thread),)
    belt = sewn("belt", [band, tongue, loop.raised(np.full_like(loop.relief, 0.4))], cloth, details=details)
    place = band.at(0, 0.5)
    tilt = float(np.degrees(np.arctan2(*(np.subtract(band.at(0.2, 0.5), band.at(-0.2, 0.5))[::-1]))))
    broad = wide * float(taste.rng.choice([1.0, 1.25])) + 1.2
    return [belt, frame_buckle(place, broad, wide + 1.4, fittings, degrees=tilt)]


def _around(figure: Figure, height: float, wide: float, ease: float, columns: int = 24) -> Panel:
    """A band around the body at a height, as broad as ``wide``, centimetres."""
    y = np.linspace(height - wide / 2, height + wide / 2, 7)
    knots_y = [LEVEL["bust"], LEVEL["waist"], LEVEL["hip"]]
    half = np.interp(y, knots_y, [figure.half_width(n, ease) for n in ("bust", "waist", "hip")])
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    sheet = between(left, right, bulge=11.0, sag=1.2, turn=figure.turn, columns=columns)
    t = sheet.grid()[1]
    return sheet.raised(0.35 * np.sqrt(np.clip(1 - (2 * t - 1) ** 4, 0, 1)))


def _spaced(spine: Floats, step: float) -> list[Point]:
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(spine, axis=0), axis=1))])
    where = np.arange(0, place[-1], step)
    return [(float(np.interp(w, place, spine[:, 0])), float(np.interp(w, place, spine[:, 1]))) for w in where]


def _belt_marks(painter: "Painter", band: Panel, tongue: Panel, thread: str) -> None:
    for t in (0.14, 0.86):
        painter.stitches(band.on([(s, t) for s in (-0.98, -0.5, 0, 0.5, 0.98)]), thread, 0.16)
    painter.seam(tongue.on([(1, 0), (1, 0.5), (1, 1)]), 0.5, 0.25)
    for s in (-0.2, 0.1, 0.4):
        x, y = tongue.at(s, 0.5)
        painter.canvas.drawCircle(x, y, 0.22, painter.pen("#000000", 0.6, 0.2))
