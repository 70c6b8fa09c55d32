"""Toile de Jouy: country scenes etched in one ink on pale cloth."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import Point, canvas_library, line, polygon, smooth

if TYPE_CHECKING:
    import skia

    from attire.render.cloth.swatch import Swatch

__all__ = ["toile_de_jouy"]


def toile_de_jouy(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Two islands, a lady beneath a tree and a cottage, with birds and sprays between."""
    ink = cloth.inks[0]
    shift = float(rng.uniform(0, 32))
    for scene, x, y in ((_lady, 8.0, 8.5), (_cottage, 24.0, 24.5)):
        shades, solids, strokes = scene()
        spot = [(x + shift, y + shift, 0.0, 1.15)]
        swatch.ink(swatch.spread(shades, spot), ink, 0.4)
        swatch.ink(swatch.spread(solids, spot), ink, 0.92)
        swatch.ink(swatch.spread(strokes, spot), ink, 0.95, 0.3)
    body, wings = _bird()
    for (x, y), turn in (((24.5, 6.0), -8.0), ((8.0, 23.5), 14.0)):
        spot = [(x + shift, y + shift, turn, 1.0)]
        swatch.ink(swatch.spread(body, spot), ink, 0.92)
        swatch.ink(swatch.spread(wings, spot), ink, 0.95, 0.3)
    leaves = [
        (16.3, 15.5, 20.0, 1.0),
        (0.3, 0.0, 200.0, 1.0),
        (17.5, 1.0, 100.0, 1.0),
        (0.5, 17.0, -70.0, 1.0),
    ]
    spots = [(x + shift, y + shift, turn, size) for x, y, turn, size in leaves]
    swatch.ink(swatch.spread(_garland(), spots), ink, 0.8)


def _tree(x: float, top: float, foot: float) -> "tuple[skia.Path, skia.Path, skia.Path]":
    """A leaning tree with three crowns: shades, solids, strokes."""
    skia = canvas_library()
    shades, solids, strokes = skia.Path(), skia.Path(), skia.Path()
    solids.addPath(
        smooth(
            [
                (x - 0.5, foot),
                (x - 0.3, (top + foot) / 2),
                (x + 0.2, top + 1),
                (x + 0.5, (top + foot) / 2),
                (x + 0.6, foot),
            ],
            0.6,
        )
    )
    for dx, dy, size in ((-1.7, 1.3, 1.9), (1.6, 0.9, 2.0), (0.0, -0.5, 2.1)):
        cx, cy = x + dx, top + dy
        crown: list[Point] = [
            (cx - size, cy), (cx - size * 0.75, cy - size * 0.6), (cx, cy - size * 0.85),
            (cx + size * 0.8, cy - size * 0.55), (cx + size, cy + 0.1), (cx + size * 0.5, cy + size * 0.45),
            (cx - size * 0.5, cy + size * 0.5),
        ]  # fmt: skip
        shades.addPath(smooth(crown))
        for k in range(6):
            a, b = cx - size * 0.8 + k * size * 0.32, cy - size * 0.35 + (k % 2) * size * 0.35
            strokes.addPath(line([(a - 0.35, b + 0.25), (a, b - 0.15), (a + 0.4, b + 0.25)]))
            solids.addPath(smooth([(a, b + 0.5), (a + 0.4, b + 0.75), (a, b + 1.0), (a - 0.4, b + 0.75)]))
    return shades, solids, strokes


def _ground(strokes: "skia.Path", shades: "skia.Path", half: float, y: float) -> None:
    """The island a scene stands on."""
    shades.addPath(
        smooth(
            [(-half, y), (0, y - 0.5), (half, y), (half * 0.6, y + 0.9), (0, y + 1.4), (-half * 0.6, y + 0.9)]
        )
    )
    for x, low in ((-half * 0.8, 0.3), (-half * 0.3, 0.9), (half * 0.2, 0.5), (half * 0.6, 0.4)):
        strokes.addPath(line([(x - 0.9, y + low), (x, y + low + 0.2), (x + 1.0, y + low)]))
    for x in (-half * 0.95, half * 0.85, half * 0.1):
        for lean in (-0.4, 0.0, 0.4):
            strokes.addPath(line([(x, y + 0.2), (x + lean, y - 0.9)]))


