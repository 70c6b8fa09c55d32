"""The catalogue of hoods: lying on shoulders and back, or up around the head."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.cloth import Cloth
from attire.render.color import mixed
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import between
from attire.render.paths import smooth, stroke, subtract, union
from attire.render.wardrobe.collars import fitted, leaf
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["HOODS", "sew_hood", "worn_up"]

Hood: TypeAlias = Callable[[Garment, float, float, Cloth], None]


def hood_down(garment: Garment, neck: float, meet: float, trim: Cloth) -> None:
    """Lies behind the neck in a thick roll whose ends meet in front."""
    figure, wide = garment.figure, garment.taste.between(4.5, 6.5)
    bag = [
        (-neck - 3.5, 31.5), (-neck - 3.2, 27.0), (-neck, 22.4), (-3.0, 20.6), (3.0, 20.6), (neck, 22.4),
        (neck + 3.2, 27.0), (neck + 3.5, 31.5),
    ]  # fmt: skip
    behind = smooth(figure.pose(np.array(bag)), 0.8)
    dark = replace(garment.cloth, color=mixed(garment.cloth.color, "#000000", 0.3), gloss=0.0)
    back = Layer(path=behind, cloth=dark, behind=True, thickness=0.0)
    garment.behind.append(back)
    panels, k = [], np.linspace(0, 1, 12)
    for side in (-1, 1):
        places = [0.0, 0.4, 0.7, 1.0]
        within, around = [neck - 1.4, neck - 2.0, 0.55 * neck, 0.2], [24.0, 28.4, 30.5, meet + 0.6]
        beyond, below = (
            [neck + 2.6, neck + wide, neck * 0.6 + wide * 0.7, 1.6],
            [23.6, 30.8, 35.5, meet + 5.0],
        )
        inner = np.stack([side * np.interp(k, places, within), np.interp(k, places, around)], axis=1)
        outer = np.stack([side * np.interp(k, places, beyond), np.interp(k, places, below)], axis=1)
        edges = [fitted(garment, inner), fitted(garment, outer)]
        panel = leaf(*(edges if side > 0 else edges[::-1]), thick=2.6, columns=9)
        panels.append(panel.raised(rumple(panel, garment.rng, 0.7, waves=5)))
    path = union([panel.outline() for panel in panels])
    garment.overlays.append(path)
    front = Layer(path=path, cloth=trim, panels=tuple(panels), thickness=1.2)
    garment.parts.append(Piece(category="hood", layers=(back, front), on_garment=True))


def hood_up(garment: Garment, neck: float, meet: float, trim: Cloth) -> None:
    """Frames the face; the whole garment must be worn over the head, see :func:`worn_up`."""
    figure = garment.figure
    y = np.array([-4.6, -3.4, 0.5, 8.0, 16.0, 23.0, 29.0, 33.0])
    half = np.array([2.0, 7.0, 10.6, 12.0, 11.6, 10.6, neck + 2.5, neck + 5.0])
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    shell = between(left, right, bulge=7.0, turn=figure.turn, columns=18)
    shell = shell.raised(rumple(shell, garment.rng, 0.6, waves=6))
    throat = max(meet - 2.0, 27.5)
    face = [(0.0, 2.2), (4.8, 3.2), (7.0, 8.0), (7.2, 14.0), (6.0, 20.5), (3.0, 25.5), (0.0, throat)]
    ring = [*face, *((-x, b) for x, b in face[-2:0:-1])]
    points = figure.pose(np.array([(x + 5.0 * figure.turn, b) for x, b in ring]))
    hole = smooth(points, 0.9)
    path = subtract(shell.outline(), hole)
    rim = stroke(hole, 2.4)

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(hole, painter.pen("#000000", 0.35, 3.4))
        if trim is not garment.cloth:
            painter.solid(rim, trim.color)
        painter.seam(np.array([*points, points[0]]) * 1.0, 0.5, 0.5)

    garment.overlays.append(path)
    inside = replace(garment.cloth, color=mixed(garment.cloth.color, "#000000", 0.5), gloss=0.0)
    garment.behind.append(Layer(path=shell.outline(), cloth=inside, behind=True, thickness=0.0))
    layer = Layer(path=path, cloth=garment.cloth, panels=(shell,), details=(draw,), thickness=0.8)
    garment.parts.append(Piece(category="hood", layers=(layer,), on_garment=True))


HOODS: dict[str, Hood] = {"hood down": hood_down, "hood up": hood_up}
"""How each hood is sewn on, given the neck's half-width, where its ends meet and the cloth of its rim."""


def sew_hood(garment: Garment, name: str, neck: float, meet: float, trim: Cloth | None = None) -> None:
    """Sew a hood on a garment whose front is cut.

    Args:
        garment: Gets the labelled part.
        name: ``hood down`` or ``hood up``; pieces of a garment with one up go through :func:`worn_up`.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        meet: Height where its ends meet in front, centimetres below the crown.
        trim: Cloth of its rim, such as fur; by default the garment's.
    """
    HOODS[name](garment, neck, meet, garment.cloth if trim is None else trim)


def worn_up(pieces: list[Piece]) -> list[Piece]:
    """Draw a garment over head and hair, as with its hood up."""
    return [replace(piece, worn="head") for piece in pieces]
