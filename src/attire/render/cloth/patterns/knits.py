"""Fair isle: knitted bands of small motifs, stitch by stitch."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import lightness
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["fair_isle"]

WIDE = {
    "star": ("...#....", ".#.#.#..", "..###...", "#######.", "..###...", ".#.#.#..", "...#...."),
    "diamond": ("...#....", "..###...", ".##.##..", "##.#.##.", ".##.##..", "..###...", "...#...."),
    "tree": ("...#....", "..###...", "...#....", ".#####..", "..###...", "#######.", "...#...."),
    "heart": (".##.##..", "#######.", "#######.", ".#####..", "..###...", "...#....", "........"),
    "cross": ("#.....#.", "##...##.", ".##.##..", "..###...", ".##.##..", "##...##.", "#.....#."),
}
"""Motifs of seven rows by eight stitches."""
NARROW = {
    "zigzag": ("#...", ".#.#", "..#."),
    "lice": ("#...", "....", "..#."),
    "teeth": ("#...", "##.#", "####"),
    "squares": ("##..", "##..", "..##"),
}
"""Motifs of three rows by four stitches, for the bands between."""


def fair_isle(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Bands across, wide ones and narrow ones in turn, each with its own motif and colours."""
    count = 24 if cloth.motif > 1.0 else 32
    bands = (8, 4, 8, 4) if count == 24 else (8, 4, 8, 4, 4, 4)
    cell, top = swatch.side / count, 0
    grounds = (cloth.color, cloth.inks[2], cloth.color, cloth.inks[1], cloth.color, cloth.inks[2])
    wide = [*rng.permutation([*WIDE])]
    narrow = [*rng.permutation([*NARROW])]
    skia = canvas_library()
    for number, (rows, ground) in enumerate(zip(bands, grounds, strict=False)):
        motif = WIDE[wide.pop()] if rows == 8 else NARROW[narrow.pop()]
        others = sorted((cloth.color, *cloth.inks), key=lambda ink: -abs(lightness(ink) - lightness(ground)))
        ink = others[number // 2 % 2]
        swatch.canvas.drawRect(skia.Rect.MakeXYWH(0, top * cell, 32, rows * cell), swatch.paint(ground))
        path = skia.Path()
        for row, stitches in enumerate(motif):
            for column in range(count):
                if stitches[column % len(stitches)] == "#":
                    path.addRect(skia.Rect.MakeXYWH(column * cell, (top + row + 0.5) * cell, cell, cell))
        swatch.ink(path, ink)
        top += rows
