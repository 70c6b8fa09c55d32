"""Geometric patterns: shapes that fill the plane."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import Point, canvas_library, polygon

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["geometric"]


def geometric(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Triangles, blocks, hexagons, quarter discs or rings in a strict order."""
    kinds = (_triangles, _blocks, _hexagons, _quarters, _rings)
    kinds[int(rng.integers(len(kinds)))](swatch, cloth, rng)


def _triangles(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Triangles point to base, in all the inks."""
    wide, high = swatch.steps(cloth.motif * 7.0), swatch.steps(cloth.motif * 6.0, even=True)
    up = polygon([(0, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)])
    columns, rows = round(swatch.side / wide), round(swatch.side / high)
    spots = [
        ((i + 0.5 * (j % 2)) * wide, (j + 0.5) * high, 0.0, 1.0) for j in range(rows) for i in range(columns)
    ]
    shades = rng.integers(0, 3, len(spots))
    for ink in range(3):
        chosen = [spot for spot, shade in zip(spots, shades, strict=True) if shade == ink]
        swatch.ink(swatch.spread(up, chosen), cloth.inks[ink])


def _blocks(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Cubes seen from a corner: three rhombs, one per tone."""
    wide, high, spots = _comb_spots(swatch, cloth.motif * 7.5)
    a, b = wide / 2, high / 3
    faces: list[list[Point]] = [
        [(0, -2 * b), (a, -b), (0, 0), (-a, -b)],
        [(-a, -b), (0, 0), (0, 2 * b), (-a, b)],
        [(a, -b), (0, 0), (0, 2 * b), (a, b)],
    ]
    for face, color in zip(faces, (cloth.inks[0], cloth.color, cloth.inks[1]), strict=True):
        swatch.ink(swatch.spread(polygon(face), spots), color)


def _hexagons(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Hexagons inside hexagons."""
    wide, high, spots = _comb_spots(swatch, cloth.motif * 8.0)
    a, b = wide / 2, high / 3
    ring: list[Point] = [(0, -2 * b), (a, -b), (a, b), (0, 2 * b), (-a, b), (-a, -b)]
    for share, color in ((0.9, cloth.inks[0]), (0.62, cloth.color), (0.36, cloth.inks[1])):
        swatch.ink(swatch.spread(polygon([(x * share, y * share) for x, y in ring]), spots), color)


def _quarters(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Square tiles with a quarter disc, turned this way and that."""
    step = swatch.steps(cloth.motif * 6.0, even=True)
    skia = canvas_library()
    quarter = skia.Path()
    quarter.moveTo(-step / 2, -step / 2)
    quarter.lineTo(step / 2, -step / 2)
    quarter.arcTo(skia.Rect.MakeLTRB(-1.5 * step, -1.5 * step, 0.5 * step, 0.5 * step), 0, 90, False)
    quarter.close()
    count = round(swatch.side / step)
    for i in range(count):
        for j in range(count):
            ink = cloth.inks[int(rng.integers(3))]
            spot = ((i + 0.5) * step, (j + 0.5) * step, 90.0 * float(rng.integers(4)), 1.0)
            swatch.ink(swatch.spread(quarter, [spot]), ink)


def _rings(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Rings around diamonds, edge to edge in a square order, with a diamond in every gap."""
    step = swatch.steps(cloth.motif * 7.0, even=True)
    spots = swatch.spots(step, rng, brick=False)
    circle, thick = canvas_library().Path.Circle, step * 0.1
    swatch.ink(swatch.spread(circle(0, 0, step * 0.42), spots), cloth.inks[0], 1.0, thick)
    gap = step * 0.27
    diamond = polygon([(0, -gap), (gap, 0), (0, gap), (-gap, 0)])
    swatch.ink(swatch.spread(diamond, spots), cloth.inks[1])
    corners = [(x + step / 2, y + step / 2, turn, size) for x, y, turn, size in spots]
    swatch.ink(swatch.spread(diamond, corners), cloth.inks[2])


def _comb_spots(
    swatch: "Swatch", step: float
) -> tuple[float, float, list[tuple[float, float, float, float]]]:
    """Middles of a honeycomb's cells, with the cells' width and one and a half times their side."""
    wide = swatch.steps(step)
    high = swatch.steps(wide * np.sqrt(3) / 2, even=True)
    columns, rows = round(swatch.side / wide), round(swatch.side / high)
    spots = [
        ((i + 0.5 * (j % 2)) * wide, (j + 0.5) * high, 0.0, 1.0) for j in range(rows) for i in range(columns)
    ]
    return wide, high, spots
