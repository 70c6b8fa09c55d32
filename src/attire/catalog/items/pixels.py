"""The pixels of a photo that belong to a garment, for its colours."""

import numpy as np
import numpy.typing as npt

from attire.catalog.items.framing import FramedPhoto
from attire.masks import RunLengths, nearest

__all__ = ["GarmentPixels"]


class GarmentPixels:
    """A photo's pixels, as large as it was decoded."""

    def __init__(self, framed: FramedPhoto) -> None:
        """Take those of a framed photo."""
        self._array = np.asarray(framed.draft.image)
        self._rows = nearest(framed.size[0], self._array.shape[0])
        self._columns = nearest(framed.size[1], self._array.shape[1])

    def under(self, masks: RunLengths, place: int) -> npt.NDArray[np.uint8]:
        """Give the pixels of a garment, RGB, 0 … 255, shape ``(n, 3)``.

        Args:
            masks: Of the photo's size.
            place: Which of them.
        """
        return self._array[masks.sample(place, self._rows, self._columns)]
