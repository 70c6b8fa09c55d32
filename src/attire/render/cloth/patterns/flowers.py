"""Flowers: small and scattered, big and full, or daisies."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import lightness, mixed
from attire.render.paths import canvas_library, line, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Spot, Swatch

__all__ = ["blossom", "floral"]


def floral(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Blossoms with leaves: little ones close together, daisies, or big roses."""
    kind = str(rng.choice(["little", "daisy", "rose", "poppy"]))
    step = cloth.motif * {"little": 5.8, "daisy": 6.2, "rose": 10.5, "poppy": 8.5}[kind]
    petals = {"little": 5, "daisy": 9, "rose": 6, "poppy": 5}[kind]
    size = swatch.steps(step, even=True) * {"little": 0.34, "daisy": 0.4, "rose": 0.4, "poppy": 0.42}[kind]
    spots = swatch.spots(step, rng, jitter=0.12, turn=180, sizes=(0.8, 1.15))
    green = leaf_green(cloth.color, rng)
    swatch.ink(swatch.spread(_sprig(size), spots), green)
    swatch.ink(swatch.spread(_stem(size), spots), green, 1.0, 0.24)
    flower = blossom(petals, size, narrow=kind == "daisy")
    _bloom(swatch, flower, size, spots[::2], cloth.inks[0], kind)
    _bloom(swatch, flower, size, spots[1::2], cloth.inks[1], kind)


def leaf_green(ground: str, rng: Rng) -> str:
    """A green that can be seen on a ground."""
    light = lightness(ground) < 0.42
    return str(rng.choice(("#8fb573", "#a9bf8a", "#7fae8e") if light else ("#3f6b3a", "#4f7a4a", "#2f5d50")))


def blossom(petals: int, size: float, narrow: bool = False) -> "skia.Path":
    """A flower from above: petals around the origin, ``size`` centimetres from heart to tip."""
    skia = canvas_library()
    half = 0.19 if narrow else 2.5 / petals
    petal = smooth(
        [(0, 0), (0.7 * half, 0.4), (half, 0.75), (half * 0.55, 1.0), (-half * 0.55, 1.0),
         (-half, 0.75), (-0.7 * half, 0.4)]
    )  # fmt: skip
    flower = skia.Path()
    for angle in np.arange(petals) * 360 / petals:
        matrix = skia.Matrix.RotateDeg(float(angle))
        matrix.preScale(size, size)
        flower.addPath(petal, matrix)
    return flower


def _bloom(
    swatch: "Swatch", flower: "skia.Path", size: float, spots: "list[Spot]", ink: str, kind: str
) -> None:
    """Print flowers: petals, their shaded edges, inner petals of a rose, the heart."""
    skia = canvas_library()
    copies = swatch.spread(flower, spots)
    dark = mixed(ink, "#000000", 0.38)
    swatch.ink(copies, ink)
    swatch.ink(copies, dark, 0.75, size * 0.07)
    if kind == "rose":
        for share, tone in ((0.66, mixed(ink, "#000000", 0.16)), (0.4, mixed(ink, "#ffffff", 0.2))):
            inner = skia.Path()
            matrix = skia.Matrix.RotateDeg(30)
            matrix.preScale(share, share)
            flower.transform(matrix, inner)
            copies = swatch.spread(inner, spots)
            swatch.ink(copies, tone)
            swatch.ink(copies, dark, 0.75, size * 0.06)
    heart = "#2a1c1c" if kind == "poppy" else "#e9c04a"
    if lightness(ink) > 0.7 or kind == "rose":
        heart = "#d8962c"
    radius = size * (0.16 if kind == "rose" else 0.27)
    swatch.ink(swatch.spread(skia.Path.Circle(0, 0, radius), spots), heart)


def _sprig(size: float) -> "skia.Path":
    """Three leaves that look out from behind a flower."""
    skia = canvas_library()
    leaf = smooth([(0, 0.6), (0.24, 1.05), (0, 1.55), (-0.24, 1.05)])
    sprig = skia.Path()
    for angle in (18, 150, 262):
        matrix = skia.Matrix.RotateDeg(angle)
        matrix.preScale(size, size)
        sprig.addPath(leaf, matrix)
    return sprig


def _stem(size: float) -> "skia.Path":
    return line([(0, 0), (size * 0.7, size * 1.0), (size * 0.6, size * 1.9)])
