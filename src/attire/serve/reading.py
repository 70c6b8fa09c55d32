"""Photos read in batches, as the catalogue reads them: street photos as they are, products in a frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.default_encoder import PHOTO_PX, default_encoder
from attire.catalog.encoder import Encoder
from attire.catalog.items import FramedPhoto, PhotoKind, frame_photo
from attire.catalog.items.main_item import read_product
from attire.masks import RunLengths
from attire.model.header import read_header
from attire.predict import Look, Predictor, find_models, prepare
from attire.predict.read_ahead import Prepared
from attire.serve.batching import Batcher
from attire.serve.settings import Settings

__all__ = ["PhotoReader", "ReadPhoto"]


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadPhoto:
    """A photo and all that the network gives of it."""

    framed: FramedPhoto
    """How it was laid before the network."""
    found: Look
    """Everything found in what was read (``keep="all"``); of a product, in pixels of its frame."""

    def chosen(self, predictor: Predictor, *, every: bool = False) -> "ChosenLook":
        """Choose what to show of it, in pixels of the photo.

        Args:
            predictor: What read it.
            every: Whether to leave out nothing.
        """
        selector = None if every else predictor.selector
        if self.framed.product is not None:
            product = read_product(self.found, self.framed.product, selector)
            return ChosenLook(look=product.look, boxes=product.boxes, masks=product.masks)
        look = self.found if selector is None else selector(self.found)
        assert isinstance(look, Look)
        return ChosenLook(look=look, boxes=look.boxes, masks=look.masks or RunLengths.empty())


@dataclass(frozen=True, kw_only=True, eq=False)
class ChosenLook:
    """What a photo shows; N instances."""

    look: Look
    """Names, scores and attributes; its own boxes and masks may be those of a frame."""
    boxes: npt.NDArray[np.float32]
    """xyxy in pixels of the photo, shape ``(N, 4)``."""
    masks: RunLengths
    """Of the photo's size."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    prepared: Prepared
    framed: FramedPhoto
    maps: bool


class PhotoReader:
    """Reads photos for many callers with one network."""

    def __init__(self, predictor: Predictor, encoder: Encoder, settings: Settings) -> None:
        """Put it together; :meth:`open` is the usual way."""
        self.predictor = predictor
        self.encoder = encoder
        self.batcher: Batcher[_Waiting, ReadPhoto] = Batcher(
            self._read,
            batch_size=settings.batch_size or predictor.batch_size,
            wait_s=settings.batch_wait_ms / 1000,
            queue_size=settings.queue_size,
        )

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Load the network and the encoder that goes with it.

        Raises:
            AttireError: If one of them cannot be loaded.
        """
        models = None if settings.model is None else [settings.model]
        predictor = Predictor.load(
            models, runtime=settings.runtime, precision=settings.precision, threads=settings.threads
        )
        encoder = default_encoder(read_header(find_models(models)[0]))
        return cls(predictor, encoder, settings)

    async def __call__(
        self, photo: Image.Image, *, deadline: float, maps: bool = False, kind: PhotoKind = "auto"
    ) -> ReadPhoto:
        """Read a photo.

        Args:
            photo: RGB, upright, with nothing in it that should not be kept.
            deadline: As for :class:`Batcher`.
            maps: Whether embeddings will be made of it.
            kind: What it is.

        Raises:
            Problem: If there is no room or time for it.
        """
        import asyncio

        waiting = await asyncio.to_thread(self._prepare, photo, maps, kind)
        return await self.batcher(waiting, deadline=deadline)

    def _prepare(self, photo: Image.Image, maps: bool, kind: PhotoKind) -> _Waiting:
        framed = frame_photo(photo, kind)
        prepared = prepare(framed.readable, self.predictor.needs(PHOTO_PX))
        return _Waiting(prepared, framed, maps)

    def _read(self, batch: Sequence[_Waiting]) -> list[ReadPhoto | Exception]:
        """Run the network over a batch."""
        maps = any(one.maps for one in batch)
        looks = self.predictor.read([one.prepared for one in batch], keep="all", maps=maps)
        return [ReadPhoto(framed=one.framed, found=look) for one, look in zip(batch, looks, strict=True)]
