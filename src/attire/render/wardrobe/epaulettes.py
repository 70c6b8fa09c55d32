"""Epaulettes: straps on the shoulders of a coat, a jacket or a shirt, labelled for themselves."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.layer import Piece
from attire.render.paths import Floats, Point, smooth
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.pockets import thread_on

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["sew_epaulettes"]


def sew_epaulettes(
    garment: Garment, *, neck: float = 8.5, ease: float = 2.0, button: str = "#c9b46a"
) -> None:
    """Sew a buttoned strap on both shoulders, from the sleeve's seam towards the neck.

    Args:
        garment: Gets the drawings and the labelled parts.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        ease: Room over the body's half-width, centimetres; as given to the bodice.
        button: Hex colour.
    """
    for side in (-1, 1):
        strap, place = _strap(garment, side, neck, ease)
        path = smooth(strap, 0.25)
        draw = partial(_draw, garment=garment, strap=strap, path=path, place=place, button=button)
        garment.details.append(draw)
        garment.parts.append(Piece(category="epaulette", layers=(), marks=(path,), on_garment=True))


def _draw(
    painter: "Painter", garment: Garment, strap: Floats, path: "skia.Path", place: Point, button: str
) -> None:
    painter.shadow(path, 0.7, 0.45)
    painter.solid(path, "#ffffff", 0.1)
    painter.canvas.drawPath(path, painter.pen("#000000", 0.6, 0.35))
    thread = np.concatenate([strap, strap[:1]]) * 0.88 + strap.mean(axis=0) * 0.12
    painter.stitches(thread, thread_on(garment))
    painter.stud(place, 0.75, button)


def _strap(garment: Garment, side: int, neck: float, ease: float) -> tuple[Floats, Point]:
    """Outline of a strap, shape (N, 2), and where its button sits."""
    figure = garment.figure
    tip = figure.half_width("shoulder", min(ease, 2.5) * 0.5)
    inner, outer = neck + 2.2, tip - 0.6
    points = [(inner, 29.9), (outer, 31.8), (outer + 0.5, 36.2), (inner + 1.0, 34.2), (inner - 0.9, 32.2)]
    strap = figure.pose(np.array([(side * x, y) for x, y in points]))
    x, y = (strap[[0, 3, 4]].mean(axis=0) * 0.85 + strap.mean(axis=0) * 0.15).tolist()
    return strap, (x, y)
