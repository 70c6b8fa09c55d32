"""Patterns of bands: stripes, zigzags and broken twill."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["bands", "chevron", "herringbone", "stripe"]


def stripe(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Straight bands across or upright: sailor's, pin, awning, grouped or of many colours."""
    kind, upright = str(rng.choice(["sailor", "pin", "awning", "group", "many"])), bool(rng.random() < 0.45)
    first, second = cloth.inks[0], cloth.inks[1]
    if kind == "sailor":
        step = swatch.steps(cloth.motif * 3.6)
        swatch.ink(bands(swatch, step, 0.0, step * float(rng.uniform(0.3, 0.42)), upright), first)
    elif kind == "pin":
        step = swatch.steps(cloth.motif * 3.0)
        swatch.ink(bands(swatch, step, 0.0, 0.6, True), first)
    elif kind == "awning":
        step = swatch.steps(cloth.motif * float(rng.uniform(4.5, 8.5)))
        swatch.ink(bands(swatch, step, 0.0, step / 2, upright), first)
    elif kind == "group":
        step = swatch.steps(cloth.motif * 7.5)
        swatch.ink(bands(swatch, step, 0.0, step * 0.34, upright), first)
        for place in (0.44, 0.81):
            swatch.ink(bands(swatch, step, step * place, step * 0.09, upright), second)
    else:
        step = swatch.steps(cloth.motif * 9.0)
        for part, color in enumerate((first, cloth.inks[-1], second)):
            swatch.ink(bands(swatch, step, step * part * 0.26, step * 0.19, upright), color)


def chevron(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Broad zigzag bands across."""
    wide = swatch.steps(cloth.motif * float(rng.uniform(5.5, 9.0)))
    high = swatch.steps(cloth.motif * float(rng.uniform(4.8, 7.5)), even=True)
    thick, rise = high * float(rng.uniform(0.42, 0.55)), wide * float(rng.uniform(0.36, 0.52))
    two = rng.random() < 0.35
    for row in range(round(swatch.side / high)):
        zigzag = _zigzag(swatch, wide, rise, row * high, thick)
        swatch.ink(swatch.wrapped(zigzag), cloth.inks[1 if two and row % 2 else 0])


def herringbone(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Narrow columns of slanting lines that change their slant, broken at every column."""
    wide = swatch.steps(cloth.motif * float(rng.uniform(4.4, 5.8)), even=True)
    step = swatch.steps(float(rng.uniform(1.9, 2.3)) * max(1.0, cloth.motif * 0.9))
    path, thick = canvas_library().Path(), step * 0.5
    for column in range(round(swatch.side / wide)):
        left, right = column * wide + 0.14, (column + 1) * wide - 0.14
        rise, start = (wide, 0.0) if column % 2 else (-wide, step / 2)
        for y in np.arange(start - 2 * wide, swatch.side + 2 * wide, step).tolist():
            path.moveTo(left, y)
            path.lineTo(right, y + rise)
            path.lineTo(right, y + rise + thick)
            path.lineTo(left, y + thick)
            path.close()
    swatch.ink(path, cloth.inks[0], 0.95)


def bands(swatch: "Swatch", step: float, first: float, wide: float, upright: bool) -> "skia.Path":
    """Repeat a band at every step, across or upright."""
    skia = canvas_library()
    path, side = skia.Path(), swatch.side
    for place in np.arange(first - step, side, step).tolist():
        path.addRect(
            skia.Rect.MakeXYWH(place, 0, wide, side) if upright else skia.Rect.MakeXYWH(0, place, side, wide)
        )
    return path


def _zigzag(swatch: "Swatch", wide: float, rise: float, top: float, thick: float) -> "skia.Path":
    path = canvas_library().Path()
    upper = [(k * wide / 2, top + (rise if k % 2 else 0.0)) for k in range(2 * round(swatch.side / wide) + 1)]
    path.moveTo(*upper[0])
    for x, y in upper[1:]:
        path.lineTo(x, y)
    for x, y in reversed(upper):
        path.lineTo(x, y + thick)
    path.close()
    return path
