"""A square of cloth that repeats without a seam: what patterns are drawn on."""

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.patterns import PATTERNS
from attire.render.cloth.weaves import WEAVES
from attire.render.color import argb, rgb
from attire.render.paths import Floats, canvas_library

if TYPE_CHECKING:
    import skia

__all__ = ["SIDE", "Spot", "Swatch", "draw_swatch"]

SIDE = 32.0
"""Side of the repeating square, centimetres."""

Spot: TypeAlias = tuple[float, float, float, float]
"""Where a motif is put: x and y in centimetres, its turn in degrees, its size relative to the drawn one."""


class Swatch:
    """The square, with a canvas in centimetres.

    Motifs are spread over it as one path per ink, around its edges too, so that it repeats; one call of the
    canvas then draws them all.
    """

    side: float = SIDE

    def __init__(self, px_per_cm: float) -> None:
        """Take an empty square at a resolution."""
        skia = canvas_library()
        self.px_per_cm = px_per_cm
        self.pixels = max(16, round(SIDE * px_per_cm))
        self._surface = skia.Surface(self.pixels, self.pixels)
        self.canvas: Any = self._surface.getCanvas()
        self.canvas.scale(self.pixels / SIDE, self.pixels / SIDE)

    def paint(self, color: str, alpha: float = 1.0, line: float | None = None) -> Any:
        """Mix a paint; with ``line`` it draws lines of that width, centimetres, instead of filling."""
        skia = canvas_library()
        if line is None:
            return skia.Paint(Color=argb(color, alpha), AntiAlias=True)
        return skia.Paint(
            Color=argb(color, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style,
            StrokeWidth=max(line, 0.5 / self.px_per_cm), StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip

    def fill(self, color: str, alpha: float = 1.0) -> None:
        """Cover the whole square."""
        self.canvas.drawPaint(self.paint(color, alpha))

    def ink(self, path: "skia.Path", color: str, alpha: float = 1.0, line: float | None = None) -> None:
        """Print a path in one ink, filled, or as lines of a width in centimetres."""
        self.canvas.drawPath(path, self.paint(color, alpha, line))

    def steps(self, step: float, even: bool = False) -> float:
        """Round a repeat to one that divides the side (into an even number of parts on request)."""
        parts = max(1, round(SIDE / step))
        return SIDE / (parts + parts % 2 if even else parts)

    def places(
        self, step: float, rng: Rng, jitter: float = 0.0, brick: bool = True
    ) -> Iterator[tuple[float, float]]:
        """Walk over a lattice: rows ``step`` apart, every other one shifted by half where ``brick``."""
        step = self.steps(step, even=True)
        count = round(SIDE / step)
        row, column = np.divmod(np.arange(count * count), count)
        off = rng.uniform(-jitter, jitter, (count * count, 2)) * step
        shift = 0.5 * (row % 2) if brick else 0.0
        yield from zip(
            ((column + shift + 0.25) * step + off[:, 0]).tolist(),
            ((row + 0.5) * step + off[:, 1]).tolist(),
            strict=True,
        )

    def spots(
        self,
        step: float,
        rng: Rng,
        *,
        jitter: float = 0.0,
        turn: float = 0.0,
        sizes: tuple[float, float] = (1.0, 1.0),
        brick: bool = True,
    ) -> list[Spot]:
        """Put motifs on a lattice, each turned by up to ``turn`` degrees and of a size in a range."""
        return [
            (x, y, float(rng.uniform(-turn, turn)), float(rng.uniform(*sizes)))
            for x, y in self.places(step, rng, jitter, brick)
        ]

    def spread(self, motif: "skia.Path", spots: Iterable[Spot]) -> "skia.Path":
        """Copy a motif, drawn around the origin, to spots; again on the far side where it crosses an edge."""
        skia = canvas_library()
        bounds = motif.getBounds()
        reach = float(
            np.hypot(*np.abs([bounds.fLeft, bounds.fTop, bounds.fRight, bounds.fBottom]).reshape(2, 2).max(0))
        )
        copies = skia.Path()
        for x, y, turn, size in spots:
            lean, rise = size * math.cos(math.radians(turn)), size * math.sin(math.radians(turn))
            for at_x in _wraps(x % SIDE, reach * size):
                for at_y in _wraps(y % SIDE, reach * size):
                    copies.addPath(motif, skia.Matrix.MakeAll(lean, -rise, at_x, rise, lean, at_y, 0, 0, 1))
        return copies

    def wrapped(self, path: "skia.Path") -> "skia.Path":
        """Repeat a path that runs over the square's edges so that it joins up on the other side."""
        skia = canvas_library()
        copies = skia.Path()
        square = skia.Rect.MakeWH(SIDE, SIDE)
        for dx in (-SIDE, 0.0, SIDE):
            for dy in (-SIDE, 0.0, SIDE):
                if path.getBounds().makeOffset(dx, dy).intersects(square):
                    copies.addPath(path, skia.Matrix.Translate(dx, dy))
        return copies

    def wash(self, cover: Floats, color: str, alpha: float = 1.0) -> None:
        """Print an ink where ``cover`` is 1, none where it is 0; shape (N, N), stretched over the square."""
        skia = canvas_library()
        pixels = np.empty((*cover.shape, 4), np.uint8)
        pixels[..., :3] = rgb(color)
        pixels[..., 3] = np.clip(cover * (255 * alpha), 0, 255)
        image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType)
        self._lay(image, SIDE / cover.shape[1], SIDE / cover.shape[0])

    def grain(self, wide: float, high: float, strength: float, rng: Rng) -> None:
        """Darken and lighten the cloth unevenly.

        Args:
            wide: Width of the unevenness, centimetres.
            high: Its height: long and thin ones are slubs of the yarn.
            strength: How strong it is, 0 … 1 (about 0.02 is felt rather than seen).
            rng: Where it comes from.
        """
        skia = canvas_library()
        shape = (max(2, round(SIDE / high)), max(2, round(SIDE / wide)))
        shape = (min(shape[0], self.pixels), min(shape[1], self.pixels))
        tone = rng.standard_normal(shape, dtype=np.float32) * (255 * strength)
        pixels = np.empty((*shape, 4), np.uint8)
        pixels[..., 3] = np.minimum(np.abs(tone), 255)
        pixels[..., :3] = np.where(tone > 0, pixels[..., 3], 0)[..., None]
        image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType)
        self._lay(image, SIDE / shape[1], SIDE / shape[0])

    def _lay(self, image: Any, wide: float, high: float) -> None:
        """Stretch a picture over the square; it repeats as the cloth does, so that no seam shows."""
        skia = canvas_library()
        repeat = skia.TileMode.kRepeat
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
        shader = image.makeShader(repeat, repeat, sampling, skia.Matrix.Scale(wide, high))
        self.canvas.drawPaint(skia.Paint(Shader=shader))

    def image(self) -> "skia.Image":
        """Give what was drawn."""
        return self._surface.makeImageSnapshot()


def draw_swatch(cloth: Cloth, px_per_cm: float, rng: Rng) -> "skia.Image":
    """Draw a cloth: ground, pattern, weave.

    Args:
        cloth: Its description.
        px_per_cm: Resolution.
        rng: Where the scatter of motifs comes from.

    Returns:
        A square image that repeats without a seam, :data:`SIDE` centimetres wide.
    """
    swatch = Swatch(px_per_cm)
    swatch.fill(cloth.color)
    PATTERNS[cloth.pattern](swatch, cloth, rng)
    WEAVES[cloth.weave](swatch, cloth, rng)
    return swatch.image()


def _wraps(place: float, reach: float) -> list[float]:
    """Give a place, and where the motif shows again on the far side."""
    if reach <= place <= SIDE - reach:
        return [place]
    near = [place + SIDE] if place < reach else []
    return [place, *near, *([place - SIDE] if place > SIDE - reach else [])]
