"""Photos read in batches, as the catalogue reads them: street photos as they are, products in a frame."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, Self, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from attire.catalog.default_encoder import PHOTO_PX, default_encoder
from attire.catalog.encoder import Encoder
from attire.catalog.items import FramedPhoto, PhotoKind, frame_photo
from attire.catalog.items.main_item import read_product
from attire.errors import ServiceError
from attire.masks import RunLengths
from attire.model.header import read_header
from attire.ontology import Ontology
from attire.predict import Look, PhotoLike, Predictor, Selector, find_models, prepare
from attire.predict.exported.processor import usable_cores
from attire.predict.read_ahead import Prepared
from attire.predict.runtime import RawDetections
from attire.samples import sample_looks
from attire.serve.batching import Batcher, refuse_late
from attire.serve.observability import Metrics
from attire.serve.settings import Settings

__all__ = ["ChosenLook", "Make", "PhotoReader", "ReadPhoto", "Reader"]

Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadPhoto:
    """A photo and all that the network gives of it."""

    framed: FramedPhoto
    """How it was laid before the network."""
    found: Look
    """Everything found in what was read (``keep="all"``); of a product, in pixels of its frame."""

    def chosen(self, selector: Selector | None) -> "ChosenLook":
        """Choose what to show of it, in pixels of the photo.

        Args:
            selector: Of what read it; None leaves out nothing.
        """
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


class Reader(Protocol):
    """What reads photos for routes and jobs: here, or somewhere else on their behalf."""

    @property
    def ontology(self) -> Ontology:
        """What it names garments and attributes by."""

    @property
    def selector(self) -> Selector:
        """Chooses what of all that was found is likely right."""

    @property
    def encoder(self) -> Encoder:
        """Makes vectors of what the network sees.

        Raises:
            ServiceError: If no catalogue is served.
        """

    @property
    def alive(self) -> bool:
        """Whether it reads what it is given."""

    def warm_up(self) -> None:
        """Make sure that no caller waits for what is made at first use."""

    def start(self) -> None:
        """Begin to take photos, in the running event loop."""

    def abandon(self) -> None:
        """Take no more photos, and refuse those that are not read yet."""

    async def stop(self, *, within_s: float) -> None:
        """Take no more photos, and finish those that were taken, for so long."""

    async def __call__(
        self, photo: PhotoLike, *, deadline: float, maps: bool = False, kind: PhotoKind = "auto"
    ) -> ReadPhoto:
        """Read a photo, as :class:`PhotoReader` does."""

    async def make(
        self,
        photo: Image.Image,
        make: "Make[Made]",
        *,
        deadline: float,
        maps: bool = False,
        kind: PhotoKind = "auto",
    ) -> Made:
        """Read a photo and make something of it where it was read.

        Args:
            photo: RGB, upright, with nothing in it that should not be kept.
            make: Called in a thread; a function that can be pickled, and so can what it gives.
            deadline: As for :class:`Batcher`.
            maps: Whether embeddings are made of it.
            kind: What it is.

        Raises:
            Problem: 503 if there is no room for it, 504 past the deadline.
        """


class PhotoReader:
    """Reads photos for many callers with one network.

    Photos are prepared in as many threads as the process has cores for, the network reads them in batches in
    a thread of its own, and looks are finished in as many again: what is nearly done waits for nothing new.
    """

    def __init__(
        self,
        predictor: Predictor,
        encoder: Encoder | None,
        settings: Settings,
        metrics: Metrics | None = None,
    ) -> None:
        """Put it together; :meth:`open` is the usual way.

        Args:
            predictor: The network.
            encoder: Makes vectors of what it sees; None where there is no catalogue to compare them with.
            settings: How many photos at once.
            metrics: Where it counts.
        """
        self.predictor = predictor
        self._encoder = encoder
        self._metrics = metrics or Metrics()
        self.batcher: Batcher[_Waiting, RawDetections] = Batcher(
            self._detect,
            batch_size=settings.batch_size,
            wait_s=settings.batch_wait_ms / 1000,
            queue_size=settings.queue_size,
            watch=self._metrics,
        )
        cores = settings.threads or _share(settings)
        self._preparing = ThreadPoolExecutor(cores, thread_name_prefix="attire-prepare")
        self._finishing = ThreadPoolExecutor(cores, thread_name_prefix="attire-finish")

    @classmethod
    def open(cls, settings: Settings, metrics: Metrics | None = None) -> Self:
        """Load the network, and where a catalogue is served, the encoder that goes with it.

        Raises:
            AttireError: If one of them cannot be loaded.
        """
        models = None if settings.model is None else [settings.model]
        predictor = Predictor.load(
            models,
            runtime=settings.runtime,
            precision=settings.precision,
            threads=settings.threads or _share(settings),
        )
        encoder = None
        if settings.catalog is not None:
            encoder = default_encoder(read_header(find_models(models)[0]))
        return cls(predictor, encoder, settings, metrics)

    @property
    def encoder(self) -> Encoder:
        """Makes vectors of what the network sees.

        Raises:
            ServiceError: If no catalogue is served.
        """
        if self._encoder is None:
            raise ServiceError("No catalogue is served here. Start with one: attire serve --catalog DIR.")
        return self._encoder

    @property
    def ontology(self) -> Ontology:
        """What garments and attributes are named by."""
        return self.predictor.ontology

    @property
    def selector(self) -> Selector:
        """Chooses what of all that was found is likely right."""
        return self.predictor.selector

    @property
    def alive(self) -> bool:
        """Whether it reads what it is given."""
        return self.batcher.alive

    def start(self) -> None:
        """Begin to take photos, in the running event loop."""
        self.batcher.start()

    def warm_up(self) -> None:
        """Read a photo with garments in it, past the queue, and say what is in it."""
        from attire.serve.answers import instances_seen

        with Image.open(min((sample_looks() / "photos").iterdir())) as photo:
            read = self._read_alone(photo.convert("RGB"))
        instances_seen(read, read.chosen(self.selector), masks="both")

    def _read_alone(self, photo: Image.Image) -> ReadPhoto:
        waiting = self._prepare(photo, maps=True, kind="street")
        batch = [waiting.prepared] * self.batcher.batch_size
        for maps in (False, True):
            raw = self.predictor.detect(batch, maps=maps)[0]
        return ReadPhoto(framed=waiting.framed, found=self._finish(waiting, raw))

    def abandon(self) -> None:
        """Take no more photos, and refuse those that are not read yet with 503."""
        self.batcher.abandon()

    async def stop(self, *, within_s: float) -> None:
        """Take no more photos, and finish those that were taken, for so long."""
        await self.batcher.stop(within_s=within_s)
        self._preparing.shutdown(wait=False)
        self._finishing.shutdown(wait=False)

    async def __call__(
        self, photo: PhotoLike, *, deadline: float, maps: bool = False, kind: PhotoKind = "auto"
    ) -> ReadPhoto:
        """Read a photo.

        Args:
            photo: RGB, upright, with nothing in it that should not be kept; or a file of the service's own.
            deadline: As for :class:`Batcher`.
            maps: Whether embeddings will be made of it.
            kind: What it is.

        Raises:
            Problem: 503 if there is no room for it, 504 past the deadline.
            DataError: If a file is no photo.
        """
        try:
            async with asyncio.timeout_at(deadline) as limit:
                loop = asyncio.get_running_loop()
                waiting = await loop.run_in_executor(self._preparing, self._prepare, photo, maps, kind)
                raw = await self.batcher(waiting, deadline=deadline)
                look = await loop.run_in_executor(self._finishing, self._finish, waiting, raw)
        except TimeoutError:
            if not limit.expired():
                raise
            raise refuse_late() from None
        self._metrics.photos.inc()
        return ReadPhoto(framed=waiting.framed, found=look)

    async def make(
        self,
        photo: Image.Image,
        make: "Make[Made]",
        *,
        deadline: float,
        maps: bool = False,
        kind: PhotoKind = "auto",
    ) -> Made:
        """Read a photo and make something of it, as :class:`Reader` says."""
        read = await self(photo, deadline=deadline, maps=maps, kind=kind)
        return await asyncio.to_thread(make, self, photo, read)

    def _prepare(self, photo: PhotoLike, maps: bool, kind: PhotoKind) -> _Waiting:
        framed = frame_photo(photo, kind)
        prepared = prepare(framed.readable, self.predictor.needs(PHOTO_PX))
        return _Waiting(prepared, framed, maps)

    def _finish(self, waiting: _Waiting, raw: RawDetections) -> Look:
        return self.predictor.look(waiting.prepared, raw, keep="all")

    def _detect(self, batch: Sequence[_Waiting]) -> list[RawDetections | Exception]:
        """Run the network over a batch."""
        maps = any(one.maps for one in batch)
        return list(self.predictor.detect([one.prepared for one in batch], maps=maps))


Make: TypeAlias = Callable[[PhotoReader, Image.Image, ReadPhoto], Made]
"""Makes something of a photo: given what read it, the photo, and what was read."""


def _share(settings: Settings) -> int:
    """Give the cores that are one process's own."""
    return max(usable_cores() // settings.workers, 1)
