"""Appliqués: motifs of another cloth sewn on with stitches around their edge."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, polygon
from attire.render.wardrobe.finishes.graphics import heart, leaf, shield, star
from attire.render.wardrobe.finishes.places import drape, legs
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["applique", "appliques"]

SHAPES = (heart, star, shield, leaf)


def appliques(garment: Garment) -> None:
    """One to three patches on chest, hip, thigh or knee."""
    rng = garment.rng
    shape = SHAPES[int(rng.integers(len(SHAPES)))]()
    places: list[tuple[Panel, float, float]] = [
        (drape(garment), s, t) for s, t in ((-0.4, 0.6), (0.35, 0.45), (0.1, 0.8))
    ]
    if legs(garment):
        places = [
            (panel, 0.1, t) for panel, t in zip(legs(garment) * 2, (0.32, 0.55, 0.6, 0.4), strict=False)
        ]
    elif garment.skirt is None:
        body = garment.body
        places = [(body, s, y / body.height) for s, y in ((0.38, 19.0), (-0.42, 24.0), (0.1, 33.0))]
    for panel, s, t in places[: int(rng.integers(1, 4))]:
        color = choose_dye(rng, against=garment.cloth.color)
        thread = choose_dye(rng, against=color)
        garment.parts.append(applique(panel, s, t, float(rng.uniform(4.8, 7.0)), shape, color, thread))


def applique(
    panel: Panel, s: float, t: float, radius: float, shape: Floats, color: str, thread: str
) -> Piece:
    """Sew a patch on a sheet.

    Args:
        panel: What it is sewn on.
        s: Place across of its middle.
        t: Place down of its middle.
        radius: Centimetres.
        shape: Its outline around the origin, about 1 wide to each side, shape (N, 2).
        color: Hex colour of its felt.
        thread: Hex colour of its border.
    """
    around = np.array([2 * radius / max(panel.width, 1), radius / max(panel.height, 1)])

    def ring(share: float) -> Floats:
        return panel.on(np.clip(shape * share * around + (s, t), (-1, 0), (1, 1)))

    low, high = np.clip([(s, t) - 1.1 * around, (s, t) + 1.1 * around], (-1, 0), (1, 1))
    ground = panel.part((low[0], high[0]), (low[1], high[1]), rows=6, columns=6)
    outer, inner = polygon(ring(1.0)), ring(0.55)

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(outer, painter.pen(thread, 1.0, 1.7))
        painter.canvas.drawPath(outer, painter.pen("#000000", 0.3, 0.4))
        closed = np.concatenate([inner, inner[:1]])
        painter.stitches(closed, thread, 0.5)

    layer = Layer(
        path=outer, cloth=Cloth(color=color, weave="plain"), panels=(ground,), details=(draw,), thickness=0.6
    )
    return Piece(category="applique", layers=(layer,), on_garment=True)
