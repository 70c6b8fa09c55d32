"""Cartoons: simple outlined drawings of animals, faces and things."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import lightness
from attire.render.paths import Point, canvas_library, circle, line, polygon, smooth, union

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["CARTOONS", "cartoon"]

Drawing: TypeAlias = "tuple[skia.Path, skia.Path, skia.Path]"
"""What is filled with the ink, what is drawn as dark line over it, and what is filled dark; radius 1."""


def cartoon(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Two or three of the drawings in turn, thickly outlined."""
    skia = canvas_library()
    step = cloth.motif * float(rng.uniform(7.5, 10.0))
    size = swatch.steps(step, even=True) * 0.43
    spots = swatch.spots(step, rng, jitter=0.04, turn=14)
    names = [str(name) for name in rng.choice([*CARTOONS], 3, replace=False)]
    animals = [str(name) for name in rng.choice(["cat", "bear", "rabbit", "smile"], 1)]
    dark = "#1d1b22" if lightness(cloth.color) > 0.2 else "#000000"
    for part, name in enumerate([*animals, *[n for n in names if n not in animals][:2]]):
        matrix = skia.Matrix.Scale(size, size)
        filled, lines, solid = (_moved(path, matrix) for path in CARTOONS[name]())
        here = spots[part::3]
        copies = swatch.spread(filled, here)
        swatch.ink(copies, cloth.inks[part % len(cloth.inks)])
        swatch.ink(copies, dark, 1.0, size * 0.11)
        swatch.ink(swatch.spread(lines, here), dark, 1.0, size * 0.1)
        swatch.ink(swatch.spread(solid, here), dark)


def cat() -> "Drawing":
    """A head with pointed ears and whiskers."""
    head = smooth([(-0.85, 0.1), (-0.5, -0.5), (0.5, -0.5), (0.85, 0.1), (0.55, 0.72), (-0.55, 0.72)])
    ears = [polygon([(side * 0.82, 0.0), (side * 0.78, -0.98), (side * 0.2, -0.5)]) for side in (-1, 1)]
    whiskers = [[(side * 0.45, y), (side * 1.05, y * 1.5 - 0.1)] for side in (-1, 1) for y in (0.28, 0.45)]
    lines = [*whiskers, [(-0.2, 0.42), (-0.1, 0.5), (0, 0.4), (0.1, 0.5), (0.2, 0.42)]]
    return (
        union([head, *ears]),
        _lines(lines),
        _discs((-0.36, 0.02, 0.12), (0.36, 0.02, 0.12), (0, 0.27, 0.09)),
    )


def bear() -> "Drawing":
    """A head with round ears and a muzzle."""
    head = union([circle((0, 0.1), 0.82), circle((-0.66, -0.6), 0.33), circle((0.66, -0.6), 0.33)])
    ring = canvas_library().Path.Circle(0, 0.42, 0.34)
    return head, ring, _discs((-0.34, -0.05, 0.11), (0.34, -0.05, 0.11), (0, 0.3, 0.13))


def rabbit() -> "Drawing":
    """A head with long upright ears."""
    ears = [
        smooth([(s * 0.15, -0.2), (s * 0.25, -1.05), (s * 0.5, -1.2), (s * 0.62, -0.9), (s * 0.5, -0.1)])
        for s in (-1, 1)
    ]
    mouth = [(-0.22, 0.5), (-0.08, 0.58), (0, 0.46), (0.08, 0.58), (0.22, 0.5)]
    return (
        union([circle((0, 0.3), 0.66), *ears]),
        _lines([mouth]),
        _discs((-0.28, 0.2, 0.1), (0.28, 0.2, 0.1), (0, 0.4, 0.07)),
    )


def smile() -> "Drawing":
    """A round laughing face."""
    mouth = [(-0.48, 0.2), (-0.26, 0.5), (0, 0.6), (0.26, 0.5), (0.48, 0.2)]
    return circle((0, 0), 0.88), _lines([mouth]), _discs((-0.3, -0.22, 0.13), (0.3, -0.22, 0.13))


def heart() -> "Drawing":
    """A fat heart."""
    half: list[Point] = [(0, -0.42), (0.45, -0.82), (0.92, -0.4), (0.7, 0.2)]
    return smooth([*half, (0, 0.88), *((-x, y) for x, y in half[:0:-1])], 0.9), _lines([]), _lines([])


def star() -> "Drawing":
    """A five-pointed star with eyes."""
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2, 0.45, 0.98)
    mouth = [(-0.16, 0.2), (0, 0.3), (0.16, 0.2)]
    points = np.stack([reach * np.cos(angles), reach * np.sin(angles)], axis=1)
    return polygon(points), _lines([mouth]), _discs((-0.2, -0.02, 0.08), (0.2, -0.02, 0.08))


def cloud() -> "Drawing":
    """A cloud that sleeps."""
    puffs = [
        circle((-0.5, 0.15), 0.42),
        circle((0.02, -0.18), 0.52),
        circle((0.55, 0.15), 0.4),
        smooth([(-0.5, 0.1), (0.5, 0.1), (0.5, 0.56), (-0.5, 0.56)], 0.4),
    ]
    eyes = [[(s * 0.34, 0.08), (s * 0.22, 0.16), (s * 0.1, 0.08)] for s in (-1, 1)]
    return union(puffs), _lines(eyes), _discs((0, 0.3, 0.06))


def fish() -> "Drawing":
    """A fish with a fanned tail."""
    body = smooth([(-0.55, 0.0), (-0.1, -0.5), (0.55, -0.35), (0.95, 0.0), (0.55, 0.35), (-0.1, 0.5)])
    tail = polygon([(-0.3, 0.0), (-1.0, -0.52), (-0.85, 0.0), (-1.0, 0.52)])
    return union([body, tail]), _lines([[(0.3, -0.3), (0.2, 0.0), (0.3, 0.3)]]), _discs((0.6, -0.1, 0.1))


def _moved(path: "skia.Path", matrix: Any) -> "skia.Path":
    moved = canvas_library().Path()
    path.transform(matrix, moved)
    return moved


def _lines(strokes: list[list[Point]]) -> "skia.Path":
    path = canvas_library().Path()
    for stroke in strokes:
        path.addPath(line(stroke))
    return path


def _discs(*discs: tuple[float, float, float]) -> "skia.Path":
    path = canvas_library().Path()
    for x, y, radius in discs:
        path.addCircle(x, y, radius)
    return path


CARTOONS: "dict[str, Callable[[], Drawing]]" = {
    "cat": cat,
    "bear": bear,
    "rabbit": rabbit,
    "smile": smile,
    "heart": heart,
    "star": star,
    "cloud": cloud,
    "fish": fish,
}
"""What can be drawn."""
