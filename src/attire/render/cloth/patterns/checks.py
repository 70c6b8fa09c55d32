"""Patterns of squares and diamonds: checks, tartan, houndstooth, argyle."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.patterns.lines import bands
from attire.render.color import lightness
from attire.render.paths import canvas_library, polygon

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["argyle", "check", "houndstooth"]

TOOTH = (
    ((0, 0), (2, 0), (2, 2), (0, 2)),
    ((0, 2), (1, 2), (0, 3)),
    ((2, 2), (2, 3), (1, 4), (0, 4)),
    ((3, 0), (4, 0), (2, 2), (2, 1)),
    ((4, 1), (4, 2), (3, 2)),
)
"""What is dark of four by four threads: both dark, or the dark one on top in a twill of two over two."""


def check(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Straight bands both ways: gingham, tartan, windowpane or buffalo check."""
    kind = str(rng.choice(["gingham", "tartan", "tartan", "windowpane", "buffalo"]))
    first, second = cloth.inks[0], cloth.inks[1]
    if kind == "windowpane":
        step = swatch.steps(cloth.motif * float(rng.uniform(5.0, 7.5)))
        for upright in (False, True):
            swatch.ink(bands(swatch, step, 0.0, 0.7, upright), first)
        return
    step = swatch.steps(cloth.motif * {"gingham": 3.2, "tartan": 10.0, "buffalo": 7.0}[kind])
    for upright in (False, True):
        swatch.ink(bands(swatch, step, 0.0, step * (0.42 if kind == "tartan" else 0.5), upright), first, 0.55)
        if kind == "tartan":
            for place in (0.16, 0.24):
                swatch.ink(bands(swatch, step, step * place, step * 0.05, upright), cloth.color, 0.75)
            swatch.ink(bands(swatch, step, step * 0.68, step * 0.08, upright), second, 0.85)


def houndstooth(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Four-pointed broken checks, two to a repeat, as a twill of four dark and four light threads gives."""
    skia = canvas_library()
    step = swatch.steps(cloth.motif * float(rng.choice([4.2, 5.6, 8.0])))
    unit = step / 4
    tooth = skia.Path()
    for corners in TOOTH:
        tooth.addPath(polygon([(x * unit, y * unit) for x, y in corners]))
    count = round(swatch.side / step)
    spots = [(i * step, j * step, 0.0, 1.0) for i in range(count) for j in range(count)]
    swatch.ink(swatch.spread(tooth, spots), cloth.inks[0])


def argyle(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Diamonds of two colours, point to point, under thin crossing lines."""
    wide = swatch.steps(cloth.motif * 9.0, even=True)
    high = swatch.steps(wide * 1.45, even=True)
    diamond = polygon([(0, -high / 2), (wide / 2, 0), (0, high / 2), (-wide / 2, 0)])
    columns, rows = round(swatch.side / wide), round(swatch.side / high)
    for parity in (0, 1):
        spots = [
            (i * wide, j * high, 0.0, 1.0) for i in range(columns) for j in range(rows) if i % 2 == parity
        ]
        swatch.ink(swatch.spread(diamond, spots), cloth.inks[parity])
    lines = [((i + 0.5) * wide, j * high, 0.0, 1.0) for i in range(columns) for j in range(rows)]
    tones = [lightness(color) for color in (cloth.color, *cloth.inks[:2])]
    thread = "#f6f1e4" if sum(tones) < 1.5 else "#1a1a1f"
    swatch.ink(swatch.spread(diamond, lines), thread, 0.95, 0.36)
