"""Flowers of cloth."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth, Rng
from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness, mixed
from attire.render.layer import Layer, Piece
from attire.render.paths import Floats, Point, canvas_library
from attire.render.wardrobe.decorations.edges import from_shoulders, waist
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["flower", "flowers"]


def flowers(garment: Garment) -> None:
    """One to three at the shoulder, on the chest, at the waist or hip."""
    rng = garment.rng
    color = choose_dye(
        rng, ("#e7b4bd", "#c2334d", "#f4f1ea", "#e9b44c", "#d76a3c", "#9a6fb0"), garment.cloth.color
    )
    middle = waist(garment)
    at = middle[len(middle) // 4 if rng.random() < 0.5 else -len(middle) // 4].tolist()
    if from_shoulders(garment) and rng.random() < 0.6:
        at = list(garment.body.at(float(rng.choice([-0.45, 0.45])), min(14.0 / garment.body.height, 0.4)))
    for i in range(int(rng.integers(1, 4))):
        place = (at[0] + 5.5 * i * float(np.sign(-at[0]) or 1), at[1] + 3.0 * (i % 2) + 2.0)
        garment.parts.append(flower(place, float(rng.uniform(5.5, 7.2)) * (1 - 0.18 * i), color, rng))


def flower(at: Point, radius: float, color: str, rng: Rng) -> Piece:
    """Sew a flower of three rings of petals.

    Args:
        at: Its middle, centimetres.
        radius: Centimetres.
        color: Hex.
        rng: Turns it.
    """
    turn = float(rng.uniform(0, 6.28))
    rings = [
        [_petal(at, radius * share, turn + i * 0.5 + 2 * np.pi * k / 6) for k in range(6)]
        for i, share in enumerate((1.0, 0.72, 0.45))
    ]
    deep = mixed(color, "#3a0a18" if lightness(color) < 0.8 else "#8a7f5a", 0.35)
    heart = "#f2cf63" if lightness(color) < 0.75 else "#d09a2c"

    def draw(painter: "Painter") -> None:
        for tone, ring in zip(
            (mixed(color, deep, 0.45), color, mixed(color, "#ffffff", 0.25)), rings, strict=True
        ):
            for petal in ring:
                painter.solid(petal, tone)
                painter.canvas.drawPath(petal, painter.pen(deep, 0.75, 0.06 * radius))
        painter.stud(at, 0.17 * radius, heart)

    path = canvas_library().Path()
    for petal in rings[0]:
        path.addPath(petal)
    layer = Layer(path=path, cloth=Cloth(color=color, weave="smooth"), details=(draw,), thickness=0.9)
    return Piece(category="flower", layers=(layer,), on_garment=True)


def _petal(at: Point, reach: float, angle: float) -> "skia.Path":
    """A rounded petal from the middle outwards."""
    out = np.array([np.cos(angle), np.sin(angle)])
    side = np.array([-out[1], out[0]])
    knots: Floats = np.array(
        [(0.0, 0.0), (0.45, 0.42), (0.85, 0.45), (1.0, 0.0), (0.85, -0.45), (0.45, -0.42)]
    )
    x = (knots[:, :1] * out + knots[:, 1:] * side) * reach + at
    path = canvas_library().Path()
    path.moveTo(*x[0].tolist())
    path.cubicTo(*x[1].tolist(), *(x[2] * 1.0).tolist(), *x[3].tolist())
    path.cubicTo(*x[4].tolist(), *x[5].tolist(), *x[0].tolist())
    path.close()
    return path
