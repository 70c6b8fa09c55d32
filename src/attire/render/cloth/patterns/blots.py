"""Patterns without a motif: camouflage and paint on canvas."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.noise import edged, ripples
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["abstract", "camouflage"]


def camouflage(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Interlocking patches of three tones on a fourth, drawn out sideways."""
    pixels = min(swatch.pixels, 176)
    for ink, level in zip(cloth.inks, (0.25, 0.62, 1.05), strict=False):
        field = ripples(rng, pixels, (2.6 / cloth.motif, 4.4 / cloth.motif), 2.6)
        field = field + 0.22 * ripples(rng, pixels, (13, 13), 4)
        swatch.wash(edged(field, level, pixels * 0.05), ink)


def abstract(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Paint: broad brush strokes, pools of colour, or drips flung at the cloth."""
    kind = str(rng.choice(["strokes", "pools", "flung"]))
    if kind == "pools":
        for ink, level in zip(cloth.inks, (0.2, 0.75, 1.1), strict=False):
            field = ripples(rng, 96, (1.7, 1.7), 1.1)
            swatch.wash(edged(field, level, 10), ink, 0.92)
            swatch.ink(_scrawl(swatch, rng), cloth.inks[-1], 0.9, 0.45)
        return
    if kind == "strokes":
        for ink in (*cloth.inks, *cloth.inks[:2]):
            for _ in range(3):
                _brush(swatch, rng, ink, cloth.motif)
    for ink in cloth.inks:
        swatch.ink(_splashes(swatch, rng, 16 if kind == "strokes" else 70), ink)
        if kind == "flung":
            swatch.ink(_scrawl(swatch, rng), ink, 1.0, float(rng.uniform(0.5, 1.1)))


def _brush(swatch: "Swatch", rng: Rng, ink: str, size: float) -> None:
    """One sweep of a wide brush: close hairs that end at different places."""
    path = canvas_library().Path()
    x, y, lean = rng.uniform(0, 32), rng.uniform(0, 32), rng.uniform(-0.9, 0.9)
    ahead, side = np.array([np.cos(lean), np.sin(lean)]), np.array([-np.sin(lean), np.cos(lean)])
    bow = rng.uniform(-3, 3)
    for hair in np.linspace(-1.8, 1.8, 9) * size:
        start = (x, y) + side * hair + ahead * rng.uniform(-1.2, 0.6)
        end = start + ahead * rng.uniform(9, 13) * size
        path.moveTo(*start.tolist())
        path.quadTo(*((start + end) / 2 + side * bow).tolist(), *end.tolist())
    swatch.ink(swatch.wrapped(path), ink, 0.95, 0.56 * size)


def _splashes(swatch: "Swatch", rng: Rng, count: int) -> "skia.Path":
    path = canvas_library().Path()
    for x, y, size in rng.uniform((0, 0, 0), (32, 32, 1), (count, 3)).tolist():
        path.addCircle(x, y, 0.18 + 1.1 * size**4)
    return swatch.wrapped(path)


def _scrawl(swatch: "Swatch", rng: Rng) -> "skia.Path":
    """A looping thin line of poured paint."""
    path = canvas_library().Path()
    x, y = rng.uniform(0, 32, 2)
    path.moveTo(float(x), float(y))
    for _ in range(6):
        a, b, c, d = rng.uniform(-9, 9, 4)
        path.quadTo(float(x + a), float(y + b), float(x + c), float(y + d))
        x, y = x + c, y + d
    return swatch.wrapped(path)
