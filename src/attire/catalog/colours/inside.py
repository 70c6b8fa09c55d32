"""The pixels of a garment without those at its rim, in which the ground shines through."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.masks import RunLengths, nearest
from attire.preprocess import resize

__all__ = ["inner_pixels"]

_SIDE_PX = 384
"""Longest side of the photo, in pixels, at which colours are looked at."""
_RIM_PX = 2
"""Width of the rim that is left out, at that size."""
_LEAST_LEFT = 0.3
"""Share of a garment that has to remain; of thin ones the rim counts, too."""


def inner_pixels(photo: Image.Image, masks: RunLengths) -> list[npt.NDArray[np.uint8]]:
    """Give the pixels of each garment, its rim left out.

    Args:
        photo: RGB; all of the photo, perhaps decoded smaller than the masks are.
        masks: N masks of one size.

    Returns:
        RGB, 0 … 255, one array of shape ``(n, 3)`` for each, never without a pixel unless its mask is.
    """
    if not len(masks):
        return []
    height, width = (int(side) for side in masks.sizes[0])
    scale = min(1.0, _SIDE_PX / max(photo.height, photo.width))
    size = max(1, round(photo.height * scale)), max(1, round(photo.width * scale))
    pixels = np.asarray(resize(photo, size, antialias=True))
    grid = masks.sample_all(nearest(height, size[0]), nearest(width, size[1]))
    return [pixels[_middle(own) if own.any() else _somewhere(masks, i, size)] for i, own in enumerate(grid)]


def _middle(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Take the rim off a mask; at the photo's edge there is none."""
    inner = mask
    for _ in range(_RIM_PX):
        wide = np.pad(inner, 1, mode="edge")
        inner = wide[1:-1, 1:-1] & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
    return inner if inner.sum() >= _LEAST_LEFT * mask.sum() else mask


def _somewhere(masks: RunLengths, i: int, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Where a mask too thin for the grid lies; nothing where there is no mask."""
    out = np.zeros(size, bool)
    if masks.areas[i]:
        height, width = (int(side) for side in masks.sizes[i])
        x1, y1, x2, y2 = masks.boxes[i].tolist()
        row = min(int((y1 + y2) / 2 * size[0] / height), size[0] - 1)
        column = min(int((x1 + x2) / 2 * size[1] / width), size[1] - 1)
        out[row, column] = True
    return out
