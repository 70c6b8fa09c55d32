"""Photos read and prepared in the background while the network is busy."""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.drawing import fit
from attire.errors import DataError
from attire.photos import Draft
from attire.predict.source import PhotoLike, PhotoSource, find_source, picture_size
from attire.preprocess import Geometry, InputSpec, preprocess

__all__ = ["Needs", "PhotoFailure", "Prepared", "prepare", "read_ahead"]


@dataclass(frozen=True, slots=True)
class PhotoFailure:
    """A photo that could not be read."""

    image_id: str
    """File name of the photo."""
    reason: str
    """What is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What is to be made of a photo, which says how large it has to be decoded."""

    spec: InputSpec
    """What the first view is fed."""
    others: tuple[InputSpec, ...] = ()
    """What further views are fed."""
    picture_side: int | None = None
    """Longest side in pixels of the picture that will be drawn of it; None if none is planned."""

    def size(self, photo_size: tuple[int, int]) -> tuple[int, int]:
        """Say how large a draft of a photo serves all, ``(height, width)`` in pixels.

        Example:
            >>> Needs(InputSpec(height=480, width=320), picture_side=1600).size((4000, 3000))
            (1600, 1200)
        """
        sizes = [spec.least_size(photo_size) for spec in (self.spec, *self.others)]
        if self.picture_side is not None:
            sizes.append(picture_size(photo_size, self.picture_side))
        return max(height for height, _ in sizes), max(width for _, width in sizes)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A photo and what the network sees of it."""

    image_id: str
    """File name of the photo."""
    source: PhotoSource = field(repr=False)
    """Where its pixels are."""
    array: npt.NDArray[np.uint8] = field(repr=False)
    """RGB, 0 … 255, shape ``(3, height, width)``."""
    geometry: Geometry
    """Where the photo lies in it."""
    draft: Draft | None = field(default=None, repr=False)
    """What it was made of, where further views have to be made, too."""
    picture: Image.Image | None = field(default=None, repr=False)
    """The photo as large as the picture that will be drawn of it."""

    def view(self, spec: InputSpec) -> tuple[npt.NDArray[np.uint8], Geometry]:
        """Make the input of a further view, as :func:`attire.preprocess.preprocess` gives it."""
        return preprocess(self.draft or self.source.read(spec.least_size), spec)


def prepare(photo: PhotoLike, needs: InputSpec | Needs, image_id: str | None = None) -> Prepared:
    """Read a photo, at full size only where that is needed, and preprocess it.

    Args:
        photo: What to read.
        needs: What the network wants, or all that is to be made of the photo.
        image_id: Name to go by; the file name if None.

    Raises:
        DataError: If it cannot be read, or is an array of another form.
    """
    needs = Needs(needs) if isinstance(needs, InputSpec) else needs
    source = find_source(photo)
    draft = source.read(needs.size)
    return Prepared(
        image_id or source.name,
        source,
        *preprocess(draft, needs.spec),
        draft=draft if needs.others else None,
        picture=None if needs.picture_side is None else fit(draft.image, needs.picture_side),
    )


def read_ahead(
    photos: Iterable[tuple[str | None, PhotoLike]], needs: InputSpec | Needs, ahead: int
) -> Generator[Prepared | PhotoFailure, None, None]:
    """Prepare photos in a background thread, in order, never more than ``ahead`` of the reader.

    Args:
        photos: Name to go by (None: the file name) and photo.
        needs: As in :func:`prepare`.
        ahead: Photos to hold ready, at least 1.

    Yields:
        The prepared photo, or why there is none; the rest go on.
    """

    def attempt(image_id: str | None, photo: PhotoLike) -> Prepared | PhotoFailure:
        try:
            return prepare(photo, needs, image_id)
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
                del ready  # pixels must not outlive their turn here
        finally:
            for future in waiting:
                future.cancel()
