"""What is seen under a mask: means and spreads of the network's features, its outline, and its edges."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.embedding.gradients import gradients
from attire.masks import RunLengths, nearest
from attire.predict import FeatureMaps
from attire.predict.feature_maps import CELLS_PX

__all__ = ["BANDS", "OUTLINE_SIDE", "Pooled", "pool"]

BANDS = 3
"""Strips of a region, from top to bottom, whose features are averaged apart: a collar is not a hem."""
OUTLINE_SIDE = 16
"""Cells of an outline, either way."""
_FINER = 4
"""Looks at the mask per cell of an outline, either way."""
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Pooled:
    """N regions of a photo; levels are finest first."""

    means: tuple[_Floats, ...]
    """Mean feature under each mask, one array of shape ``(N, F)`` per level."""
    spreads: tuple[_Floats, ...]
    """Standard deviation of the same, which tells a print from plain cloth."""
    bands: tuple[_Floats, ...]
    """Mean feature of each strip, shape ``(N, BANDS, F)`` per level."""
    outlines: _Floats
    """How much of each cell of the smallest square around it a mask fills, 0 … 1, shape ``(N, 16, 16)``."""
    slenderness: _Floats
    """Natural logarithm of a box's height over its width, shape ``(N,)``."""
    gradients: _Floats
    """What :func:`~attire.catalog.embedding.gradients.gradients` gives, shape ``(N, GRADIENTS)``."""

    def __len__(self) -> int:
        return len(self.outlines)


def pool(maps: FeatureMaps, masks: RunLengths, photo: Image.Image) -> Pooled:
    """Average features under masks; a cell counts as much of it as the mask covers.

    Args:
        maps: What the network sees of the photo.
        masks: N regions of the photo's size, whoever drew them.
        photo: RGB; all of the photo, perhaps decoded smaller than the masks are.

    Returns:
        One row per mask; an empty one gets zeros.
    """
    counts = _finest_counts(maps, masks)
    means, spreads, bands = [], [], []
    for place, level in enumerate(maps.levels):
        counts = _halved(counts) if place else counts
        features = level.reshape(len(level), -1).astype(np.float32)
        shares = counts.reshape(len(masks), BANDS, features.shape[1])
        whole = _shares(shares.sum(axis=1))
        mean = whole @ features.T
        means.append(mean)
        spreads.append(np.sqrt(np.maximum(whole @ (features**2).T - mean**2, 0)))
        # A strip too narrow to have a cell of its own is like the whole.
        empty = shares.sum(axis=2, keepdims=True) == 0
        strips = np.where(empty, whole[:, None], _shares(shares)).reshape(-1, features.shape[1])
        bands.append((strips @ features.T).reshape(len(masks), BANDS, len(features)))
    return Pooled(
        means=tuple(means),
        spreads=tuple(spreads),
        bands=tuple(bands),
        outlines=_outlines(masks),
        slenderness=_slenderness(masks),
        gradients=gradients(photo, masks),
    )


def _finest_counts(maps: FeatureMaps, masks: RunLengths) -> _Floats:
    """Count the input pixels of each strip of each mask in each cell of the finest level.

    Returns:
        Shape ``(N, BANDS, h, w)``.
    """
    rows, columns = maps.geometry.source_grid()
    height, width = maps.geometry.network_size
    cell = CELLS_PX[0]
    seen = np.zeros((len(masks), height, width), np.uint8)
    seen[:, : len(rows), : len(columns)] = masks.sample_all(rows, columns)
    boxes = maps.geometry.to_network(masks.boxes)
    for i in np.flatnonzero((masks.areas > 0) & ~seen.any(axis=(1, 2))).tolist():
        x1, y1, x2, y2 = boxes[i].astype(int).tolist()  # thinner than a pixel of the input: its box instead
        seen[i, y1 : y2 + 1, x1 : x2 + 1] = 1
    counts = np.zeros((len(masks), height // cell, width // cell), np.float32)
    for y, x in product(range(cell), repeat=2):
        counts += seen[:, y::cell, x::cell]
    out = np.zeros((len(masks), BANDS, height // cell, width // cell), np.float32)
    edges = np.rint(np.linspace(boxes[:, 1], boxes[:, 3], BANDS + 1) / cell).astype(int)
    edges[0], edges[-1] = 0, height // cell
    for i in range(len(masks)):
        for band in range(BANDS):
            strip = slice(*edges[band : band + 2, i])
            out[i, band, strip] = counts[i, strip]
    return out


def _halved(counts: _Floats) -> _Floats:
    """Count for the next level, a cell of which is four of these."""
    halved: _Floats = (
        counts[..., ::2, ::2] + counts[..., 1::2, ::2] + counts[..., ::2, 1::2] + counts[..., 1::2, 1::2]
    )
    return halved


def _shares(counts: _Floats) -> _Floats:
    """Make rows add up to 1, or leave them 0."""
    shares: _Floats = counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1e-6)
    return shares


def _outlines(masks: RunLengths) -> _Floats:
    out = np.zeros((len(masks), OUTLINE_SIDE, OUTLINE_SIDE), np.float32)
    for i, (left, top, right, bottom) in enumerate(masks.boxes.astype(int).tolist()):
        height, width = bottom - top, right - left
        side = max(height, width)
        rows, columns = _looks(height, side), _looks(width, side)
        y, x = (np.flatnonzero((at >= 0) & (at < own)) for at, own in ((rows, height), (columns, width)))
        seen = np.zeros((OUTLINE_SIDE * _FINER,) * 2, np.float32)
        if len(y) and len(x):
            seen[np.ix_(y, x)] = masks.sample(i, rows[y] + top, columns[x] + left)
        out[i] = seen.reshape(OUTLINE_SIDE, _FINER, OUTLINE_SIDE, _FINER).mean(axis=(1, 3))
    return out


def _looks(size: int, side: int) -> npt.NDArray[np.int64]:
    """Places to look at along one side of a box that lies in the middle of a square."""
    return nearest(side, OUTLINE_SIDE * _FINER) - (side - size) // 2


def _slenderness(masks: RunLengths) -> _Floats:
    boxes = masks.boxes
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 1)
    ratio: _Floats = np.log(sides[:, 1] / sides[:, 0]).astype(np.float32)
    return ratio
