"""Peacock: the eyes of its tail feathers."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["peacock"]


def peacock(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Feathers in overlapping rows: barbs around an eye of gold, turquoise and a dark notched heart."""
    wide = swatch.steps(cloth.motif * 9.0, even=True)
    high = swatch.steps(wide * 0.95, even=True)
    columns, rows = round(swatch.side / wide), round(swatch.side / high)
    barbs, size = _barbs(), wide / 2
    for row in range(rows + 1):
        shift = 0.5 * (row % 2)
        spots = [((column + shift + 0.5) * wide, 0.0, 0.0, 1.0) for column in range(columns)]
        drawn = swatch.canvas
        drawn.save()
        drawn.translate(0, (row - 0.25) * high)
        for path, color, line in _feather(barbs, size, cloth):
            swatch.ink(_shifted(swatch, path, spots), color, 1.0, line)
        drawn.restore()


def _feather(barbs: "skia.Path", size: float, cloth: Cloth) -> "list[tuple[skia.Path, str, float | None]]":
    """Layers of one feather from back to front: path, ink, width of its lines."""
    skia = canvas_library()
    fan = skia.Path()
    barbs.transform(skia.Matrix.Scale(size, size), fan)
    eye = [
        (0, -0.78),
        (0.5, -0.5),
        (0.62, -0.02),
        (0.3, 0.5),
        (0, 0.72),
        (-0.3, 0.5),
        (-0.62, -0.02),
        (-0.5, -0.5),
    ]
    heart = [
        (0, -0.2),
        (0.2, -0.42),
        (0.4, -0.2),
        (0.3, 0.14),
        (0, 0.36),
        (-0.3, 0.14),
        (-0.4, -0.2),
        (-0.2, -0.42),
    ]
    back = smooth(
        [
            (0, -1.15),
            (0.75, -0.8),
            (1.02, 0.0),
            (0.8, 0.8),
            (0.25, 1.9),
            (-0.25, 1.9),
            (-0.8, 0.8),
            (-1.02, 0.0),
            (-0.75, -0.8),
        ]
    )
    ground = skia.Path()
    back.transform(skia.Matrix.Scale(size, size), ground)
    gold, blue, dark = cloth.inks[:3]
    return [
        (ground, cloth.color, None),
        (fan, gold, 0.26),
        (smooth([(x * size, y * size) for x, y in eye]), gold, None),
        (smooth([(x * size * 0.76, (y * 0.78 + 0.02) * size) for x, y in eye]), blue, None),
        (smooth([(x * size, y * size) for x, y in heart]), dark, None),
    ]


def _barbs() -> "skia.Path":
    """Fine curved hairs of a feather whose eye has a radius of one."""
    path = canvas_library().Path()
    for angle in np.linspace(-2.4, 2.4, 13).tolist():
        x, y = float(np.sin(angle)), -float(np.cos(angle))
        path.moveTo(0.25 * x, 0.9 + 0.2 * y)
        path.quadTo(0.75 * x, 0.35 + 0.7 * y, 1.0 * x, 1.08 * y)
    path.moveTo(0, 0.6)
    path.lineTo(0, 1.9)
    return path


def _shifted(
    swatch: "Swatch", path: "skia.Path", spots: "list[tuple[float, float, float, float]]"
) -> "skia.Path":
    """Copy a path along a row, around the left and right edge only."""
    skia = canvas_library()
    copies = skia.Path()
    for x, y, _, _ in spots:
        for wrap in (-swatch.side, 0.0, swatch.side):
            copies.addPath(path, skia.Matrix.Translate(x + wrap, y))
    return copies
