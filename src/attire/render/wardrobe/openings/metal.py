"""Openings of metal: zippers, and straps with buckles."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.dyes import LEATHER, METAL, choose_dye
from attire.render.color import lightness, mixed
from attire.render.layer import Piece
from attire.render.paths import Floats, Point, canvas_library, line, polygon, smooth, stroke, union
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import (
    draw_on_front,
    front_of,
    marks_on_front,
    places_along,
    shifted,
    show_opening,
)

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["buckled", "draw_zip", "zip_up"]

TAPE = 2.6
"""Width of a zipper with its tapes, centimetres."""


def zip_up(garment: Garment) -> None:
    """A zipper down the front with its puller; half of it on each edge where the front is open."""
    front = front_of(garment)
    edges = [front.right] if front.closed else [shifted(front.left, -0.9), shifted(front.right, 0.9)]
    for place, edge in enumerate(edges):
        draw_zip(garment, edge, puller=place == 0, narrow=not front.closed)
    show_opening(garment, edges, TAPE)


def draw_zip(garment: Garment, edge: Floats, *, puller: bool = True, narrow: bool = False) -> None:
    """Sew a zipper along a line and label it.

    Args:
        garment: Whose front it lies on; everything must be cut before.
        edge: Shape (N, 2), centimetres.
        puller: Whether it hangs on this one, at the top.
        narrow: Whether this is one half of an open zipper.
    """
    metal = choose_dye(garment.rng, METAL, against=garment.cloth.color)
    dark = lightness(garment.cloth.color) > 0.35
    tape = mixed(garment.cloth.color, "#000000" if dark else "#ffffff", 0.55 if dark else 0.2)
    width = 1.8 if narrow else TAPE
    path = line(edge[:: max(1, len(edge) // 14)] if len(edge) > 16 else edge)
    pull = _puller(edge[min(2, len(edge) - 1)]) if puller else None

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(path, painter.pen("#000000", 0.45, width + 0.7))
        painter.canvas.drawPath(path, painter.pen(tape, 1.0, width))
        teeth = painter.pen(metal, 1.0, width * 0.5)
        teeth.setStrokeCap(canvas_library().Paint.kButt_Cap)
        teeth.setPathEffect(canvas_library().DashPathEffect.Make([0.75, 0.5], 0.0))
        painter.canvas.drawPath(path, teeth)
        if pull is not None:
            painter.shadow(pull, 0.5)
            painter.solid(pull, metal)
            painter.canvas.drawPath(pull, painter.pen("#000000", 0.6, 0.3))

    draw_on_front(garment, draw)
    mark = stroke(path, width)
    mark = marks_on_front(garment, union([mark, pull]) if pull is not None else mark)
    garment.parts.append(Piece(category="zipper", layers=(), marks=(mark,), on_garment=True))


def buckled(garment: Garment) -> None:
    """One to three straps across the front, each through a buckle."""
    front, rng = front_of(garment), garment.rng
    straps = int(rng.integers(1, 4))
    edge = front.right if front.closed else (front.left + front.right) / 2
    edge = edge[edge[:, 1] <= edge[0, 1] + 48.0]
    step = max(9.0, float(np.ptp(edge[:, 1])) / (straps + 0.6))
    places = places_along(edge, step, 5.0 if straps > 1 else 0.45 * float(np.ptp(edge[:, 1])), 4.0)
    leather = choose_dye(rng, LEATHER, against=garment.cloth.color)
    metal = choose_dye(rng, METAL, against=leather)
    reach, half = garment.taste.between(7.0, 11.0), garment.taste.between(1.5, 1.9)
    frames = []
    for x, y in places[:3].tolist():
        side = garment.body.width * 0.42
        draw_strap(garment, (x, y), (min(reach, side), half), leather, metal)
        frames.append(_frame((x, y), half))

    def seam(painter: "Painter") -> None:
        painter.seam(shifted(front.right, 2.0), 0.6, 0.5)

    garment.details.insert(max(0, len(garment.details) - len(frames)), seam)
    across = np.array([(-min(reach, side), 0.0), (min(reach, side), 0.0)])
    show_opening(garment, [across + place for place in places[:3]], 2 * half + 1.0)
    for frame in frames:
        mark = marks_on_front(garment, frame)
        garment.parts.append(Piece(category="buckle", layers=(), marks=(mark,), on_garment=True))


def draw_strap(garment: Garment, middle: Point, size: tuple[float, float], leather: str, metal: str) -> None:
    """Lay a strap with a buckle across the front.

    Args:
        garment: Whose front it lies on.
        middle: Where the buckle is, centimetres.
        size: Half its length and half its height, centimetres.
        leather: Colour of the strap, hex.
        metal: Colour of the buckle, hex.
    """
    (x, y), (reach, half) = middle, size
    tongue = np.array(
        [(-reach, -half), (reach - 1.6, -half), (reach, 0), (reach - 1.6, half), (-reach, half)]
    )
    strap, frame = polygon(np.add(tongue, (x, y))), _frame(middle, half)

    def draw(painter: "Painter") -> None:
        painter.shadow(strap, 0.7, 0.6)
        painter.solid(strap, leather)
        painter.canvas.drawPath(strap, painter.pen("#000000", 0.6, 0.3))
        painter.canvas.drawLine(
            x - reach, y - half * 0.55, x + reach - 2, y - half * 0.55, painter.pen("#ffffff", 0.28, 0.35)
        )
        for hole in (3.6, 5.2, 6.8):
            painter.canvas.drawPoint(x + hole, y, painter.pen("#000000", 0.8, 0.55))
        painter.shadow(frame, 0.5, 0.6)
        painter.solid(frame, metal)
        painter.canvas.drawPath(frame, painter.pen("#000000", 0.6, 0.2))
        painter.canvas.drawLine(x - 1.6, y, x + 2.0, y, painter.pen(mixed(metal, "#000000", 0.2), 1.0, 0.5))

    draw_on_front(garment, draw)


def _frame(middle: Point, half: float) -> "skia.Path":
    """The rectangular ring of a buckle."""
    skia = canvas_library()
    x, y = middle
    tall = half + 0.9
    path = skia.Path()
    path.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x - 2.3, y - tall, x + 2.3, y + tall), 0.7, 0.7))
    path.addRRect(
        skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(x - 1.5, y - tall + 0.8, x + 1.5, y + tall - 0.8), 0.4, 0.4)
    )
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def _puller(place: Floats) -> "skia.Path":
    """The slider with the tab that hangs on it."""
    shape = [
        (-1.0, -0.8),
        (1.0, -0.8),
        (0.9, 1.0),
        (0.7, 1.2),
        (0.9, 4.4),
        (-0.9, 4.4),
        (-0.7, 1.2),
        (-0.9, 1.0),
    ]
    return smooth(np.array(shape) + place, 0.3)
