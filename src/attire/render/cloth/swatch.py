"""A square of cloth that repeats without a seam: what patterns are drawn on."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.cloth.patterns import PATTERNS
from attire.render.cloth.weaves import WEAVES
from attire.render.color import argb
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    import skia

__all__ = ["SIDE", "Swatch", "draw_swatch"]

SIDE = 32.0
"""Side of the repeating square, centimetres."""


class Swatch:
    """The square, with a canvas in centimetres whose stamps wrap around its edges."""

    side: float = SIDE

    def __init__(self, px_per_cm: float) -> None:
        """Take an empty square at a resolution."""
        skia = canvas_library()
        self.px_per_cm = px_per_cm
        pixels = max(16, round(SIDE * px_per_cm))
        self._surface = skia.Surface(pixels, pixels)
        self.canvas: Any = self._surface.getCanvas()
        self.canvas.scale(pixels / SIDE, pixels / SIDE)

    def paint(self, color: str, alpha: float = 1.0, line: float | None = None) -> Any:
        """Mix a paint; with ``line`` it draws lines of that width, centimetres, instead of filling."""
        skia = canvas_library()
        if line is None:
            return skia.Paint(Color=argb(color, alpha), AntiAlias=True)
        return skia.Paint(
            Color=argb(color, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=line
        )

    def fill(self, color: str, alpha: float = 1.0) -> None:
        """Cover the whole square."""
        self.canvas.drawPaint(self.paint(color, alpha))

    def steps(self, step: float, even: bool = False) -> float:
        """Round a repeat to one that divides the side (into an even number of parts on request)."""
        parts = max(1, round(SIDE / step))
        return SIDE / (parts + parts % 2 if even else parts)

    def stamp(
        self, x: float, y: float, reach: float, draw: Callable[[Any], None], angle: float = 0.0
    ) -> None:
        """Draw a motif around ``(x, y)``, again on the far side where it crosses an edge.

        Args:
            x: Centimetres from the left.
            y: Centimetres from the top.
            reach: How far the motif reaches from its middle, centimetres.
            draw: Draws it around the origin of the canvas that it is given.
            angle: Degrees by which it is turned.
        """
        for dx in _wraps(x % SIDE, reach):
            for dy in _wraps(y % SIDE, reach):
                self.canvas.save()
                self.canvas.translate(x % SIDE + dx, y % SIDE + dy)
                self.canvas.rotate(angle)
                draw(self.canvas)
                self.canvas.restore()

    def places(
        self, step: float, rng: Rng, jitter: float = 0.0, brick: bool = True
    ) -> Iterator[tuple[float, float]]:
        """Walk over a lattice: rows ``step`` apart, every other one shifted by half where ``brick``."""
        step = self.steps(step, even=True)
        for row in range(round(SIDE / step)):
            for column in range(round(SIDE / step)):
                shift = 0.5 * (row % 2) if brick else 0.0
                off_x, off_y = rng.uniform(-jitter, jitter, 2) * step
                yield (column + shift + 0.25) * step + off_x, (row + 0.5) * step + off_y

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
    return [0.0, *([SIDE] if place < reach else []), *([-SIDE] if place > SIDE - reach else [])]
