"""Sunglasses and spectacles, in front of the eyes and the hair."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import METAL
from attire.render.layer import Layer, Piece
from attire.render.paths import Floats, line, smooth, stroke, union
from attire.render.person import Figure
from attire.render.taste import Taste

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["GLASSES", "spectacles", "sunglasses"]

LENSES = {
    "round": [(-1, 0), (-0.7, -0.72), (0, -1.02), (0.7, -0.72), (1, 0), (0.7, 0.72), (0, 1.02), (-0.7, 0.72)],
    "cat-eye": [(-0.95, 0.1), (-0.8, -0.6), (0, -0.78), (1.22, -1.15),
                (1.05, 0.1), (0.5, 0.78), (-0.3, 0.8), (-0.8, 0.55)],
    "aviator": [(-0.92, -0.5), (-0.6, -0.86), (0.2, -0.92), (0.95, -0.75),
                (1.02, 0.0), (0.6, 0.9), (0.0, 1.16), (-0.55, 0.75)],
    "square": [(-1, -0.2), (-0.94, -0.8), (0, -0.88), (1.08, -0.86),
               (1.06, -0.1), (0.9, 0.72), (0, 0.84), (-0.85, 0.7)],
    "narrow": [(-1, 0.0), (-0.9, -0.45), (0, -0.52), (1.1, -0.6),
               (1.12, 0.0), (0.8, 0.46), (0, 0.52), (-0.85, 0.42)],
}  # fmt: skip
"""Outline of the right lens: x from the nose to the temple, y down; 1 is half a usual lens."""

FRAMES = ("#17120f", "#4b2a1a", "#7a4e2b", "#e8e2d6", "#8c2f39", *METAL)
TINTS = ("#15161a", "#15161a", "#2b1c14", "#1d2b24", "#5a2a44", "#24405e", "#9a6a3a")
EYES = 0.03
"""Height of the eyes in the frame of the head."""


def sunglasses(figure: Figure, taste: Taste) -> list[Piece]:
    """Dark lenses in a plastic or wire frame."""
    shape = taste.pick(*LENSES)
    wire = shape in ("aviator", "round") and taste.often(0.7)
    tint = Cloth(color=str(taste.rng.choice(TINTS)), weave="smooth", opacity=taste.between(0.86, 0.97))
    return _glasses(figure, taste, shape, tint, 0.35 if wire else 0.7, taste.between(0.98, 1.22))


def spectacles(figure: Figure, taste: Taste) -> list[Piece]:
    """Clear lenses in a frame that can be seen."""
    shape = taste.pick("round", "square", "cat-eye", "aviator")
    clear = Cloth(color="#cfe0ea", weave="smooth", opacity=0.14)
    return _glasses(figure, taste, shape, clear, taste.between(0.4, 0.85), taste.between(0.95, 1.1))


GLASSES = (sunglasses, spectacles)
"""Every kind of glasses."""


def _glasses(figure: Figure, taste: Taste, shape: str, lens: Cloth, rim: float, size: float) -> list[Piece]:
    outlines = [smooth(_lens(figure, out, shape, size), 0.9) for out in (-1, 1)]
    head = figure.head
    bridge = head.on_face(np.array([(-0.12, EYES - 0.03), (0, EYES - 0.08), (0.12, EYES - 0.03)]))
    bars = [stroke(line(bridge), max(0.45, rim * 0.8))]
    for out in (-1, 1):
        hinge = head.on_face(np.array([(out * 0.42 + out * 0.36 * size, EYES - 0.1)]))[0]
        ear = head.on(np.array([(out * 1.06, EYES - 0.06)]))[0]
        bars.append(stroke(line(np.array([hinge, (hinge + ear) / 2, ear])), max(0.45, rim * 0.75)))
    frame = union([*(stroke(outline, rim) for outline in outlines), *bars])
    frame_cloth = Cloth(
        color=str(taste.rng.choice(METAL if rim < 0.4 else FRAMES)), weave="smooth", gloss=0.5
    )
    glints = partial(_glints, figure=figure)
    layers = (
        Layer(path=union(outlines), cloth=lens, details=(glints,), thickness=0.0),
        Layer(path=frame, cloth=frame_cloth, thickness=0.35),
    )
    return [Piece(category="glasses", layers=layers, worn="head")]


def _lens(figure: Figure, out: int, shape: str, size: float) -> Floats:
    points = np.array(LENSES[shape]) * (0.34 * size, 0.215 * size) + (0.42, EYES)
    return figure.head.on_face(points * (out, 1))


def _glints(painter: "Painter", figure: Figure) -> None:
    """The sky in each lens."""
    streak = [(-0.2, 0.1), (-0.02, -0.14), (0.08, -0.14), (-0.1, 0.1)]
    for middle in (-0.42, 0.42):
        places = np.array(streak) + np.array([middle, EYES])
        painter.solid(smooth(figure.head.on_face(places), 0.2), "#ffffff", 0.28)
