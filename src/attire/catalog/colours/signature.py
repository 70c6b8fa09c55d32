"""Colours as a vector: alike where people would say that they are."""

from functools import cache

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import to_lab
from attire.catalog.colours.names import COLOUR_NAMES, name_distances

__all__ = ["CHANNELS", "ColourShares", "colour_shares"]

_ANCHORS = 256
_LIGHTNESS = 0.85
_BEND = 0.05
"""How fast differences of chroma count less: vivid colours are told apart less well than pale ones."""
_REACH = 0.8
"""Standard deviation of what a pixel gives to anchors around it, in mean distances of neighbours."""
_NAME_REACH = 6.5
"""The same of what it gives to names, in CIELAB."""
_POWER = 0.6
"""Shares are raised to it, so that a print's second colour counts beside the first."""
CHANNELS = _ANCHORS + len(COLOUR_NAMES)
"""Numbers of a signature before it is shortened."""
_Floats = npt.NDArray[np.float32]
ColourShares = _Floats


def colour_shares(pixels: npt.NDArray[np.uint8]) -> ColourShares:
    """Say which colours a garment has and how much of each, twice: as places in CIELAB and as names.

    Every pixel gives to the anchors and names around its colour, so that similar colours overlap.

    Args:
        pixels: RGB, 0 … 255, shape ``(n, 3)``.

    Returns:
        Of length 1, at least 0, shape ``(CHANNELS,)``; zeros without a pixel.

    Example:
        >>> red, dark_red, blue = (
        ...     colour_shares(np.array([colour], np.uint8))
        ...     for colour in ([200, 20, 30], [170, 20, 30], [30, 60, 200])
        ... )
        >>> bool(red @ dark_red > 0.5 > red @ blue)
        True
    """
    if not len(pixels):
        return np.zeros(CHANNELS, np.float32)
    steps = (pixels >> 3).astype(np.int64) @ np.array([1024, 32, 1])
    distinct, counts = np.unique(steps, return_counts=True)
    middles = np.stack([distinct >> 10, distinct >> 5 & 31, distinct & 31], axis=1) * 8 + 4
    lab = to_lab(middles.astype(np.uint8))
    weights = (counts / counts.sum()).astype(np.float32)
    centres, spacing = _anchors()
    places = weights @ _soft(_squared(_bent(lab), centres), _REACH * spacing)
    names = weights @ _soft(name_distances(lab), _NAME_REACH)
    halves = [part**_POWER for part in (places, names)]
    whole: _Floats = np.concatenate([half / np.linalg.norm(half) for half in halves]) / np.sqrt(2)
    return whole.astype(np.float32)


@cache
def _anchors() -> tuple[_Floats, float]:
    """Spread anchors over the colours that screens show, by k-means; and their mean distance."""
    random = np.random.default_rng(0)
    points = _bent(to_lab(random.integers(0, 256, (6000, 3)).astype(np.uint8)))
    centres = points[:_ANCHORS]
    for _ in range(12):
        nearest = _squared(points, centres).argmin(axis=1)
        counts = np.bincount(nearest, minlength=_ANCHORS)
        sums = np.stack([np.bincount(nearest, points[:, axis], _ANCHORS) for axis in range(3)], axis=1)
        moved = sums / np.maximum(counts, 1)[:, None]
        centres = np.where(counts[:, None] > 0, moved, centres).astype(np.float32)
    apart = _squared(centres, centres)
    np.fill_diagonal(apart, np.inf)
    return centres, float(np.sqrt(apart.min(axis=1)).mean())


def _bent(lab: _Floats) -> _Floats:
    chroma = np.linalg.norm(lab[:, 1:], axis=1, keepdims=True)
    pale = np.log1p(_BEND * chroma) / (_BEND * np.maximum(chroma, 1e-6))
    bent: _Floats = np.concatenate([lab[:, :1] * _LIGHTNESS, lab[:, 1:] * pale], axis=1).astype(np.float32)
    return bent


def _squared(points: _Floats, centres: _Floats) -> _Floats:
    squared: _Floats = (points**2).sum(axis=1)[:, None] - 2 * points @ centres.T + (centres**2).sum(axis=1)
    return np.maximum(squared, 0)


def _soft(squared: _Floats, reach: float) -> _Floats:
    """Share one among all, by distance, shape ``(n, k)``."""
    given = np.exp(-(squared - squared.min(axis=1, keepdims=True)) / (2 * reach**2))
    shares: _Floats = given / given.sum(axis=1, keepdims=True)
    return shares