def _lady() -> "tuple[skia.Path, skia.Path, skia.Path]":
    """A lady in a wide skirt with a parasol, a tree behind her."""
    shades, solids, strokes = _tree(-3.2, -4.0, 5.0)
    _ground(strokes, shades, 6.6, 5.0)
    shades.addPath(polygon([(2.2, -0.4), (3.1, -0.4), (5.2, 4.9), (0.4, 4.9)]))
    solids.addPath(polygon([(2.2, -2.2), (3.1, -2.2), (3.3, -1.4), (3.0, -0.3), (2.3, -0.3), (2.0, -1.4)]))
    solids.addCircle(2.65, -3.0, 0.66)
    solids.addPath(smooth([(1.6, -3.2), (2.6, -4.1), (3.7, -3.2), (2.6, -3.45)]))
    solids.addPath(
        smooth([(3.0, -5.2), (4.7, -6.9), (6.6, -5.3), (5.6, -5.5), (4.8, -5.2), (3.9, -5.5)], 0.7)
    )
    for stroke in (
        [(3.0, -1.8), (4.0, -1.5), (4.7, -2.4)], [(4.75, -6.4), (4.7, -2.2)],
        [(2.1, -1.8), (1.5, -0.6), (2.2, 0.2)],
        [(2.2, -0.3), (0.4, 4.8)], [(3.1, -0.3), (5.2, 4.8)], [(2.6, 0.2), (2.4, 4.7)],
        [(2.8, 0.2), (3.8, 4.7)],
        [(0.5, 4.4), (1.6, 4.8), (2.8, 4.4), (4.0, 4.8), (5.1, 4.4)],
    ):  # fmt: skip
        strokes.addPath(line(stroke))
    return shades, solids, strokes


def _cottage() -> "tuple[skia.Path, skia.Path, skia.Path]":
    """A thatched cottage by a tree, with a sheep before it."""
    shades, solids, strokes = _tree(4.0, -4.2, 4.2)
    _ground(strokes, shades, 6.8, 4.2)
    solids.addPath(polygon([(-5.8, -0.6), (-4.2, -3.6), (0.2, -3.6), (1.6, -0.6)]))
    solids.addPath(polygon([(-3.8, -4.6), (-2.9, -4.6), (-2.9, -3.4), (-3.8, -3.4)]))
    solids.addPath(polygon([(-2.6, 1.4), (-1.2, 1.4), (-1.2, 4.2), (-2.6, 4.2)]))
    solids.addPath(polygon([(-4.4, 0.5), (-3.4, 0.5), (-3.4, 1.8), (-4.4, 1.8)]))
    shades.addPath(polygon([(-0.4, -0.6), (1.0, -0.6), (1.0, 4.0), (-0.4, 4.0)]))
    strokes.addPath(polygon([(-5.2, -0.6), (1.0, -0.6), (1.0, 4.2), (-5.2, 4.2)]))
    strokes.addPath(line([(-3.4, -4.8), (-3.0, -5.7), (-3.6, -6.4), (-3.0, -7.2)]))
    shades.addPath(smooth([(1.6, 3.4), (2.2, 2.6), (3.6, 2.6), (4.2, 3.4), (3.6, 4.2), (2.2, 4.2)]))
    strokes.addPath(smooth([(1.6, 3.4), (2.2, 2.6), (3.6, 2.6), (4.2, 3.4), (3.6, 4.2), (2.2, 4.2)]))
    solids.addCircle(4.4, 2.8, 0.55)
    for x in (2.2, 2.7, 3.3, 3.8):
        strokes.addPath(line([(x, 4.1), (x, 5.1)]))
    return shades, solids, strokes


def _bird() -> "tuple[skia.Path, skia.Path]":
    """A bird in flight: its body, and the lines of its wings."""
    body = smooth([(-2.6, 0.7), (-0.6, -0.2), (0.8, -0.6), (1.7, -0.2), (0.6, 0.5), (-0.8, 0.6)])
    body.addPath(smooth([(0.4, -0.2), (-0.3, -2.4), (-1.7, -3.0), (-0.9, -0.4)], 0.8))
    wings = line([(0.3, -0.3), (1.2, -2.0), (0.7, -3.2)])
    wings.addPath(line([(1.6, -0.2), (2.3, 0.1)]))
    return body, wings


def _garland() -> "skia.Path":
    """A small spray of leaves."""
    skia = canvas_library()
    leaf, spray = smooth([(0, 0), (0.5, -0.8), (0, -1.9), (-0.5, -0.8)]), skia.Path()
    for turn, y in ((60, 1.6), (-60, 1.1), (50, 0.0), (-50, -0.4), (0, -1.0)):
        matrix = skia.Matrix.Translate(0, y)
        matrix.preRotate(turn)
        spray.addPath(leaf, matrix)
    return spray
