"""A perceptual hash of 64 bits, by which the catalogue knows the same picture again.

Signs of low cosine frequencies (Zauner, 2010): 44 of lightness against their median, 10 each of the two
colour differences against zero. Shop photos on white share most of such a code, and shoes or shirts share
their outline. So of what stands before a plain ground the inner part is hashed, found by where its weight
lies, which a crop hardly moves.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.items.ground import LEAST_SHARE, NEAR_LEVELS

__all__ = ["DUPLICATE_BITS", "bits_apart", "look_hash"]

DUPLICATE_BITS = 4
"""Most bits in which photos of the same picture differ; see ``benchmarks/products.py copies``."""

_LIGHTNESS, _COLOUR = 44, 10
_SIDE = 32
_LOW = 12
_SEARCHED = 128
_NOISE_LEVELS, _MOST_LEVELS = 12, 128
_TAIL, _LESS = 0.02, 0.05


def look_hash(photo: Image.Image) -> str:
    """Hash what a photo looks like.

    Args:
        photo: RGB, upright, of any size.

    Returns:
        16 hexadecimal digits.

    Example:
        >>> photo = Image.effect_mandelbrot((200, 200), (-1.2, -0.3, 0.4, 0.9), 60)
        >>> bits_apart(look_hash(photo), look_hash(photo.resize((90, 90)))) <= DUPLICATE_BITS
        True
    """
    photo = photo.convert("RGB")
    small = photo.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, box=_telling_box(photo))
    channels = np.asarray(small.convert("YCbCr"), np.float64) - 128
    waves = _cosines()
    order = _from_low_to_high()
    bits: list[npt.NDArray[np.bool_]] = []
    for channel, count in enumerate((_LIGHTNESS, _COLOUR, _COLOUR)):
        strengths = waves @ channels[..., channel] @ waves.T
        if channel == 0:
            chosen = np.array([strengths[place] for place in order[1 : count + 1]])
            bits.append(chosen > np.median(chosen))
        else:
            bits.append(np.array([strengths[place] for place in order[:count]]) > 0)
    return np.packbits(np.concatenate(bits)).tobytes().hex()


def bits_apart(one: str, other: str) -> int:
    """Count the bits in which two hashes differ, 0 … 64.

    Example:
        >>> bits_apart("00000000000000ff", "000000000000000f")
        4
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _telling_box(photo: Image.Image) -> tuple[float, float, float, float] | None:
    """Give the inner part of what stands before a plain ground, xyxy in pixels; None for the whole photo."""
    small = np.asarray(photo.resize((_SEARCHED, _SEARCHED), Image.Resampling.BOX)).astype(np.int64)
    ring = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    ground = np.median(ring, axis=0)
    if (np.abs(ring - ground).max(axis=1) <= NEAR_LEVELS).mean() < LEAST_SHARE:
        return None
    weight = np.abs(small - ground).max(axis=2).clip(0, _MOST_LEVELS)
    weight[weight < _NOISE_LEVELS] = 0
    if weight.sum() < _SEARCHED * _NOISE_LEVELS:
        return None
    left, right = _middle_of(weight.sum(axis=0))
    top, bottom = _middle_of(weight.sum(axis=1))
    return left * photo.width, top * photo.height, right * photo.width, bottom * photo.height


def _middle_of(weights: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Give where the middle of the weight lies, as shares of the length."""
    sums = np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    low, high = np.interp([_TAIL, 1 - _TAIL], sums, np.arange(len(sums)) / (len(sums) - 1))
    less = _LESS * (high - low)
    return float(low + less), float(high - less)


@cache
def _cosines() -> npt.NDArray[np.float64]:
    """Lowest rows of the cosine transform of 32 samples, shape ``(12, 32)``."""
    frequency, place = np.arange(_LOW)[:, None], np.arange(_SIDE)[None]
    return np.cos(np.pi * (2 * place + 1) * frequency / (2 * _SIDE))


@cache
def _from_low_to_high() -> tuple[tuple[int, int], ...]:
    """Places of the frequencies, rising."""
    places = [(down, across) for down in range(_LOW) for across in range(_LOW)]
    return tuple(sorted(places, key=lambda place: (sum(place), place[0])))
