"""Light on the film itself: vignettes, leaks and borders, drawn over the finished picture."""

from typing import TYPE_CHECKING, Any

from attire.render.cloth.cloth import Rng
from attire.render.color import argb
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    import skia

__all__ = ["draw_border", "draw_optics"]

VIGNETTED, LEAKED, BORDERED = 0.22, 0.04, 0.025
"""How often each occurs."""


def draw_optics(canvas: Any, size: tuple[int, int], rng: Rng) -> None:
    """Darken the corners now and then, rarely let light leak in.

    Args:
        canvas: skia canvas in pixels.
        size: ``(height, width)`` in pixels.
        rng: Where every choice comes from.
    """
    skia = canvas_library()
    height, width = size
    reach = 0.5 * (height**2 + width**2) ** 0.5
    if rng.random() < VIGNETTED:
        depth = float(rng.uniform(0.1, 0.4))
        shades = [argb("#000000", 0.0), argb("#000000", 0.0), argb("#000000", depth)]
        middle = skia.Point(width / 2, height / 2)
        shader = skia.GradientShader.MakeRadial(middle, reach, shades, [0.0, 0.45, 1.0])
        canvas.drawPaint(skia.Paint(Shader=shader))
    if rng.random() < LEAKED:
        x, y = float(rng.choice([0, width])), float(rng.uniform(0, height))
        color = str(rng.choice(["#ff9a4a", "#ffd08a", "#ff5a4a", "#fff0c0"]))
        shades = [argb(color, float(rng.uniform(0.3, 0.6))), argb(color, 0.0)]
        shader = skia.GradientShader.MakeRadial(skia.Point(x, y), reach * 0.8, shades)
        canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kScreen))


def draw_border(canvas: Any, size: tuple[int, int], rng: Rng) -> "skia.Path | None":
    """Draw the frame of an instant photo or a collage rarely, and give what it covers."""
    skia = canvas_library()
    if rng.random() >= BORDERED:
        return None
    height, width = size
    wide = width * float(rng.uniform(0.01, 0.05))
    low = wide * (3.0 if rng.random() < 0.3 else 1.0)
    border = skia.Path()
    border.addRect(0, 0, width, height)
    border.addRect(wide, wide, width - wide, height - low)
    border.setFillType(skia.PathFillType.kEvenOdd)
    color = "#ffffff" if rng.random() < 0.7 else "#0b0b0d"
    canvas.drawPath(border, skia.Paint(Color=argb(color), AntiAlias=True))
    return border
