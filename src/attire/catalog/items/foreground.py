"""What stands before a plain ground, to the pixel."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.items.ground import Ground
from attire.masks import Mask, RunLengths

__all__ = ["find_foreground"]

NOISE_LEVELS = 6
"""Most levels, of 255, by which noise of compression lifts a pixel of the ground."""
RINGING_LEVELS = 16
"""The same beside the edges of things, around which JPEG leaves more of it."""
EDGE_LEVELS = 64
"""Levels apart from the ground from which a pixel is so strong an edge."""
HOLE_LEVELS = 48
"""Levels apart from the ground that the rim of a hole has, in the median."""
SHADOW_LEVELS = 48
"""Most levels by which a soft shadow is darker than the ground it falls on."""
SHADOW_TINT = 8
"""Most levels by which the channels of a shadow differ in how much darker they are."""
SHADOW_STEP = 4.0
"""Most levels per pixel by which a soft shadow changes; edges of things are steeper."""
MOST_SHADOW = 0.12
"""Share of a product, shadow included, that its shadow takes at most."""
LEAST_PART = 0.05
"""Share of the largest piece from which another one belongs to the product: the second shoe."""
LEAST_HOLE = 0.002
"""Share of the photo from which ground that a product surrounds is a hole in it, as of a bag's handle."""
LEAST_FLAT = 0.6
"""Share of a hole that is within two levels of the ground; white cloth and leather shade off."""
LEAST_SHARE = 0.003
"""Share of the photo below which there is nothing to see."""
_FLAT_LEVELS = 2
_BLOCK = 9
_SIDE_PX = 448


def find_foreground(photo: Image.Image, ground: Ground) -> RunLengths | None:
    """Outline what stands before a plain ground.

    Ground is what can be reached from the photo's rim over pixels of its colour, and over soft shadows:
    a little darker, of no other tint, without a step. White cloth on white thus stays whole. Flat ground that
    the product surrounds is a hole in it.

    Args:
        photo: RGB, upright.
        ground: What :func:`find_ground` gives of it.

    Returns:
        One mask of the photo's size; None where there is only ground.
    """
    small = photo.copy()
    small.thumbnail((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX)
    pixels = np.asarray(small.convert("RGB")).astype(np.float32)
    mask = _largest(_standing(pixels, np.array(ground.colour, np.float32)))
    if mask.mean() < LEAST_SHARE:
        return None
    return RunLengths.from_mask(mask).resized((photo.height, photo.width))


def _standing(pixels: npt.NDArray[np.float32], ground: npt.NDArray[np.float32]) -> Mask:
    """Tell product from ground, shape ``(height, width, 3)`` to ``(height, width)``."""
    from scipy import ndimage

    darker = ground - pixels
    apart = np.abs(darker).max(axis=2)
    beside_edge = ndimage.maximum_filter(apart, size=_BLOCK) >= EDGE_LEVELS
    like_ground = apart <= np.where(beside_edge, RINGING_LEVELS, NOISE_LEVELS)
    product = _closed(~_touching_rim(~_closed(~like_ground)))
    product &= ~_shadow(pixels.mean(axis=2), darker, like_ground, product)
    product &= ~_holes(apart, like_ground, product)
    standing: Mask = ndimage.binary_opening(product, structure=np.ones((2, 2), bool))
    return standing


def _holes(apart: npt.NDArray[np.float32], like_ground: Mask, product: Mask) -> Mask:
    """Find flat ground that the product surrounds with a sharp edge; white cloth shades off instead."""
    from scipy import ndimage

    pieces, _ = ndimage.label(like_ground & product)
    holes = np.zeros_like(product)
    for place, window in enumerate(ndimage.find_objects(pieces), start=1):
        around = tuple(slice(max(0, side.start - 3), side.stop + 3) for side in window)
        hole = pieces[around] == place
        flat = hole & (apart[around] <= _FLAT_LEVELS)
        if flat.sum() >= max(LEAST_HOLE * product.size, LEAST_FLAT * hole.sum()):
            rim = ndimage.binary_dilation(hole, iterations=3) & ~ndimage.binary_dilation(hole)
            if np.median(apart[around][rim]) >= HOLE_LEVELS:
                holes[around] |= hole
    return holes


def _shadow(
    grey: npt.NDArray[np.float32], darker: npt.NDArray[np.float32], like_ground: Mask, product: Mask
) -> Mask:
    """Find the soft shadow below a product; what would take much of it is white cloth, and no shadow."""
    from scipy import ndimage

    step = np.hypot(*(ndimage.sobel(grey, axis=axis) / 8 for axis in (0, 1)))
    soft = (darker.min(axis=2) >= 0) & (darker.max(axis=2) <= SHADOW_LEVELS) & (step <= SHADOW_STEP)
    soft &= np.ptp(darker, axis=2) <= SHADOW_TINT
    shadow = product & _touching_rim(like_ground | soft)
    rows = np.flatnonzero(product.any(axis=1))
    if len(rows):
        shadow[: (rows[0] + 2 * rows[-1]) // 3] = False
    return shadow if shadow.sum() <= MOST_SHADOW * product.sum() else np.zeros_like(shadow)


def _closed(mask: Mask) -> Mask:
    """Close gaps of a pixel or two, by which the ground would leak into white cloth."""
    from scipy import ndimage

    padded = np.pad(mask, 2, mode="edge")
    closed: Mask = ndimage.binary_closing(padded, structure=np.ones((3, 3), bool))[2:-2, 2:-2]
    return closed


def _touching_rim(passable: Mask) -> Mask:
    from scipy import ndimage

    pieces, _ = ndimage.label(passable)
    rim = np.concatenate([pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]])
    reached: Mask = np.isin(pieces, np.unique(rim[rim > 0]))
    return reached


def _largest(mask: Mask) -> Mask:
    """Keep the largest piece, and what is not much smaller."""
    from scipy import ndimage

    pieces, count = ndimage.label(mask, structure=np.ones((3, 3), bool))
    if not count:
        return mask
    sizes: npt.NDArray[Any] = np.bincount(pieces.ravel())
    sizes[0] = 0
    kept: Mask = (sizes >= LEAST_PART * sizes.max())[pieces]
    return kept
