"""Snakeskin: rows of scales, darker along the outlines of big diamonds."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.noise import ripples
from attire.render.color import mixed
from attire.render.paths import canvas_library, smooth

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["snakeskin"]


def snakeskin(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Overlapping scales in four tones that together draw diamond blotches."""
    count = 2 * round(swatch.side / (cloth.motif * 2.3) / 2)
    step = swatch.side / count
    swatch.fill(mixed(cloth.color, "#000000", 0.72))
    scale = smooth([(0, -step * 0.52), (step * 0.42, 0), (0, step * 0.52), (-step * 0.42, 0)], 0.6)
    row, column = np.divmod(np.arange(2 * count * count), count)
    x, y = (column + 0.5 * (row % 2)) * step, row * step / 2
    across = swatch.side / max(2, round(swatch.side / (cloth.motif * 11)))
    down = swatch.side / max(2, round(swatch.side / (cloth.motif * 13)))
    off = np.abs((x / across) % 1 - 0.5) * 2 + np.abs((y / down) % 1 - 0.5) * 2
    off = np.minimum(off, 2 - off)
    uneven = ripples(rng, 32, (3, 3), 1.5)
    off += 0.13 * uneven[(y * 0.999).astype(int) % 32, x.astype(int) % 32] + rng.uniform(-0.08, 0.08, len(off))
    tones = (mixed(cloth.color, "#ffffff", 0.35), cloth.color, cloth.inks[1], cloth.inks[0])
    off = np.where(off < 0.2, 0.8, off)
    edges = np.digitize(off, [0.5, 0.72, 0.88])
    diamonds = canvas_library().Path()
    for tone, color in enumerate(tones):
        spots = [(float(a), float(b), 0.0, 1.0) for a, b in zip(x[edges == tone], y[edges == tone], strict=True)]
        copies = swatch.spread(scale, spots)
        swatch.ink(copies, color)
        diamonds.addPath(copies)
    gleam = smooth([(-step * 0.25, -step * 0.05), (0, -step * 0.42), (step * 0.05, -step * 0.35)])
    swatch.ink(
        swatch.spread(gleam, [(float(a), float(b), 0.0, 1.0) for a, b in zip(x, y, strict=True)]), "#ffffff", 0.3
    )
