"""Uneven fields that repeat without a seam: what blots, hides and uneven dyes are made of."""

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.paths import Floats

__all__ = ["edged", "ripples"]


def ripples(rng: Rng, pixels: int, waves: tuple[float, float], spread: float) -> Floats:
    """Mix random waves of about one length into a field; waves one way make stripes that fork and end.

    Args:
        rng: Where the waves come from.
        pixels: Side of the field.
        waves: How many run across and down the side; ``(n, n)`` gives round blots, ``(0, n)`` bands.
        spread: How much the number of waves varies.

    Returns:
        Field of mean 0 and deviation 1, shape ``(pixels, pixels)``, whose edges join.
    """
    most = int(min(max(waves) + 3 * spread + 1, pixels // 2 - 1))
    down = np.arange(-most, most + 1)[:, None]
    across = np.arange(most + 1)[None, :]
    if waves[0] == waves[1]:
        off = np.hypot(down, across) - waves[0]
        weight = np.exp(-((off / spread) ** 2))
    else:
        weight = np.exp(-(((across - waves[0]) / spread) ** 2 + ((np.abs(down) - waves[1]) / spread) ** 2))
    weight[most, 0] = 0.0
    phases = rng.standard_normal((2, *weight.shape))
    spectrum = np.zeros((pixels, pixels // 2 + 1), complex)
    spectrum[down[:, 0], : most + 1] = weight * (phases[0] + 1j * phases[1])
    field = np.fft.irfft2(spectrum, s=(pixels, pixels))
    return np.asarray(field / (field.std() + 1e-12))


def edged(field: Floats, level: float, sharpness: float) -> Floats:
    """Cut a field at a level: 1 above, 0 below, with an edge as soft as one over ``sharpness``.

    Example:
        >>> edged(np.array([0.0, 1.0, 2.0]), 1.0, 5.0).tolist()
        [0.0, 0.5, 1.0]
    """
    return np.asarray(np.clip((field - level) * sharpness + 0.5, 0, 1))
