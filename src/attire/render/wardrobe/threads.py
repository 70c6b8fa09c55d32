"""Loose threads below an edge: what frayed hems, fringes and tassels are made of."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.paths import Floats, canvas_library, polygon

if TYPE_CHECKING:
    import skia

__all__ = ["comb", "strands"]


def comb(edge: Floats, tips: Floats, cleft: float = 0.22) -> "skia.Path":
    """Close a strip whose lower side jumps between an edge and threads' tips.

    Args:
        edge: Where threads begin, centimetres, shape (N, 2).
        tips: Where they end, shape (N, 2).
        cleft: How far between two threads the strip reaches down, as a share of their length.
    """
    clefts = (edge[:-1] + edge[1:]) / 2 + (tips[:-1] - edge[:-1]) * cleft
    lower = np.empty((2 * len(tips) - 1, 2))
    lower[0::2], lower[1::2] = tips, clefts
    return polygon(np.concatenate([edge, lower[::-1]]))


def strands(starts: Floats, tips: Floats) -> "skia.Path":
    """Draw one straight line from every start to its tip, each of shape (N, 2)."""
    path = canvas_library().Path()
    for start, tip in zip(starts.tolist(), tips.tolist(), strict=True):
        path.moveTo(*start)
        path.lineTo(*tip)
    return path
