"""Name labels: rounded chips of a category's colour, with a leader line where they had to move."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from attire.drawing.palette import Color, ink_on

__all__ = ["Chip", "draw_chip", "draw_leader", "load_font"]

_SMOOTH = 4


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A label ready to be measured and drawn."""

    lines: tuple[str, ...]
    """The name, and below it in smaller type what else is to be said."""
    color: Color
    """Background."""
    text_px: int
    """Height of the name's type in pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """``(width, height)`` in pixels."""
        widths = [load_font(px).getlength(line) for line, px in self._set()]
        pad = self.padding
        return round(max(widths)) + 2 * pad + 1, sum(round(px * 1.22) for _, px in self._set()) + pad

    @property
    def padding(self) -> int:
        """Pixels left and right of the text."""
        return max(3, round(self.text_px * 0.38))

    def _set(self) -> Sequence[tuple[str, int]]:
        small = max(9, round(self.text_px * 0.82))
        return [(line, self.text_px if n == 0 else small) for n, line in enumerate(self.lines)]


def load_font(px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Give Pillow's own font at a height in pixels; no font file is needed."""
    return ImageFont.load_default(size=px)


def draw_chip(canvas: Image.Image, chip: Chip, corner: tuple[int, int]) -> None:
    """Draw a chip with its left upper corner at ``corner``, in place."""
    width, height = chip.size
    big = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    ImageDraw.Draw(big).rounded_rectangle(
        (0, 0, big.width - 1, big.height - 1), radius=_SMOOTH * chip.text_px * 0.3, fill=240
    )
    canvas.paste(chip.color, corner, big.reduce(_SMOOTH))
    draw = ImageDraw.Draw(canvas)
    ink = ink_on(chip.color)
    top = corner[1] + chip.padding / 2
    for line, px in chip._set():
        draw.text(
            (corner[0] + chip.padding, top + px * 0.61), line, font=load_font(px), fill=ink, anchor="lm"
        )
        top += round(px * 1.22)


def draw_leader(
    canvas: Image.Image, chip: Chip, corner: tuple[int, int], anchor: tuple[float, float]
) -> None:
    """Draw a thin line with a dot at its end from a chip to what it names, in place."""
    width, height = chip.size
    start = (
        min(max(anchor[0], corner[0] + chip.padding), corner[0] + width - chip.padding),
        min(max(anchor[1], corner[1]), corner[1] + height),
    )
    thick = max(1.0, chip.text_px / 11)
    dot = max(2.0, chip.text_px / 6)
    left, top = int(min(start[0], anchor[0]) - dot - 1), int(min(start[1], anchor[1]) - dot - 1)
    right, bottom = int(max(start[0], anchor[0]) + dot + 2), int(max(start[1], anchor[1]) + dot + 2)
    for grow, ink, opacity in ((0.8, (0, 0, 0), 110), (0.0, chip.color, 255)):
        big = Image.new("L", ((right - left) * _SMOOTH, (bottom - top) * _SMOOTH))
        draw = ImageDraw.Draw(big)
        points = [((x - left) * _SMOOTH, (y - top) * _SMOOTH) for x, y in (start, anchor)]
        draw.line(points, fill=opacity, width=round((thick + 2 * grow) * _SMOOTH))
        draw.circle(points[1], (dot + grow) * _SMOOTH, fill=opacity)
        canvas.paste(ink, (left, top), big.reduce(_SMOOTH))
