"""Patterns of one motif that repeats."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["dot", "plain"]


def plain(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Leave the ground as it is."""


def dot(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Discs in rows that are shifted by half, from pin dots to large ones."""
    step = cloth.motif * float(rng.uniform(2.6, 6.0))
    radius, paint = step * float(rng.uniform(0.2, 0.3)), swatch.paint(cloth.inks[0])
    for x, y in swatch.places(step, rng):
        swatch.stamp(x, y, radius, lambda canvas: canvas.drawCircle(0, 0, radius, paint))
