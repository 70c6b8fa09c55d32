"""What is behind the figure: a studio sweep, a room with a wall and a floor, or a street out of focus."""

from typing import Any

import numpy as np

from attire.render.paths import canvas_library

__all__ = ["cast_shadow", "draw_backdrop"]


def draw_backdrop(canvas: Any, size: tuple[int, int], horizon: float, rng: np.random.Generator) -> None:
    """Paint one of the three backdrops over the whole canvas.

    Args:
        canvas: skia canvas.
        size: ``(height, width)`` in pixels.
        horizon: Row where the ground begins, pixels.
        rng: Where every choice comes from.
    """
    (_studio, _room, _street)[int(rng.integers(3))](canvas, size, horizon, rng)


def cast_shadow(canvas: Any, center_x: float, y: float, half_width: float, scale_px: float) -> None:
    """Paint the soft shadow on the ground under a figure."""
    skia = canvas_library()
    paint = skia.Paint(
        Color=skia.ColorSetARGB(95, 20, 18, 24), AntiAlias=True,
        MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, scale_px * 0.012),
    )  # fmt: skip
    canvas.drawOval(
        skia.Rect.MakeXYWH(center_x - half_width, y - scale_px * 0.014, 2.3 * half_width, scale_px * 0.03),
        paint,
    )


def _gradient(canvas: Any, top: float, bottom: float, width: float, colors: tuple[int, int]) -> None:
    skia = canvas_library()
    shader = skia.GradientShader.MakeLinear([(0, top), (0, bottom)], list(colors))
    canvas.drawRect(skia.Rect.MakeLTRB(0, top, width, bottom), skia.Paint(Shader=shader))


def _tone(rng: np.random.Generator, low: float, high: float, tint: float = 14) -> int:
    level = rng.uniform(low, high)
    red, green, blue = np.clip(level + rng.uniform(-tint, tint, 3), 0, 255).astype(int).tolist()
    return int(canvas_library().ColorSetRGB(red, green, blue))


def _studio(canvas: Any, size: tuple[int, int], horizon: float, rng: np.random.Generator) -> None:
    height, width = size
    _gradient(canvas, 0, height, width, (_tone(rng, 205, 245, 8), _tone(rng, 165, 225, 8)))


def _room(canvas: Any, size: tuple[int, int], horizon: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    height, width = size
    _gradient(canvas, 0, horizon, width, (_tone(rng, 170, 230, 10), _tone(rng, 150, 215, 10)))
    _gradient(canvas, horizon, height, width, (_tone(rng, 95, 150, 12), _tone(rng, 120, 175, 12)))
    skirting = skia.Paint(Color=skia.ColorSetARGB(120, 245, 243, 238))
    canvas.drawRect(skia.Rect.MakeXYWH(0, horizon - height * 0.02, width, height * 0.02), skirting)
    if rng.random() < 0.6:
        frame = skia.Paint(Color=_tone(rng, 60, 210, 40), AntiAlias=True)
        left, top = rng.uniform(0, width * 0.7), rng.uniform(0, height * 0.25)
        canvas.drawRect(skia.Rect.MakeXYWH(left, top, width * 0.22, height * rng.uniform(0.12, 0.3)), frame)


def _street(canvas: Any, size: tuple[int, int], horizon: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    height, width = size
    _gradient(canvas, 0, horizon, width, (_tone(rng, 190, 235, 18), _tone(rng, 150, 190, 18)))
    blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, height * 0.008)
    x = -width * 0.1
    while x < width:
        wide = width * rng.uniform(0.18, 0.45)
        top = height * rng.uniform(0.0, 0.35)
        wall = skia.Paint(Color=_tone(rng, 85, 200, 16), AntiAlias=True, MaskFilter=blur)
        canvas.drawRect(skia.Rect.MakeLTRB(x, top, x + wide, horizon), wall)
        pane = skia.Paint(Color=_tone(rng, 60, 120, 18), AntiAlias=True, MaskFilter=blur)
        step = height * 0.085
        for y in np.arange(top + step * 0.4, horizon - step, step):
            for place in np.arange(x + wide * 0.12, x + wide * 0.85, wide * 0.26):
                canvas.drawRect(skia.Rect.MakeXYWH(place, y, wide * 0.15, step * 0.55), pane)
        x += wide
    _gradient(canvas, horizon, height, width, (_tone(rng, 95, 140, 8), _tone(rng, 130, 175, 8)))
    kerb = skia.Paint(Color=skia.ColorSetARGB(110, 230, 230, 228), MaskFilter=blur)
    canvas.drawRect(skia.Rect.MakeXYWH(0, horizon, width, height * 0.012), kerb)
