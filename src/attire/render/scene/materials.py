"""The catalogue of grounds and walls: materials drawn as tiles that repeat, in centimetres."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.color import argb, mixed
from attire.render.paths import canvas_library
from attire.render.scene.grain import grain_paint
from attire.render.scene.stage import tone

if TYPE_CHECKING:
    import skia

__all__ = ["MATERIALS", "Tile", "material_paint"]

TILE_PX = 256

VARIANTS = 20
"""Tiles of each material, kept once drawn: drawing them takes longer than laying them."""


class Tile:
    """A square of a material that repeats without a seam."""

    def __init__(self, side: float, color: str, rng: Rng) -> None:
        """Take a square of one colour, ``side`` centimetres wide."""
        skia = canvas_library()
        self.side, self.rng, self.color = side, rng, color
        self._surface = skia.Surface(TILE_PX, TILE_PX)
        self.canvas: Any = self._surface.getCanvas()
        self.canvas.clear(argb(color))
        self.canvas.scale(TILE_PX / side, TILE_PX / side)

    def rough(self, name: str, alpha: float, side: float | None = None, stretch: float = 1.0) -> None:
        """Make it uneven."""
        shift = (self.rng.uniform(0, self.side), self.rng.uniform(0, self.side))
        self.canvas.drawPaint(grain_paint(name, alpha, side or self.side, shift, stretch))

    def stones(
        self, rows: int, columns: int, gap: float, *, uneven: float = 22.0, corner: float = 0.0,
        shifted: bool = True,
    ) -> None:  # fmt: skip
        """Lay stones of differing greys in rows, every other row shifted by half a stone."""
        skia = canvas_library()
        high, wide = self.side / rows, self.side / columns
        paths = [skia.Path() for _ in range(5)]
        for row in range(rows):
            for column in range(-1, columns + 1):
                x = (column + 0.5 * (row % 2) * shifted) * wide
                path = paths[int(hash_of(row, column % columns) * 5)]
                left, top = x + gap / 2, row * high + gap / 2
                path.addRoundRect(skia.Rect.MakeXYWH(left, top, wide - gap, high - gap), corner, corner)
        for shade, path in zip(self.rng.uniform(-uneven, uneven, 5), paths, strict=True):
            share = abs(float(shade)) / 128
            color = mixed(self.color, "#ffffff" if shade > 0 else "#000000", share)
            self.canvas.drawPath(path, skia.Paint(Color=argb(color), AntiAlias=True))

    def scatter(self, count: int, radius: float, *colors: str, alpha: float = 0.6, long: float = 1.0) -> None:
        """Strew specks, pebbles or leaves."""
        skia = canvas_library()
        paths = [skia.Path() for _ in colors]
        for n, (x, y, size) in enumerate(
            self.rng.uniform((0, 0, 0.4), (self.side, self.side, 1), (count, 3))
        ):
            path, r = paths[n % len(paths)], radius * size
            for left in (x, x - self.side) if x > self.side - 2 * radius else (x,):
                path.addOval(skia.Rect.MakeXYWH(left - r, y - r * long, 2 * r, 2 * r * long))
        for path, color in zip(paths, colors, strict=True):
            self.canvas.drawPath(path, skia.Paint(Color=argb(color, alpha), AntiAlias=True))

    def image(self) -> "skia.Image":
        """Give what was drawn."""
        return self._surface.makeImageSnapshot()


def hash_of(row: int, column: int) -> float:
    """Give each stone a number of its own, 0 … 1, so that a row begins as it ends."""
    return float(np.sin(row * 12.9898 + column * 78.233) * 43758.5453 % 1.0)


Material: TypeAlias = Callable[[Rng], Tile]


def asphalt(rng: Rng) -> Tile:
    """Dark and grainy."""
    tile = Tile(160, tone(rng, 70, 135, 5), rng)
    tile.rough("stains", 0.35)
    tile.rough("fine", 0.8)
    return tile


def concrete(rng: Rng) -> Tile:
    """Pale, stained, with joints."""
    tile = Tile(240, tone(rng, 125, 205, 8), rng)
    tile.rough("stains", 0.55)
    tile.rough("fine", 0.35)
    if rng.random() < 0.5:
        tile.stones(2, 2, 1.4, uneven=4)
        tile.rough("stains", 0.5)
    return tile


def cobbles(rng: Rng) -> Tile:
    """Rounded stones with dark gaps."""
    tile = Tile(160, tone(rng, 120, 185, 8), rng)
    stone = tile.color
    tile.canvas.clear(argb(mixed(stone, "#1a1714", 0.55)))
    rows = int(rng.integers(5, 8)) * 2
    tile.stones(rows, int(rows * rng.uniform(0.6, 0.9)), 1.8, uneven=30, corner=2.6)
    tile.rough("rough", 0.6)
    return tile


def slabs(rng: Rng) -> Tile:
    """Large paving slabs."""
    tile = Tile(240, tone(rng, 120, 200, 8), rng)
    tile.canvas.clear(argb(mixed(tile.color, "#1a1714", 0.5)))
    rows = int(rng.integers(2, 4)) * 2
    tile.stones(rows, rows, 1.2, uneven=14, shifted=bool(rng.random() < 0.6))
    tile.rough("rough", 0.45)
    return tile


def bricks(rng: Rng) -> Tile:
    """Bricks with pale or dark mortar."""
    color = str(rng.choice(["#a5553f", "#8c4a36", "#b5705a", "#c9a58a", "#6b4a40", "#d8cfc2", "#7d7a76"]))
    tile = Tile(120, mixed(color, tone(rng, 90, 180), 0.15), rng)
    mortar = "#cfc8bb" if rng.random() < 0.6 else "#3a3430"
    tile.canvas.clear(argb(mortar))
    tile.stones(16, 5, 1.1, uneven=26)
    tile.rough("rough", 0.5)
    return tile


def stone_blocks(rng: Rng) -> Tile:
    """Blocks of a façade."""
    tile = Tile(300, mixed(tone(rng, 150, 215, 6), "#c8b48c", 0.3), rng)
    tile.canvas.clear(argb(mixed(tile.color, "#2a2418", 0.4)))
    tile.stones(8, 4, 1.6, uneven=10)
    tile.rough("stains", 0.5)
    return tile


def plaster(rng: Rng) -> Tile:
    """Painted plaster in any colour."""
    color = rng.choice(
        ["#d9c6a5", "#c98d6b", "#8fa3a8", "#b9c2b0", "#c7a0a0", "#e4ded2", "#6f7f95", "#d6b24a"]
    )
    tile = Tile(300, mixed(str(color), tone(rng, 120, 220), 0.3), rng)
    tile.rough("stains", 0.5)
    tile.rough("fine", 0.2)
    return tile


def gravel(rng: Rng) -> Tile:
    """Pale and pebbly, as in parks."""
    tile = Tile(140, mixed(tone(rng, 150, 205, 6), "#c9b48c", 0.35), rng)
    tile.rough("fine", 0.7)
    tile.scatter(260, 0.9, mixed(tile.color, "#000000", 0.35), mixed(tile.color, "#ffffff", 0.4))
    return tile


def sand(rng: Rng) -> Tile:
    """Beach."""
    tile = Tile(200, mixed("#d9c39a", tone(rng, 170, 225), 0.3), rng)
    tile.rough("rough", 0.5)
    tile.rough("fine", 0.4)
    return tile


def grass(rng: Rng) -> Tile:
    """Lawn."""
    tile = Tile(140, mixed("#5d7a35", tone(rng, 80, 150), 0.25), rng)
    tile.rough("stains", 0.4)
    tile.rough("fine", 0.9, 70, stretch=2.2)
    tile.scatter(240, 0.5, "#87a04c", "#3c5522", alpha=0.6, long=3.5)
    return tile


def leaves(rng: Rng) -> Tile:
    """Fallen leaves on grass or asphalt."""
    tile = Tile(140, mixed("#7a6a3c", tone(rng, 80, 140), 0.5), rng)
    tile.rough("fine", 0.7)
    tile.scatter(420, 3.0, "#b5651d", "#d19a2e", "#8a4b1f", "#c4792a", alpha=0.85)
    tile.rough("rough", 0.4)
    return tile


def snow(rng: Rng) -> Tile:
    """Trodden snow."""
    tile = Tile(220, mixed("#e8edf4", tone(rng, 200, 240, 3), 0.4), rng)
    tile.rough("clouds", 0.4)
    tile.rough("rough", 0.25)
    return tile


def boards(rng: Rng) -> Tile:
    """Wooden boards or parquet."""
    color = str(rng.choice(["#a57b4c", "#6e4a2c", "#c7a578", "#8a6a4a", "#d8c6a5", "#5a4030"]))
    tile = Tile(180, mixed(color, tone(rng, 100, 180), 0.15), rng)
    tile.canvas.clear(argb(mixed(tile.color, "#000000", 0.5)))
    tile.stones(14, 2, 0.5, uneven=16)
    tile.rough("rough", 0.5, 60, stretch=0.12)
    return tile


def tiles(rng: Rng) -> Tile:
    """Glazed tiles, in one colour or as a chessboard."""
    tile = Tile(120, tone(rng, 150, 235, 14), rng)
    tile.canvas.clear(argb(mixed(tile.color, "#4a4540", 0.5)))
    tile.stones(4, 4, 0.8, uneven=float(rng.choice([5, 60])), shifted=False)
    tile.rough("stains", 0.25)
    return tile


def marble(rng: Rng) -> Tile:
    """Polished floor of a hall."""
    tile = Tile(240, tone(rng, 185, 235, 6), rng)
    tile.rough("clouds", 0.6)
    tile.stones(2, 2, 0.5, uneven=3)
    tile.rough("stains", 0.7)
    return tile


def carpet(rng: Rng) -> Tile:
    """Soft floor."""
    tile = Tile(120, mixed(tone(rng, 80, 200, 30), "#8a7f75", 0.3), rng)
    tile.rough("fine", 0.5)
    return tile


def paint(rng: Rng) -> Tile:
    """A smooth painted wall."""
    tile = Tile(300, mixed(tone(rng, 150, 240, 12), "#d8cfc0", 0.3), rng)
    tile.rough("clouds", 0.12)
    return tile


MATERIALS: dict[str, Material] = {
    "asphalt": asphalt,
    "concrete": concrete,
    "cobbles": cobbles,
    "slabs": slabs,
    "bricks": bricks,
    "stone blocks": stone_blocks,
    "plaster": plaster,
    "gravel": gravel,
    "sand": sand,
    "grass": grass,
    "leaves": leaves,
    "snow": snow,
    "boards": boards,
    "tiles": tiles,
    "marble": marble,
    "carpet": carpet,
    "paint": paint,
}
"""How each material is drawn."""


@lru_cache(maxsize=512)
def _tile(name: str, variant: int) -> "tuple[skia.Image, float]":
    """Draw one of the variants of a material, the same in every process, and give its side in centimetres."""
    tile = MATERIALS[name](np.random.default_rng([list(MATERIALS).index(name), variant]))
    return tile.image(), tile.side


def material_paint(name: str, rng: Rng) -> Any:
    """Mix a paint that covers a plane, whose coordinates are centimetres, with a material."""
    skia = canvas_library()
    image, side = _tile(name, int(rng.integers(VARIANTS)))
    scale = side / TILE_PX
    matrix = skia.Matrix.Scale(scale, scale)
    matrix.postTranslate(*rng.uniform(0, side, 2).tolist())
    repeat = skia.TileMode.kRepeat
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    return skia.Paint(Shader=image.makeShader(repeat, repeat, sampling, matrix))
