"""Colours as answers have them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import from_lab
from attire.serve.schemas.reading import ColourSeen

__all__ = ["colour_seen"]


def colour_seen(name: str, lab: Sequence[float] | npt.NDArray[np.floating[Any]], share: float) -> ColourSeen:
    """Give a colour with its hexadecimal code.

    Args:
        name: Such as ``navy``.
        lab: CIELAB (D65), three numbers.
        share: Of the garment's pixels, in 0 … 1.

    Example:
        >>> colour_seen("red", [53.2, 80.1, 67.2], 0.75).hex
        '#ff0000'
    """
    numbers = np.asarray(lab, np.float64)
    light, green, yellow = (round(number, 1) for number in numbers.tolist())
    code = bytes(from_lab(numbers).tolist()).hex()
    return ColourSeen(name=name, hex=f"#{code}", lab=(light, green, yellow), share=round(float(share), 3))
