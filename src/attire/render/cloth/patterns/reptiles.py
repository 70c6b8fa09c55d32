"""Snakeskin: rows of scales that draw blotches by their tones."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.noise import ripples
from attire.render.color import mixed
from attire.render.paths import Floats, smooth

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Spot, Swatch

__all__ = ["snakeskin"]


def snakeskin(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Scales with dark gaps, in four tones that together draw ringed blotches, as on a python's back."""
    count = 2 * round(swatch.side / (cloth.motif * 2.7) / 2)
    step = swatch.side / count
    high = swatch.steps(step * 0.62, even=True)
    row, column = np.divmod(np.arange(round(swatch.side / high) * count), count)
    x, y = (column + 0.5 * (row % 2)) * step, row * high
    tones = _blotches(swatch, cloth, rng, x, y)
    swatch.fill(mixed(cloth.inks[0], "#000000", 0.35))
    scale = smooth(
        [(0, -high * 0.93), (step * 0.43, -high * 0.1), (0, high * 0.83), (-step * 0.43, -high * 0.1)], 0.75
    )
    gleam = smooth([(-step * 0.27, -high * 0.15), (0, -high * 0.72), (step * 0.12, -high * 0.5)])
    colors = (cloth.inks[1], cloth.inks[0], cloth.color, mixed(cloth.color, "#ffffff", 0.4))
    for tone, color in enumerate(colors):
        swatch.ink(swatch.spread(scale, _spots(x[tones == tone], y[tones == tone])), color)
    swatch.ink(swatch.spread(gleam, _spots(x, y)), "#ffffff", 0.32)


def _blotches(swatch: "Swatch", cloth: Cloth, rng: Rng, x: Floats, y: Floats) -> npt.NDArray[np.intp]:
    """Tone of the scales at places: 0 heart of a blotch, 1 its rim, 2 ground, 3 the lightest of it."""
    across = swatch.side / max(2, round(swatch.side / (cloth.motif * 13)))
    down = swatch.side / (2 * max(1, round(swatch.side / (cloth.motif * 13) / 2)))
    line = np.floor(y / down)
    off = np.abs((x / across + 0.5 * (line % 2)) % 1 - 0.5) * 1.9 + np.abs((y / down) % 1 - 0.5) * 1.7
    uneven = ripples(rng, 32, (4, 4), 1.5)
    off = off + 0.15 * uneven[y.astype(int) % 32, x.astype(int) % 32] + rng.uniform(-0.05, 0.05, len(off))
    return np.asarray(np.digitize(off, [0.42, 0.72, 1.05]))


def _spots(x: Floats, y: Floats) -> "list[Spot]":
    return [(across, down, 0.0, 1.0) for across, down in zip(x.tolist(), y.tolist(), strict=True)]
