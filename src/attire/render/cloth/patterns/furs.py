"""Patterns of animals' coats: each in its own shapes."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.noise import edged, ripples
from attire.render.paths import Floats, canvas_library, polygon, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["cheetah", "giraffe", "leopard", "zebra"]


def leopard(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Rosettes: dark broken rings around a heart that is darker than the ground, with a few small spots."""
    step = cloth.motif * 4.6
    spots = swatch.spots(step, rng, jitter=0.2, turn=180, sizes=(0.85, 1.12))
    kinds = [_rosette(rng, swatch.steps(step, even=True) * 0.43) for _ in range(4)]
    for kind, (heart, ring) in enumerate(kinds):
        swatch.ink(swatch.spread(heart, spots[kind::4]), cloth.inks[1])
        swatch.ink(swatch.spread(ring, spots[kind::4]), cloth.inks[0])
    small = _blotch(rng, step * 0.10)
    between = [(x + step * 0.1, y + step * 0.52, turn, size) for x, y, turn, size in spots]
    swatch.ink(swatch.spread(small, between), cloth.inks[0])


def cheetah(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Solid round spots, close and small, with nothing inside."""
    step = cloth.motif * 2.6
    spots = swatch.spots(step, rng, jitter=0.22, turn=180, sizes=(0.7, 1.15))
    for kind in range(3):
        swatch.ink(swatch.spread(_blotch(rng, step * 0.27), spots[kind::3]), cloth.inks[0])


def giraffe(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Big angular patches that leave only narrow light lines between them."""
    skia = canvas_library()
    rows = columns = 2 * max(1, round(swatch.side / (cloth.motif * 8.0) / 2))
    corners = _comb(rows, columns, rng)
    path = skia.Path()
    for cell in corners.reshape(-1, 6, 2) * (swatch.side / columns, swatch.side / rows):
        middle = cell.mean(axis=0)
        path.addPath(polygon(middle + (cell - middle) * rng.uniform(0.84, 0.9)))
    paint = swatch.paint(cloth.inks[0])
    paint.setPathEffect(skia.CornerPathEffect.Make(1.6))
    swatch.canvas.drawPath(swatch.wrapped(path), paint)
    cover = np.clip(ripples(rng, 48, (6, 6), 2), 0, 2)
    swatch.wash(cover * 0.12, "#000000")


def zebra(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Stripes across that swell, fork and run out."""
    pixels = min(swatch.pixels, 192)
    field = ripples(rng, pixels, (1.3, 6.6 / cloth.motif), 2.0)
    swatch.wash(edged(field, 0.0, 0.055 * pixels), cloth.inks[0])


def _rosette(rng: Rng, radius: float) -> "tuple[skia.Path, skia.Path]":
    """A heart and the three or four blots around it."""
    angles = np.arange(9) * 2 * np.pi / 9
    out = radius * rng.uniform(0.85, 1.15, 9)
    squeeze = rng.uniform(0.7, 0.95)
    edge = np.stack([out * np.cos(angles), squeeze * out * np.sin(angles)], axis=1)
    heart, ring = smooth(edge * 0.85), canvas_library().Path()
    gaps = int(rng.integers(3, 5))
    for part in range(gaps):
        start = (part + rng.uniform(0.0, 0.12)) * 2 * np.pi / gaps
        end = (part + rng.uniform(0.7, 0.88)) * 2 * np.pi / gaps
        arc = np.linspace(start, end, 5)
        reach = np.interp(arc, np.append(angles, 2 * np.pi), np.append(out, out[0]))
        line = np.stack([np.cos(arc), squeeze * np.sin(arc)], axis=1)
        thick = radius * rng.uniform(0.38, 0.52)
        ring.addPath(smooth(np.concatenate([line * reach[:, None], (line * (reach - thick)[:, None])[::-1]])))
    return heart, ring


def _blotch(rng: Rng, radius: float) -> "skia.Path":
    """A spot that is not quite round."""
    angles = np.arange(7) * 2 * np.pi / 7
    out = radius * rng.uniform(0.85, 1.15, 7)
    return smooth(np.stack([out * np.cos(angles), 0.9 * out * np.sin(angles)], axis=1))


def _comb(rows: int, columns: int, rng: Rng) -> Floats:
    """Irregular honeycomb that repeats: corners of every cell, in cells, shape (rows, columns, 6, 2)."""
    shove = rng.uniform(-0.17, 0.17, (rows, 2 * columns, 2))
    cells = np.empty((rows, columns, 6, 2))
    for row in range(rows):
        for column in range(columns):
            first = 2 * column + row % 2
            for corner, (down, across) in enumerate(((0, 0), (0, 1), (0, 2), (1, 2), (1, 1), (1, 0))):
                place = first + across
                lift = 0.33 * ((place + row + down) % 2)
                x, y = place / 2, row + down - lift
                cells[row, column, corner] = (x, y) + shove[(row + down) % rows, place % (2 * columns)]
    return cells
