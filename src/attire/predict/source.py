"""Where a photo comes from, so that its pixels can be had when they are asked for and need not be kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.errors import DataError
from attire.photos import Draft, read_draft, to_rgb

__all__ = ["PhotoFile", "PhotoLike", "PhotoPixels", "PhotoSource", "find_source", "picture_size"]

PhotoLike: TypeAlias = Path | str | Image.Image | npt.NDArray[np.uint8]
"""A file, a Pillow image of any mode, or RGB pixels, 0 … 255, shape ``(height, width, 3)``."""
Needed: TypeAlias = Callable[[tuple[int, int]], tuple[int, int]]
"""Size needed of a photo, given its own; both ``(height, width)`` in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class PhotoPixels:
    """A photo that was handed over as pixels; they are kept."""

    name: str
    """What its look goes by."""
    image: Image.Image
    """RGB, upright."""

    def read(self, needed: Needed) -> Draft:
        """Give it whole, whatever is needed."""
        return Draft.whole(self.image)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoFile:
    """A photo in a file, which is decoded whenever it is asked for."""

    path: Path
    stamp: tuple[int, int] | None
    """Bytes of the file and when it was written, in nanoseconds; None where there was none."""

    @property
    def name(self) -> str:
        """What its look goes by."""
        return self.path.name

    def read(self, needed: Needed) -> Draft:
        """Decode it at least as large as needed.

        Raises:
            DataError: If it cannot be read, or is another file than it was.
        """
        if self.stamp is not None and _stamp(self.path) not in (self.stamp, None):
            raise DataError(
                f"{self.path}: has changed since it was first read, so that what was found may lie elsewhere "
                "in it. Read it anew."
            )
        return read_draft(self.path, needed)


PhotoSource: TypeAlias = PhotoPixels | PhotoFile


def find_source(photo: PhotoLike) -> PhotoSource:
    """Say where a photo's pixels are; a file is not read yet, nor missed.

    Raises:
        DataError: If it is an array of another form.
    """
    if isinstance(photo, Path | str):
        return PhotoFile(Path(photo), _stamp(Path(photo)))
    if isinstance(photo, Image.Image):
        return PhotoPixels(Path(str(getattr(photo, "filename", ""))).name or "photo", to_rgb(photo))
    return PhotoPixels("photo", _from_array(photo))


def picture_size(photo_size: tuple[int, int], max_side: int | None) -> tuple[int, int]:
    """Say how large a photo has to be for a picture of it, ``(height, width)`` in pixels.

    Example:
        >>> picture_size((4000, 3000), 1600), picture_size((40, 30), 1600)
        ((1600, 1200), (40, 30))
    """
    longest = max(photo_size)
    if max_side is None or longest <= max_side:
        return photo_size
    height, width = (-(-side * max_side // longest) for side in photo_size)
    return height, width


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


def _from_array(pixels: npt.NDArray[np.uint8]) -> Image.Image:
    array = np.asarray(pixels)
    if array.dtype != np.uint8 or array.ndim != 3 or array.shape[2] != 3 or not array.size:
        raise DataError(
            f"Pixels come as RGB, 0 … 255, uint8, shape (height, width, 3); found {array.dtype} of shape "
            f"{array.shape}. Convert them, or pass a PIL image."
        )
    return Image.fromarray(np.ascontiguousarray(array))
