"""The few colours that a garment has, whatever light and folds make of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import to_lab
from attire.catalog.colours.names import name_colours

__all__ = ["MOST_COLOURS", "Colour", "dominant_colours"]

MOST_COLOURS = 4
"""Colours that a garment is said to have at most."""
_LEAST_SHARE = 0.08
"""Share of the pixels below which a colour is a detail or a rim."""
_SAMPLE = 2048
"""Pixels looked at."""
_SEEDS = 8
_ROUNDS = 8
_APART = 15.0
"""Distance from which two groups of pixels are two colours, in CIELAB with lightness scaled."""
_LIGHTNESS = 0.6
"""What a step of lightness counts beside one of hue or chroma: folds and shadows change it first."""
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Colour:
    """One colour of a garment."""

    name: str
    """One of :data:`~attire.catalog.colours.COLOUR_NAMES`."""
    lab: _Floats
    """CIELAB (D65): the median over its pixels, shape ``(3,)``."""
    share: float
    """Share of the garment's pixels, in 0 … 1."""


def dominant_colours(pixels: npt.NDArray[np.uint8]) -> list[Colour]:
    """Find the colours of a garment.

    Pixels are grouped by k-means in CIELAB, in which lightness counts less; groups that lie close are one,
    which shadow and highlight of a cloth do. Groups of one name are one colour, too.

    Args:
        pixels: RGB, 0 … 255, of the garment alone, shape ``(n, 3)``.

    Returns:
        One to four colours, largest share first; none without a pixel.

    Example:
        >>> stripes = np.array([[20, 30, 70]] * 70 + [[245, 245, 245]] * 30, np.uint8)
        >>> [(colour.name, round(colour.share, 2)) for colour in dominant_colours(stripes)]
        [('navy', 0.7), ('white', 0.3)]
    """
    if not len(pixels):
        return []
    if len(pixels) > _SAMPLE:
        pixels = pixels[np.linspace(0, len(pixels) - 1, _SAMPLE).astype(np.int64)]
    lab = to_lab(pixels)
    group = _merged(lab, _grouped(lab))
    kept, counts = np.unique(group, return_counts=True)
    large = counts >= min(_LEAST_SHARE * len(lab), counts.max())
    medians = np.stack([np.median(lab[group == one], axis=0) for one in kept[large]])
    found: dict[str, tuple[_Floats, int]] = {}
    for name, median, count in zip(name_colours(medians), medians, counts[large].tolist(), strict=True):
        own, before = found.get(name, (median, 0))
        found[name] = (own if before >= count else median, before + count)
    ranked = sorted(found.items(), key=lambda item: -item[1][1])[:MOST_COLOURS]
    return [Colour(name, median.astype(np.float32), count / len(lab)) for name, (median, count) in ranked]


def _scaled(lab: _Floats) -> _Floats:
    return lab * np.array([_LIGHTNESS, 1, 1], np.float32)


def _grouped(lab: _Floats) -> npt.NDArray[np.int64]:
    """Group pixels by k-means; seeds are spread along lightness, the same for the same pixels."""
    points = _scaled(lab)
    order = np.argsort(lab @ np.array([1, 0.5, 0.5], np.float32), kind="stable")
    centres = points[order[np.linspace(0, len(points) - 1, _SEEDS).astype(np.int64)]]
    for _ in range(_ROUNDS):
        group: npt.NDArray[np.int64] = _distances(points, centres).argmin(axis=1)
        counts = np.bincount(group, minlength=len(centres))
        sums = np.stack([np.bincount(group, points[:, axis], len(centres)) for axis in range(3)], axis=1)
        centres = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centres)
    return group


def _merged(lab: _Floats, group: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Join the two closest groups until all lie apart."""
    points, group = _scaled(lab), group.copy()
    while len(kept := np.unique(group)) > 1:
        centres = np.stack([points[group == one].mean(axis=0) for one in kept])
        apart = _distances(centres, centres)
        np.fill_diagonal(apart, np.inf)
        if apart.min() >= _APART**2:
            break
        first, second = np.unravel_index(int(apart.argmin()), apart.shape)
        group[group == kept[second]] = kept[first]
    return group


def _distances(
    points: npt.NDArray[np.floating], centres: npt.NDArray[np.floating]
) -> npt.NDArray[np.floating]:
    """Squared distances, shape ``(n, k)``."""
    # One axis of CIELAB after the other: a third of the time of a sum over the last axis.
    first, second, third = (np.subtract.outer(points[:, axis], centres[:, axis]) ** 2 for axis in range(3))
    distances: npt.NDArray[np.floating] = first + second + third
    return distances
