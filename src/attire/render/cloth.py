"""Cloth: a colour, a pattern that follows the garment, folds and shading."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.paths import Point, canvas_library, smooth

if TYPE_CHECKING:
    import skia

__all__ = ["PATTERNS", "Cloth", "choose_cloth", "fill"]

DYES = (
    "#f4f1ea", "#17181c", "#23304f", "#7d8794", "#b9a88b", "#8c2f39", "#c4553f", "#d9a441", "#4c6444",
    "#2f6f73", "#6d8fb3", "#d8a7a7", "#5b3a29", "#58476e", "#e4d7c3", "#3a4a3d", "#a33c5d", "#e7e2da",
)  # fmt: skip
DENIM = ("#2b3d5b", "#46618a", "#6f8cb0", "#1d2433")


@dataclass(frozen=True, slots=True)
class Cloth:
    """What a garment is made of."""

    color: str
    """Ground colour, hex."""
    ink: str
    """Colour of the pattern, hex."""
    pattern: str
    """An attribute of the group ``pattern``, by full name."""


def choose_cloth(rng: np.random.Generator, dyes: tuple[str, ...] = DYES, plain: float = 0.6) -> Cloth:
    """Pick ground, ink and pattern; ``plain`` is the share of cloth without a pattern."""
    color = str(rng.choice(dyes))
    inks = [dye for dye in DYES if abs(_lightness(dye) - _lightness(color)) > 0.25]
    pattern = "plain (pattern)" if rng.random() < plain else str(rng.choice([*PATTERNS][1:]))
    return Cloth(color, str(rng.choice(inks)), pattern)


def fill(canvas: Any, path: "skia.Path", cloth: Cloth, scale_px: float, rng: np.random.Generator) -> None:
    """Paint a garment: ground, pattern, folds, roundness and an edge.

    Args:
        canvas: skia canvas.
        path: The garment's outline.
        cloth: Its material.
        scale_px: The wearer's height in pixels, which sets the size of patterns and folds.
        rng: Where folds and pattern offsets come from.
    """
    skia = canvas_library()
    bounds = path.getBounds()
    canvas.drawPath(path, skia.Paint(Color=_color(cloth.color), AntiAlias=True))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    PATTERNS[cloth.pattern](canvas, bounds, _color(cloth.ink), scale_px * 0.02, rng)
    _folds(canvas, bounds, scale_px, rng)
    _roundness(canvas, bounds)
    canvas.restore()
    edge = skia.Paint(
        Color=skia.ColorSetARGB(70, 0, 0, 0), AntiAlias=True, Style=skia.Paint.kStroke_Style,
        StrokeWidth=max(0.8, scale_px * 0.0025),
    )  # fmt: skip
    canvas.drawPath(path, edge)


def _folds(canvas: Any, bounds: Any, scale_px: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    for _ in range(max(2, int(bounds.width() / scale_px * 40))):
        dark = rng.random() < 0.65
        paint = skia.Paint(
            Color=skia.ColorSetARGB(26 if dark else 22, *((0, 0, 0) if dark else (255, 255, 255))),
            AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=scale_px * rng.uniform(0.004, 0.014),
            MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, scale_px * 0.005),
        )  # fmt: skip
        x = rng.uniform(bounds.left(), bounds.right())
        y = rng.uniform(bounds.top(), bounds.bottom())
        length, lean = scale_px * rng.uniform(0.04, 0.16), scale_px * rng.uniform(-0.03, 0.03)
        fold = skia.Path()
        fold.moveTo(x, y)
        fold.quadTo(x + lean, y + length / 2, x + lean * rng.uniform(0, 2), y + length)
        canvas.drawPath(fold, paint)


def _roundness(canvas: Any, bounds: Any) -> None:
    skia = canvas_library()
    ends = [(bounds.left(), bounds.top()), (bounds.right(), bounds.top())]
    shades = [skia.ColorSetARGB(alpha, 0, 0, 0) for alpha in (58, 8, 0, 12, 74)]
    shader = skia.GradientShader.MakeLinear(ends, shades, [0, 0.22, 0.42, 0.68, 1])
    canvas.drawRect(bounds, skia.Paint(Shader=shader))


def _plain(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    """Leave the ground as it is."""


def _stripe(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    wide, step, sag = unit * rng.uniform(0.25, 0.7), unit * rng.uniform(1.0, 2.0), unit * 0.6
    upright = rng.random() < 0.35
    paint = skia.Paint(Color=ink, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=wide)
    low, high = (bounds.left(), bounds.right()) if upright else (bounds.top() - sag, bounds.bottom())
    for place in np.arange(low, high, step):
        line = skia.Path()
        if upright:
            line.moveTo(place, bounds.top())
            line.lineTo(place + sag * 0.3, bounds.bottom())
        else:
            line.moveTo(bounds.left(), place)
            line.quadTo(bounds.centerX(), place + 2 * sag, bounds.right(), place)
        canvas.drawPath(line, paint)


def _check(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    step = unit * rng.uniform(1.2, 2.4)
    paint = skia.Paint(Color=ink, Alphaf=0.45)
    for x in np.arange(bounds.left(), bounds.right(), step):
        canvas.drawRect(skia.Rect.MakeXYWH(x, bounds.top(), step * 0.45, bounds.height()), paint)
    for y in np.arange(bounds.top(), bounds.bottom(), step):
        canvas.drawRect(skia.Rect.MakeXYWH(bounds.left(), y, bounds.width(), step * 0.45), paint)


def _scattered(
    canvas: Any,
    bounds: Any,
    step: float,
    jitter: float,
    rng: np.random.Generator,
    stamp: Callable[[float, float], None],
) -> None:
    for row, y in enumerate(np.arange(bounds.top(), bounds.bottom() + step, step)):
        for x in np.arange(bounds.left() - step * (row % 2) / 2, bounds.right() + step, step):
            stamp(x + rng.uniform(-jitter, jitter), y + rng.uniform(-jitter, jitter))


def _dot(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    paint = canvas_library().Paint(Color=ink, AntiAlias=True)
    step = unit * rng.uniform(1.0, 1.8)
    _scattered(canvas, bounds, step, 0, rng, lambda x, y: canvas.drawCircle(x, y, step * 0.24, paint))


def _floral(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    petal = skia.Paint(Color=ink, AntiAlias=True)
    heart = skia.Paint(Color=_color("#e7c14f"), AntiAlias=True)
    leaf = skia.Paint(Color=_color("#5d7a4a"), AntiAlias=True)
    step = unit * rng.uniform(1.5, 2.6)

    def flower(x: float, y: float) -> None:
        turn, radius = rng.uniform(0, 6.28), step * rng.uniform(0.14, 0.22)
        canvas.drawCircle(x + radius * 2.2, y + radius, radius * 0.8, leaf)
        for angle in turn + np.arange(5) * 2 * np.pi / 5:
            canvas.drawCircle(x + radius * np.cos(angle), y + radius * np.sin(angle), radius * 0.75, petal)
        canvas.drawCircle(x, y, radius * 0.5, heart)

    _scattered(canvas, bounds, step, step * 0.25, rng, flower)


def _leopard(canvas: Any, bounds: Any, ink: int, unit: float, rng: np.random.Generator) -> None:
    skia = canvas_library()
    step = unit * 0.95
    rim = skia.Paint(
        Color=_color("#2a1a10"), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=step * 0.16
    )
    heart = skia.Paint(Color=ink, Alphaf=0.5, AntiAlias=True)

    def rosette(x: float, y: float) -> None:
        radius = step * rng.uniform(0.2, 0.34)
        ring: list[Point] = [
            (x + radius * rng.uniform(0.8, 1.3) * np.cos(a), y + radius * rng.uniform(0.8, 1.3) * np.sin(a))
            for a in np.arange(6) * np.pi / 3
        ]
        path = smooth(ring)
        canvas.drawPath(path, heart)
        canvas.drawPath(path, rim)

    _scattered(canvas, bounds, step, step * 0.2, rng, rosette)


PATTERNS: dict[str, Callable[[Any, Any, int, float, np.random.Generator], None]] = {
    "plain (pattern)": _plain,
    "stripe": _stripe,
    "check": _check,
    "dot": _dot,
    "floral": _floral,
    "leopard": _leopard,
}
"""How each pattern is drawn, by the attribute's full name; the first is the plain one."""


def _color(hex_color: str) -> int:
    red, green, blue = (int(hex_color[i : i + 2], 16) for i in (1, 3, 5))
    return int(canvas_library().ColorSetRGB(red, green, blue))


def _lightness(hex_color: str) -> float:
    red, green, blue = (int(hex_color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
