"""The catalogue of weaves: the fine structure of a material, drawn over its pattern."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library, line

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["WEAVES"]


def smooth_surface(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Nothing to see: satin, leather, skin."""


def plain_weave(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Faint slubs both ways, as in cotton and linen."""
    light, dark = swatch.paint("#ffffff", 0.07, 0.12), swatch.paint("#000000", 0.07, 0.12)
    for place in rng.uniform(0, swatch.side, 70):
        paint = light if rng.random() < 0.5 else dark
        if rng.random() < 0.5:
            swatch.canvas.drawLine(place, 0, place, swatch.side, paint)
        else:
            swatch.canvas.drawLine(0, place, swatch.side, place, paint)


def twill(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Fine diagonals, as in denim and gabardine."""
    light, dark = swatch.paint("#ffffff", 0.13, 0.16), swatch.paint("#000000", 0.12, 0.16)
    step = swatch.steps(0.7)
    for place in np.arange(-swatch.side, swatch.side, step):
        swatch.canvas.drawLine(place, 0, place + swatch.side, swatch.side, light)
        swatch.canvas.drawLine(place + step / 2, 0, place + step / 2 + swatch.side, swatch.side, dark)


def knit(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Columns of V stitches, as in a sweater."""
    step = swatch.steps(1.3)
    paint, light = swatch.paint("#000000", 0.22, 0.22), swatch.paint("#ffffff", 0.10, 0.2)
    skia = canvas_library()
    path = skia.Path()
    for x in np.arange(0, swatch.side, step):
        for y in np.arange(-step, swatch.side, step * 0.8):
            path.moveTo(x, y)
            path.lineTo(x + step / 2, y + step * 0.55)
            path.lineTo(x + step, y)
    swatch.canvas.drawPath(path, paint)
    swatch.canvas.translate(0, step * 0.3)
    swatch.canvas.drawPath(path, light)
    swatch.canvas.translate(0, -step * 0.3)


def rib(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Upright ribs, as at cuffs and in roll-neck sweaters."""
    step = swatch.steps(1.0)
    dark, light = swatch.paint("#000000", 0.22, 0.3), swatch.paint("#ffffff", 0.12, 0.25)
    for x in np.arange(0, swatch.side, step):
        swatch.canvas.drawLine(x, 0, x, swatch.side, dark)
        swatch.canvas.drawLine(x + step / 2, 0, x + step / 2, swatch.side, light)


def pile(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Short hairs every way, as in fur and teddy."""
    light, dark = swatch.paint("#ffffff", 0.16, 0.16), swatch.paint("#000000", 0.2, 0.18)
    for x, y in swatch.places(1.3, rng, jitter=0.5):
        tip = rng.uniform(-0.7, 0.7, 2)
        hair = line([(0.0, 0.0), (float(tip[0]), 0.7 + float(tip[1])), (float(tip[0]) * 2, 1.6)])
        paint = light if rng.random() < 0.5 else dark
        swatch.stamp(x, y, 1.8, lambda canvas, hair=hair, paint=paint: canvas.drawPath(hair, paint))


WEAVES: "dict[str, Callable[[Swatch, Cloth, Rng], None]]" = {
    "smooth": smooth_surface,
    "plain": plain_weave,
    "twill": twill,
    "knit": knit,
    "rib": rib,
    "pile": pile,
}
"""How each weave is drawn."""
