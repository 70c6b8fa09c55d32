"""Photos read and prepared in the background while the network is busy."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.errors import DataError
from attire.photos import read_photo, to_rgb
from attire.preprocess import Geometry, InputSpec, preprocess

__all__ = ["PhotoFailure", "PhotoLike", "Prepared", "prepare", "read_ahead"]

PhotoLike: TypeAlias = Path | str | Image.Image | npt.NDArray[np.uint8]
"""A file, a Pillow image of any mode, or RGB pixels, 0 … 255, shape ``(height, width, 3)``."""


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """A photo that could not be read."""

    image_id: str
    """File name of the photo."""
    reason: str
    """What is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A photo and what the network sees of it."""

    image_id: str
    """File name of the photo."""
    photo: Image.Image = field(repr=False)
    """RGB, upright, full size."""
    array: npt.NDArray[np.uint8] = field(repr=False)
    """RGB, 0 … 255, shape ``(3, height, width)``."""
    geometry: Geometry
    """Where the photo lies in it."""


def prepare(photo: PhotoLike, spec: InputSpec, image_id: str | None = None) -> Prepared:
    """Read a photo and preprocess it.

    Args:
        photo: What to read.
        spec: What the network wants.
        image_id: Name to go by; the file name if None.

    Raises:
        DataError: If it cannot be read, or is an array of another form.
    """
    if isinstance(photo, Path | str):
        rgb = read_photo(photo)
        name = Path(photo).name
    elif isinstance(photo, Image.Image):
        rgb = to_rgb(photo)
        name = Path(str(getattr(photo, "filename", ""))).name or "photo"
    else:
        rgb = _from_array(photo)
        name = "photo"
    return Prepared(image_id or name, rgb, *preprocess(rgb, spec))


def read_ahead(
    photos: Iterable[tuple[str | None, PhotoLike]], spec: InputSpec, ahead: int
) -> Iterator[Prepared | PhotoFailure]:
    """Prepare photos in a background thread, in order, never more than ``ahead`` of the reader.

    Args:
        photos: Name to go by (None: the file name) and photo.
        spec: What the network wants.
        ahead: Photos to hold ready, at least 1; each costs its full-size pixels.

    Yields:
        The prepared photo, or why there is none; the rest go on.
    """

    def attempt(image_id: str | None, photo: PhotoLike) -> Prepared | PhotoFailure:
        try:
            return prepare(photo, spec, image_id)
        except DataError as error:
            name = Path(photo).name if isinstance(photo, Path | str) else "photo"
            return PhotoFailure(image_id or name, str(error))

    waiting: deque[Future[Prepared | PhotoFailure]] = deque()
    source = iter(photos)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="attire-read") as reader:
        try:
            waiting.extend(reader.submit(attempt, *item) for item in islice(source, max(ahead, 1)))
            while waiting:
                ready = waiting.popleft().result()
                with suppress(StopIteration):
                    waiting.append(reader.submit(attempt, *next(source)))
                yield ready
                del ready  # a full-size photo must not outlive its turn here
        finally:
            for future in waiting:
                future.cancel()


def _from_array(pixels: npt.NDArray[np.uint8]) -> Image.Image:
    array = np.asarray(pixels)
    if array.dtype != np.uint8 or array.ndim != 3 or array.shape[2] != 3 or not array.size:
        raise DataError(
            f"Pixels come as RGB, 0 … 255, uint8, shape (height, width, 3); found {array.dtype} of shape "
            f"{array.shape}. Convert them, or pass a PIL image."
        )
    return Image.fromarray(np.ascontiguousarray(array))
