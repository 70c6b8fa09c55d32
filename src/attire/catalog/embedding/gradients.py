"""How the edges inside a mask run: oriented gradients of the photo's own pixels, whatever lies around it."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.masks import RunLengths, nearest

__all__ = ["GRADIENTS", "gradients"]

_SIDE = 64
"""Pixels, either way, of the square whose gradients are taken."""
_BOX = 56
"""Pixels of it that a box is stretched to, so that half a cell of margin is left all around."""
_CELLS = 8
_DIRECTIONS = 9
"""Of edges, over half a turn: dark on bright is the same as bright on dark."""
GRADIENTS = _CELLS**2 * _DIRECTIONS
"""Numbers that each region gets: how strong edges of each direction are in each cell."""
_FAINT = 100.0
"""Sum of steps in grey, of 255, over a block, that is lost among noise; stronger ones all count alike."""
_LARGEST_PX = 512
"""Photos at least twice as long are made smaller first; what is looked at is far smaller still."""
_Floats = npt.NDArray[np.float32]


def gradients(photo: Image.Image, masks: RunLengths) -> _Floats:
    """Count directions of edges, cell by cell (Dalal and Triggs, CVPR 2005).

    Each cell is normalised by the four blocks of 2 × 2 cells that it lies in, and the mean is kept as by
    Felzenszwalb et al. (PAMI 2010): a third of the numbers say as much.

    All around a mask is filled with the mean grey inside before anything is made smaller: no pixel outside
    has a say. The mask's box is stretched to a square, so that a sleeve falls into the same cells in
    slender shirts and wide ones.

    Args:
        photo: RGB; all of the photo, perhaps decoded smaller or larger than the masks are.
        masks: N masks of one size.

    Returns:
        0 … 1, shape ``(N, GRADIENTS)``; zeros for an empty mask, and where there is no edge.
    """
    out = np.zeros((len(masks), GRADIENTS), np.float32)
    if not len(masks):
        return out
    grey = np.asarray(photo.convert("L").reduce(max(1, max(photo.size) // _LARGEST_PX)), np.float32)
    height, width = masks.sizes[0].tolist()
    scale = np.array([grey.shape[1] / width, grey.shape[0] / height] * 2)
    rows, columns = nearest(height, grey.shape[0]), nearest(width, grey.shape[1])
    boxes = masks.boxes * scale
    for i in np.flatnonzero(masks.areas).tolist():
        left, top = np.floor(boxes[i, :2] + 1e-4).astype(int).tolist()
        right, bottom = np.ceil(boxes[i, 2:] - 1e-4).astype(int).tolist()
        inside = masks.sample(i, rows[top:bottom], columns[left:right])
        if not inside.any():  # thinner than a pixel of the photo: its box instead
            inside = np.ones_like(inside)
        out[i] = _of_region(grey[top:bottom, left:right], inside)
    return out


def _of_region(grey: _Floats, inside: npt.NDArray[np.bool_]) -> _Floats:
    ground = np.float32(grey[inside].mean())
    alone = Image.fromarray(np.where(inside, grey, ground))
    square = np.full((_SIDE, _SIDE), ground, np.float32)
    rim = (_SIDE - _BOX) // 2
    square[rim:-rim, rim:-rim] = np.asarray(alone.resize((_BOX, _BOX), Image.Resampling.BILINEAR))
    grid = _directions(square)
    energy = np.pad((grid**2).sum(axis=2), 1)
    blocks = energy[:-1, :-1] + energy[1:, :-1] + energy[:-1, 1:] + energy[1:, 1:]
    share = 1 / np.sqrt(blocks + _FAINT**2)
    around = (share[:-1, :-1] + share[1:, :-1] + share[:-1, 1:] + share[1:, 1:]) / 4
    numbers: _Floats = (grid * around[..., None]).ravel().astype(np.float32)
    return numbers


def _directions(grey: _Floats) -> npt.NDArray[np.float64]:
    """Sum the strengths of edges by cell and direction, each shared between the two directions next to it.

    Returns:
        Shape ``(8, 8, 9)``.
    """
    down, right = np.gradient(grey)
    strength = np.hypot(down, right)
    angle = np.arctan2(down, right) % np.pi / np.pi * _DIRECTIONS
    low = np.floor(angle).astype(np.int64)
    share = angle - low
    cell = np.arange(_SIDE) // (_SIDE // _CELLS)
    place = (cell[:, None] * _CELLS + cell) * _DIRECTIONS
    bins = np.stack([place + low % _DIRECTIONS, place + (low + 1) % _DIRECTIONS])
    sums = np.bincount(
        bins.ravel(), np.stack([strength * (1 - share), strength * share]).ravel(), _CELLS**2 * _DIRECTIONS
    )
    return sums.astype(np.float64).reshape(_CELLS, _CELLS, _DIRECTIONS)
