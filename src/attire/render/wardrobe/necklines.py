"""The catalogue of necklines: what is cut out of a bodice, and the edge that is labelled."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from attire.render.layer import Layer, Piece
from attire.render.paths import Floats, intersect, line, smooth, stroke, subtract
from attire.render.person import LEVEL
from attire.render.wardrobe.garment import Garment

__all__ = ["NECKLINES", "cut_neckline"]

EDGE = 1.6
"""Width of the labelled edge, centimetres."""

Neckline: TypeAlias = Callable[[Garment, float], Floats]


def crew(garment: Garment, neck: float) -> Floats:
    """Round and close to the neck."""
    return _arc(neck, garment.taste.between(4.0, 7.0), power=2.0)


def scoop(garment: Garment, neck: float) -> Floats:
    """Round and deep."""
    return _arc(neck, garment.taste.between(10.0, 15.0), power=2.2)


def v_neck(garment: Garment, neck: float) -> Floats:
    """Pointed."""
    return _arc(neck, garment.taste.between(11.0, 19.0), power=1.0)


NECKLINES: dict[str, Neckline] = {"crew": crew, "scoop": scoop, "v": v_neck}
"""Lower edge of each opening from left to right, straight-body centimetres, shape (N, 2)."""


def cut_neckline(garment: Garment, name: str, neck: float) -> None:
    """Cut an opening for the neck into a garment and label its edge.

    Args:
        garment: Its body must begin at the shoulders.
        name: A neckline of the catalogue.
        neck: Half the width of the opening on the shoulders, centimetres; as given to the bodice.
    """
    figure = garment.figure
    lower = figure.pose(NECKLINES[name](garment, neck) + (figure.turn * 3.0, 0.0))
    top = figure.pose(np.array([[neck, LEVEL["neck"] - 9.0], [-neck, LEVEL["neck"] - 9.0]]))
    opening = smooth(np.concatenate([lower, top]), 0.25)
    whole = garment.outline()
    garment.cuts.append(opening)
    garment.behind.append(_back_of_neck(garment, neck))
    edge = intersect(stroke(line(lower), 2 * EDGE), subtract(whole, opening))
    garment.parts.append(Piece(category="neckline", layers=(), marks=(edge,), on_garment=True))
    garment.details.append(lambda painter: painter.canvas.drawPath(edge, painter.pen("#000000", 0.28, 0.25)))


def _arc(neck: float, depth: float, power: float) -> Floats:
    x = np.linspace(-1, 1, 17)
    return np.stack([x * neck, LEVEL["neck"] + 0.4 + depth * (1 - np.abs(x) ** power)], axis=1)


def _back_of_neck(garment: Garment, neck: float) -> Layer:
    """The inside of the back that shows behind the neck."""
    points = [
        (-neck, 29.0),
        (-neck * 0.6, 27.2),
        (neck * 0.6, 27.2),
        (neck, 29.0),
        (neck * 0.7, 33.0),
        (-neck * 0.7, 33.0),
    ]
    return Layer(
        path=smooth(garment.figure.pose(np.array(points)), 0.6),
        cloth=garment.cloth,
        behind=True,
        thickness=0.0,
    )
