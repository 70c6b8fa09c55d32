"""Plants without a blossom: palm fronds, monstera, ferns and sprays of leaves."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import mixed
from attire.render.paths import canvas_library, line, smooth, subtract, union

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["plant"]


def plant(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Leaves of one or two kinds, laid over each other in two greens."""
    makers = {"palm": _palm, "monstera": _monstera, "spray": _spray, "fern": _fern}
    kinds = [str(kind) for kind in rng.choice([*makers], 2, replace=False)]
    step = cloth.motif * float(rng.uniform(8.5, 11.5))
    spots = swatch.spots(step, rng, jitter=0.1, turn=180, sizes=(0.9, 1.2))
    size = swatch.steps(step, even=True) * 0.62
    for part, (kind, ink) in enumerate(zip(kinds, cloth.inks, strict=False)):
        blade, veins = makers[kind](size)
        copies = swatch.spread(blade, spots[part::2])
        swatch.ink(copies, ink)
        swatch.ink(copies, mixed(ink, "#000000", 0.4), 0.6, 0.16)
        swatch.ink(swatch.spread(veins, spots[part::2]), mixed(ink, "#ffffff", 0.35), 0.9, 0.22)


def _palm(size: float) -> "tuple[skia.Path, skia.Path]":
    """A bowed rib with long pointed leaflets on both sides."""
    skia = canvas_library()
    frond, places = skia.Path(), np.linspace(0.0, 1.0, 9)
    for place in places.tolist():
        reach = 0.62 * np.sin(np.pi * (0.18 + 0.72 * place)) + 0.08
        for side in (-1, 1):
            matrix = skia.Matrix.Translate(0, (1 - 2 * place) * size)
            matrix.preRotate(side * (68 - 52 * place))
            matrix.preScale(size * 0.95, size * float(reach) * 1.25)
            frond.addPath(smooth([(0, 0), (0.085, -0.4), (0, -1.0), (-0.085, -0.4)], 0.7), matrix)
    return frond, line([(0, size * 1.25), (0, size * 0.4), (0, -size)])


def _monstera(size: float) -> "tuple[skia.Path, skia.Path]":
    """A heart-shaped leaf, deeply cut from its edge."""
    skia = canvas_library()
    half = [(0.0, -0.52), (0.42, -0.92), (0.92, -0.5), (0.86, 0.15), (0.5, 0.68), (0.0, 1.05)]
    leaf = smooth([(x * size, y * size) for x, y in (*half, *((-x, y) for x, y in half[-2::-1]))])
    cuts, veins = [], skia.Path()
    for y in (-0.5, -0.16, 0.18, 0.48):
        for side in (-1, 1):
            slot = [(0.36, y + 0.07), (0.7, y + 0.0), (1.2, y + 0.06), (1.2, y + 0.2), (0.7, y + 0.11)]
            cuts.append(smooth([(side * a * size, b * size) for a, b in slot], 0.5))
            veins.moveTo(0, (y - 0.15) * size)
            veins.lineTo(side * 0.62 * size, (y - 0.06) * size)
    veins.moveTo(0, -size * 1.0)
    veins.lineTo(0, size * 0.95)
    return subtract(leaf, union(cuts)), veins


def _spray(size: float) -> "tuple[skia.Path, skia.Path]":
    """A twig with pairs of pointed oval leaves."""
    skia = canvas_library()
    twig = skia.Path()
    leaf = smooth([(0, 0), (0.17, -0.26), (0, -0.62), (-0.17, -0.26)], 0.9)
    for turn, y in ((55, 0.75), (-55, 0.55), (52, 0.22), (-52, 0.0), (46, -0.3), (-46, -0.45), (0, -0.65)):
        matrix = skia.Matrix.Translate(0, y * size)
        matrix.preRotate(turn)
        matrix.preScale(size, size)
        twig.addPath(leaf, matrix)
    return twig, line([(0, size * 1.2), (0, size * 0.2), (0, -size * 0.9)])


def _fern(size: float) -> "tuple[skia.Path, skia.Path]":
    """A stem with round little leaves that shrink towards its curled tip."""
    skia = canvas_library()
    stem = skia.Path()
    for place in np.linspace(0, 1, 8).tolist():
        radius = (0.2 - 0.13 * place) * size
        for side in (-1, 1):
            stem.addOval(
                skia.Rect.MakeLTRB(
                    side * 1.25 * radius - radius * 1.15, (1 - 2 * place) * size - radius * 0.75,
                    side * 1.25 * radius + radius * 1.15, (1 - 2 * place) * size + radius * 0.75,
                )
            )  # fmt: skip
    return stem, line([(0, size * 1.3), (0, 0.2 * size), (0.05 * size, -size * 1.1)])
