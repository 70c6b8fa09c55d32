"""How trousers close at the front: a fly with its zip, a side zip, a lacing, or nothing."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.dyes import METAL, choose_dye
from attire.render.color import mixed
from attire.render.layer import Piece
from attire.render.paths import Floats, line, stroke
from attire.render.person import LEVEL
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.waistlines import thread

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["fly", "seat_seam"]


def seat_seam(garment: Garment) -> None:
    """Draw the seam that joins the two legs from the waistband to the crotch."""
    body = garment.body
    points = body.on([(0.0, t) for t in np.linspace(0.0, 0.97, 12)])
    garment.details.append(lambda painter: painter.seam(points, 0.5, 0.35))


def fly(garment: Garment, *, zipped: bool = True) -> None:
    """Sew a fly: a lap with a J of stitching, a zip or buttons beneath, and a button on the waistband.

    Args:
        garment: Trousers, shorts or a skirt whose ``body`` begins at the waistband.
        zipped: Whether a bit of the zip shows and is labelled.
    """
    body, figure = garment.body, garment.figure
    start = (4.0 if garment.category != "jumpsuit" else 0.0) / max(body.height, 1e-6)
    top = body.at(0.0, start)
    reach = min(LEVEL["crotch"] - 3, body.at(0.0, 1.0)[1] - 1) - top[1]
    down = np.array([0.0, 0.35, 0.7, 0.88, 1.0]) * min(reach, 19.0)
    side = 1.0 if garment.rng.random() < 0.5 else -1.0
    across = side * np.array([4.4, 4.3, 3.9, 2.6, 0.2])
    middle = np.array([body.at(0.0, min(start + step / body.height, 1.0)) for step in down])
    lap = middle + np.stack([across, np.zeros(5)], axis=1)
    metal = choose_dye(garment.rng, METAL)
    garment.witnesses["opening"] = stroke(line(middle), 3.0)
    garment.details.append(partial(_draw_fly, middle=middle, lap=lap, color=thread(garment)))
    if zipped and figure.head_on:
        teeth = np.add(middle[:4], (side * 0.55, 0.0))
        garment.parts.append(
            Piece(category="zipper", layers=(), marks=(stroke(line(teeth), 1.5),), on_garment=True)
        )
        garment.details.append(partial(_draw_zip, teeth=teeth, metal=metal))


def _draw_fly(painter: "Painter", middle: Floats, lap: Floats, color: str) -> None:
    painter.seam(middle, 0.8, 0.55)
    painter.stitches(lap, color, 0.32)
    painter.stitches(lap - (np.sign(lap[0, 0] - middle[0, 0]) * 0.75, 0.0), color, 0.26)
    painter.canvas.drawPath(line(lap), painter.pen("#000000", 0.3, 0.25))


def _draw_zip(painter: "Painter", teeth: Floats, metal: str) -> None:
    painter.canvas.drawPath(line(teeth), painter.pen(mixed(metal, "#000000", 0.45), 0.9, 0.9))
    painter.stitches(teeth, metal, 0.5)
    x, y = teeth[0].tolist()
    painter.solid(stroke(line([(x, y + 0.5), (x + 0.1, y + 2.6)]), 0.9), metal)
