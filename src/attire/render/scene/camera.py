"""What a camera makes of a drawing: softness, colour of the light, filters, noise and compression."""

import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter, ImageOps

from attire.render.cloth.cloth import Rng
from attire.render.panel import profile

__all__ = ["FILTERS", "develop"]

Curve = tuple[tuple[float, float], ...]

FILTERS: dict[str, tuple[Curve, Curve, Curve]] = {
    "none": (((0, 0), (1, 1)),) * 3,
    "faded": (
        ((0, 0.09), (0.5, 0.53), (1, 0.96)),
        ((0, 0.08), (0.5, 0.52), (1, 0.95)),
        ((0, 0.12), (1, 0.9)),
    ),
    "warm": (((0, 0), (0.5, 0.55), (1, 1)), ((0, 0), (1, 0.98)), ((0, 0.02), (0.5, 0.45), (1, 0.88))),
    "cold": (((0, 0), (0.5, 0.46), (1, 0.95)), ((0, 0), (1, 1)), ((0, 0.04), (0.5, 0.54), (1, 1))),
    "crossed": (
        ((0, 0), (0.3, 0.2), (0.7, 0.8), (1, 1)),
        ((0, 0), (0.3, 0.26), (1, 1)),
        ((0, 0.14), (1, 0.86)),
    ),
    "contrast": (((0, 0), (0.25, 0.17), (0.75, 0.84), (1, 1)),) * 3,
}
"""Tone curves of red, green and blue as ``(in, out)`` knots, 0 … 1."""

HOW_OFTEN = (0.55, 0.12, 0.1, 0.06, 0.05, 0.12)
MONOCHROME, FRINGED, MOVED = 0.02, 0.2, 0.03
"""How often photos are black and white, show colour fringes, or are blurred by motion."""
TONES = ("#fff5e2", "#f0f4ff", "#fff9ee")
"""Paper of black-and-white photos; pure grey would look like a fault of the data to an audit."""


def develop(pixels: npt.NDArray[np.uint8], rng: Rng, *, studio: bool = False) -> bytes:
    """Turn a drawing into a stored photo. Geometry stays: masks drawn with it still fit.

    Args:
        pixels: RGB or RGBA of which alpha is ignored, shape (height, width, 3 or 4).
        rng: Where every choice comes from.
        studio: Keep white white, as a shop does.

    Returns:
        A JPEG file.
    """
    image = Image.fromarray(pixels).convert("RGB")
    image = _focused(image, rng)
    if rng.random() < FRINGED:
        image = _fringed(image, rng)
    image = image.point(_tones(rng, 0.2 if studio else 1.0))
    if not studio and rng.random() < MONOCHROME:
        image = ImageOps.colorize(image.convert("L"), "#060504", TONES[int(rng.integers(len(TONES)))])
    image = _noisy(image, 0.4 if studio else 1.0, rng)
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=int(55 + 40 * rng.beta(2.2, 1.2)))
    return stored.getvalue()


def _focused(image: Image.Image, rng: Rng) -> Image.Image:
    """Soften by a 3×3 kernel that grows with the resolution, rarely along a motion."""
    if rng.random() < MOVED:
        taps = np.zeros((5, 5))
        lean = float(rng.uniform(-1, 1))
        for step in np.linspace(-2, 2, 9):
            taps[2 + round(step * lean), 2 + round(step)] += 1
        return image.filter(ImageFilter.Kernel((5, 5), taps.ravel().tolist()))
    edge = float(rng.uniform(0.05, 0.55))
    taps = np.outer((edge, 1, edge), (edge, 1, edge))
    image = image.filter(ImageFilter.Kernel((3, 3), taps.ravel().tolist()))
    if image.height > 600 and rng.random() < 0.35:
        image = image.filter(ImageFilter.Kernel((3, 3), [1, 2, 1, 2, 4, 2, 1, 2, 1]))
    return image


def _fringed(image: Image.Image, rng: Rng) -> Image.Image:
    """Enlarge red against blue by less than a pixel at the corners."""
    width, height = image.size
    red, green, blue = image.split()
    grow = float(rng.uniform(0.6, 1.6)) / max(width, height)
    box = (width * grow / 2, height * grow / 2, width * (1 - grow / 2), height * (1 - grow / 2))
    red = red.resize(image.size, Image.Resampling.BILINEAR, box=box)
    return Image.merge("RGB", (red, green, blue))


def _tones(rng: Rng, much: float) -> list[int]:
    """Exposure, white balance, contrast and a filter as one table of 3 × 256 levels; ``much`` of it all."""
    name = str(rng.choice([*FILTERS], p=HOW_OFTEN))
    share = much * float(rng.uniform(0.4, 1.0))
    exposure = 1 + much * float(np.clip(rng.normal(0.08, 0.08), -0.15, 0.3))
    bend = much * float(rng.uniform(-0.12, 0.22))
    tint = rng.normal(0, 0.035) * np.array([1.0, 0.0, -1.0]) + rng.normal(0, 0.012, 3)
    balance = 1 + much * tint
    level = np.linspace(0, 1, 256)
    table = []
    for channel, curve in enumerate(FILTERS[name]):
        exposed = np.clip(level * exposure * balance[channel], 0, 1)
        curved = exposed + bend * np.sin(2 * np.pi * exposed) * -0.16
        filtered = profile([*curve], curved)
        table.append((1 - share) * curved + share * filtered)
    levels: list[int] = np.clip(np.concatenate(table) * 255 + 0.5, 0, 255).astype(int).tolist()
    return levels


def _noisy(image: Image.Image, much: float, rng: Rng) -> Image.Image:
    """Add a sensor's noise: stronger in the dark, a little coarser than pixels, partly in colour."""
    strength = much * float(np.clip(rng.gamma(2.0, 0.9), 0.4, 7.0))
    width, height = image.size
    coarse = bool(rng.random() < 0.5)
    bank = _noise(coarse)
    down, right = (int(n) for n in rng.integers(0, 256, 2))
    rows, columns = -(-(height + 256) // bank.shape[0]), -(-(width + 256) // bank.shape[1])
    tiled = np.tile(bank, (rows, columns, 1))[down : down + height, right : right + width]
    if rng.random() < 0.5:
        tiled = tiled[:, ::-1]
    grain = Image.fromarray(np.ascontiguousarray(tiled))
    levels = np.arange(256) - 128.0
    dark, bright = (
        ImageChops.add(
            image, grain.point(np.clip(128.5 + levels * part, 0, 255).astype(int).tolist() * 3), 1, -128
        )
        for part in (strength * 1.25 / 40, strength * 0.6 / 40)
    )
    return Image.composite(bright, dark, image.getchannel("G"))


@lru_cache(maxsize=2)
def _noise(coarse: bool) -> npt.NDArray[np.uint8]:
    """Draw noise around 128 with a deviation of 40 that repeats without a seam, shape (512, 512, 3)."""
    rng = np.random.default_rng(11 + coarse)
    noise = 0.8 * rng.standard_normal((512, 512, 1)) + 0.6 * rng.standard_normal((512, 512, 3))
    if coarse:
        noise = (
            2 * noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, (1, 1), (0, 1))
        ) / 2.65
    return np.clip(128.5 + 40 * noise, 0, 255).astype(np.uint8)
