"""Patterns woven or printed as straight lines."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["check", "stripe"]


def stripe(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Bands across (Breton) or upright (shirt, blazer) in one or two inks."""
    upright, step = rng.random() < 0.45, swatch.steps(cloth.motif * float(rng.uniform(2.0, 5.0)), even=True)
    wide = step * float(rng.uniform(0.25, 0.55))
    second = rng.random() < 0.25
    for i, place in enumerate(np.arange(0, swatch.side, step)):
        paint = swatch.paint(cloth.inks[1 if second and i % 2 else 0])
        _band(swatch, float(place), wide, paint, upright)


def check(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Bands both ways that darken where they cross, with a thin overcheck now and then."""
    step = swatch.steps(cloth.motif * float(rng.uniform(3.0, 7.0)))
    wide, thin = step * float(rng.uniform(0.35, 0.5)), swatch.paint(cloth.inks[1], 0.8)
    paint, over = swatch.paint(cloth.inks[0], 0.5), rng.random() < 0.5
    for place in np.arange(0, swatch.side, step):
        for upright in (False, True):
            _band(swatch, float(place), wide, paint, upright)
            if over:
                _band(swatch, float(place) + (wide + step) / 2, step * 0.07, thin, upright)


def _band(swatch: "Swatch", place: float, wide: float, paint: object, upright: bool) -> None:
    make = canvas_library().Rect.MakeXYWH
    across = make(place, 0, wide, swatch.side) if upright else make(0, place, swatch.side, wide)
    swatch.canvas.drawRect(across, paint)
