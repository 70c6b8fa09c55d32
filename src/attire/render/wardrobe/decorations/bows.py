"""Bows: two loops, a knot and two ends."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.layer import Layer, Piece
from attire.render.panel import along
from attire.render.paths import Floats, Point, canvas_library
from attire.render.wardrobe.decorations.edges import from_shoulders, neck_edge, waist
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["bow", "bows"]


def bows(garment: Garment) -> None:
    """One tied at the neck, the waist or a shoulder."""
    rng = garment.rng
    color = choose_dye(rng, against=garment.cloth.color) if rng.random() < 0.6 else garment.cloth.color
    cloth = Cloth(color=color, weave="smooth", gloss=0.3)
    line = waist(garment)
    at = line[round((len(line) - 1) * float(rng.choice([0.5, 0.3, 0.7])))].tolist()
    if from_shoulders(garment) and rng.random() < 0.6:
        edge = neck_edge(garment, 2.5)
        at = edge[len(edge) // 2].tolist() if rng.random() < 0.7 else list(garment.body.at(0.5, 0.14))
    piece = bow((at[0], at[1]), float(rng.uniform(9.0, 12.5)), cloth, angle=float(rng.uniform(-8, 8)))
    garment.parts.append(piece)


def bow(at: Point, size: float, cloth: Cloth, *, angle: float = 0.0, tails: bool = True) -> Piece:
    """Tie a bow.

    Args:
        at: Its knot, centimetres.
        size: From the knot to the end of a loop, centimetres.
        cloth: What it is tied of.
        angle: Degrees by which it is turned.
        tails: Whether two ends hang from it.
    """
    turn = np.radians(angle)
    around = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])

    def put(points: list[Point]) -> Floats:
        posed: Floats = np.asarray(points, float) @ around * size + at
        return posed

    ends = [
        along(
            put([(0, 0), (way * 0.3, 0.6), (way * 0.5, 1.35 - 0.15 * way)]),
            np.array([0.1, 0.19, 0.27]) * size,
            rows=9,
            columns=8,
        )
        for way in (-1, 1)
    ]
    loops = [
        along(
            put([(0, 0), (way * 0.4, -0.1), (way * 0.8, -0.12), (way, -0.1)]),
            np.array([0.13, 0.36, 0.46, 0.3]) * size,
            rows=11,
            columns=10,
        )
        for way in (-1, 1)
    ]
    knot = along(put([(0, -0.2), (0, 0), (0, 0.22)]), np.array([0.15, 0.19, 0.15]) * size, rows=6, columns=6)
    creases = canvas_library().Path()
    for way in (-1, 1):
        for rise in (-0.28, -0.1, 0.12):
            start, middle, end = put(
                [(way * 0.12, rise * 0.3), (way * 0.4, rise * 0.8 - 0.05), (way * 0.72, rise - 0.1)]
            ).tolist()
            creases.moveTo(*start)
            creases.quadTo(*middle, *end)

    def fold(painter: "Painter") -> None:
        painter.canvas.drawPath(creases, painter.pen("#000000", 0.42, 0.05 * size))

    groups = [(ends, ()), (loops, (fold,)), ([knot], ())] if tails else [(loops, (fold,)), ([knot], ())]
    layers = []
    for panels, details in groups:
        path = panels[0].outline()
        for other in panels[1:]:
            path.addPath(other.outline())
        layers.append(Layer(path=path, cloth=cloth, panels=tuple(panels), details=details, thickness=0.9))
    return Piece(category="bow", layers=tuple(layers), on_garment=True)
