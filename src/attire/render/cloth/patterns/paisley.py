"""Paisley: curved drops set inside one another."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import mixed
from attire.render.paths import Floats, canvas_library, line, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["paisley"]

DROP = np.array(
    [(0.0, 1.0), (0.55, 0.82), (0.72, 0.3), (0.52, -0.3), (0.4, -0.75), (0.62, -1.22),
     (0.05, -1.12), (-0.38, -0.62), (-0.68, 0.0), (-0.62, 0.62)]
)  # fmt: skip
"""The drop with its bent tip, for a radius of 1."""
BELLY = np.array([0.0, 0.28])


def paisley(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Drops with beaded rims and a flower in the belly, turned two ways, over scrolls and dots."""
    skia = canvas_library()
    step = cloth.motif * float(rng.uniform(8.6, 11.5))
    size = swatch.steps(step, even=True) * 0.45
    spots = swatch.spots(step, rng, turn=12, sizes=(0.92, 1.05))
    spots = [(x, y, turn + (198 if i % 2 else 18), scale) for i, (x, y, turn, scale) in enumerate(spots)]
    between = [(x + step * 0.5, y, turn, 1.0) for x, y, turn, _ in spots]
    swatch.ink(swatch.spread(_flower(size * 0.22), between), cloth.inks[-1])
    swatch.ink(swatch.spread(_scroll(size), spots), cloth.inks[1], 0.7, 0.24)
    beads, drop = skia.Path(), _drop(size, 1.0)
    for x, y in _rim(1.22).tolist():
        beads.addCircle(x * size, y * size, size * 0.085)
    swatch.ink(swatch.spread(beads, spots), cloth.inks[0])
    copies = swatch.spread(drop, spots)
    swatch.ink(copies, cloth.inks[0])
    swatch.ink(copies, mixed(cloth.inks[0], "#000000", 0.45), 0.9, 0.22)
    swatch.ink(swatch.spread(_drop(size, 0.78), spots), cloth.inks[1])
    swatch.ink(swatch.spread(_drop(size, 0.56), spots), cloth.color)
    swatch.ink(swatch.spread(_drop(size, 0.4), spots), cloth.inks[-1])
    flower = skia.Path()
    _flower(size * 0.2).transform(skia.Matrix.Translate(*(BELLY * size).tolist()), flower)
    swatch.ink(swatch.spread(flower, spots), cloth.color)


def _drop(size: float, share: float) -> "skia.Path":
    return smooth((BELLY + (DROP - BELLY) * share) * size)


def _rim(share: float) -> Floats:
    """Places of beads along the drop's outline."""
    ring = BELLY + (np.concatenate([DROP, DROP[:1]]) - BELLY) * share
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    steps = np.linspace(0, length[-1], 19)[:-1]
    return np.stack([np.interp(steps, length, ring[:, axis]) for axis in (0, 1)], axis=1)


def _flower(size: float) -> "skia.Path":
    flower = canvas_library().Path()
    for angle in (np.arange(6) * np.pi / 3).tolist():
        flower.addCircle(size * float(np.cos(angle)), size * float(np.sin(angle)), size * 0.58)
    return flower


def _scroll(size: float) -> "skia.Path":
    """A tendril that curls beside a drop."""
    turns = np.linspace(0, 8.5, 12)
    reach = size * (0.1 + 0.055 * turns)
    middle = np.array([[-1.15 * size, -0.7 * size]])
    return line(middle + np.stack([reach * np.cos(turns), reach * np.sin(turns)], axis=1))
