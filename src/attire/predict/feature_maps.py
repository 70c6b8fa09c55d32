"""What the network's backbone sees of a photo, and where in it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.preprocess import Geometry

__all__ = ["CELLS_PX", "FeatureMaps"]

CELLS_PX = (4, 8, 16, 32)
"""Input pixels that a cell of each level covers, either way."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FeatureMaps:
    """Features of every place of a photo, at four resolutions."""

    levels: tuple[npt.NDArray[np.float16], ...]
    """Finest first, as :data:`CELLS_PX` says, each of shape ``(F, h, w)``; F rises from level to level."""
    geometry: Geometry
    """Where the photo lies in the input that the levels cover."""
