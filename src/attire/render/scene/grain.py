"""Seamless noise: what makes a wall, a pavement or a sky uneven."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.paths import canvas_library

if TYPE_CHECKING:
    import skia

__all__ = ["GRAINS", "grain_paint"]

GRAINS = {"fine": 0.35, "rough": 0.9, "stains": 1.7, "clouds": 2.3}
"""How fast the noise of each name falls with its frequency: 0 is white noise, 2 is clouds."""

SIDE_PX = 256


@lru_cache(maxsize=8)
def _grain(name: str) -> "skia.Image":
    """Draw grey noise around 128 that repeats without a seam."""
    rng = np.random.default_rng(list(GRAINS).index(name))
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE_PX), np.fft.fftfreq(SIDE_PX))) * SIDE_PX
    white = np.fft.fft2(rng.standard_normal((SIDE_PX, SIDE_PX)))
    noise = np.fft.ifft2(white / np.maximum(frequency, 1.0) ** GRAINS[name]).real
    grey = np.clip(128 + 46 * (noise - noise.mean()) / noise.std(), 0, 255).astype(np.uint8)
    pixels = np.stack([grey, grey, grey, np.full_like(grey, 255)], axis=-1)
    skia = canvas_library()
    return skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.AlphaType.kPremul_AlphaType)


def grain_paint(
    name: str, alpha: float, side: float, shift: tuple[float, float] = (0, 0), stretch: float = 1.0
) -> Any:
    """Mix a paint that makes what is drawn uneven.

    Args:
        name: One of :data:`GRAINS`.
        alpha: How much, 0 … 1.
        side: Size after which the noise repeats, in units of the canvas.
        shift: Where it begins, in the same units.
        stretch: How much higher than wide it is drawn.

    Returns:
        A skia paint that overlays the noise.
    """
    skia = canvas_library()
    matrix = skia.Matrix.Scale(side / SIDE_PX, stretch * side / SIDE_PX)
    matrix.postTranslate(*shift)
    repeat = skia.TileMode.kRepeat
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNearest)
    paint = skia.Paint(Shader=_grain(name).makeShader(repeat, repeat, sampling, matrix))
    paint.setAlphaf(alpha)
    paint.setBlendMode(skia.BlendMode.kOverlay)
    return paint
