"""Photos read by replicas of the network, on behalf of the process that speaks HTTP."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from PIL import Image

from attire.catalog.encoder import Encoder
from attire.catalog.items import PhotoKind
from attire.errors import ServiceError
from attire.extras import require
from attire.ontology import Ontology
from attire.predict import PhotoLike, PhotoPixels, Selector
from attire.predict.source import find_source
from attire.scale.serving.network import NETWORK, About, Asked, Pixels, Refused
from attire.serve.batching import refuse_late, refuse_stopping
from attire.serve.batching.refusals import refuse_full
from attire.serve.observability import Metrics
from attire.serve.problems import Problem
from attire.serve.reading import Make, PhotoReader, ReadPhoto
from attire.serve.settings import Settings

__all__ = ["RemoteReader"]

Made = TypeVar("Made")
log = logging.getLogger(__name__)

_TRIES = 3
"""Replicas that a photo is sent to at most, one after the other dying of it or beside it: reading changes
nothing, and no photo may take all of them with it."""
_PAUSE_S = 0.25
"""Before a photo is sent again, and twice as long the time after: until all know which replica is gone."""
_RETRY_S = 2
"""When to ask again where replicas are missing or full."""


class RemoteReader:
    """An :class:`attire.serve.reading.Reader` without a network of its own."""

    def __init__(self, about: About, metrics: Metrics) -> None:
        """Put it together; :meth:`open` is the usual way.

        Args:
            about: What the network is like.
            metrics: Where it counts.
        """
        self._about, self._metrics = about, metrics
        self._asking: set[asyncio.Task[Any]] = set()
        self._stopping = False
        self._missing = False

    @classmethod
    def open(cls, settings: Settings, metrics: Metrics) -> Self:
        """Wait for a replica, and ask it what its network is like; in a thread beside the event loop."""
        return cls(_network().about.remote().result(), metrics)

    @property
    def ontology(self) -> Ontology:
        """What garments and attributes are named by."""
        return self._about.ontology

    @property
    def selector(self) -> Selector:
        """Chooses what of all that was found is likely right."""
        return self._about.selector

    @property
    def encoder(self) -> Encoder:
        """Makes vectors of what the network sees.

        Raises:
            ServiceError: If no catalogue is served.
        """
        if self._about.encoder is None:
            raise ServiceError("No catalogue is served here. Start with one: attire serve --catalog DIR.")
        return self._about.encoder

    @property
    def alive(self) -> bool:
        """Whether there is a network to be asked."""
        return not self._missing

    def warm_up(self) -> None:
        """Do nothing: replicas are warm before they are sent anything."""

    def start(self) -> None:
        """Begin to take photos."""

    def abandon(self) -> None:
        """Take no more photos, and refuse those that are not read yet with 503."""
        self._stopping = True
        for task in self._asking:
            task.cancel()

    async def stop(self, *, within_s: float) -> None:
        """Take no more photos, and finish those that were taken, for so long."""
        self._stopping = True
        if self._asking:
            await asyncio.wait(self._asking, timeout=within_s)
        self.abandon()

    async def __call__(
        self, photo: PhotoLike, *, deadline: float, maps: bool = False, kind: PhotoKind = "auto"
    ) -> ReadPhoto:
        """Read a photo, as :class:`attire.serve.reading.PhotoReader` does.

        What is given back holds the photo as large as it was looked at. A file is decoded here: nodes share
        none.

        Raises:
            Problem: As :meth:`make`.
            DataError: If a file is no photo.
        """
        pixels = await asyncio.to_thread(_pixels, photo)
        return await self._ask(pixels, _without_photo, deadline, maps, kind)

    async def make(
        self,
        photo: Image.Image,
        make: Make[Made],
        *,
        deadline: float,
        maps: bool = False,
        kind: PhotoKind = "auto",
    ) -> Made:
        """Let a replica read a photo and make something of it there.

        If the replica dies, another one is asked.

        Args:
            photo: RGB, upright, with nothing in it that should not be kept.
            make: A function of a module, which can be pickled, and so can what it gives.
            deadline: By :func:`asyncio.loop.time`.
            maps: Whether embeddings are made of it.
            kind: What it is.

        Raises:
            Problem: 503 if there is no room for it or no replica survived it, 504 past the deadline.
        """
        pixels = await asyncio.to_thread(_pixels, photo)
        return await self._ask(pixels, make, deadline, maps, kind)

    async def _ask(
        self, photo: Pixels, make: Make[Made], deadline: float, maps: bool, kind: PhotoKind
    ) -> Made:
        if self._stopping:
            raise refuse_stopping()
        task = asyncio.create_task(self._try(photo, make, deadline, maps, kind))
        self._count(task, here=True)
        try:
            async with asyncio.timeout_at(deadline) as limit:
                made = await task
        except TimeoutError:
            if not limit.expired():
                raise
            self._metrics.lost("late")
            raise refuse_late() from None
        except asyncio.CancelledError:
            asker = asyncio.current_task()
            if asker is not None and not asker.cancelling():  # it was not the asker who gave up
                self._metrics.lost("stopping")
                raise refuse_stopping() from None
            self._metrics.lost("left")
            raise
        finally:
            self._count(task, here=False)
        if isinstance(made, Refused):
            raise made.why
        self._metrics.photos.inc()
        return made

    async def _try(
        self, photo: Pixels, make: Make[Made], deadline: float, maps: bool, kind: PhotoKind
    ) -> Made | Refused:
        """Ask one replica after the other until one answers."""
        gone = require("ray.exceptions", "scale")
        serving = require("ray.serve.exceptions", "scale")
        loop = asyncio.get_running_loop()
        for before in range(_TRIES):
            await asyncio.sleep(before * _PAUSE_S)
            asked = Asked(make=make, within_s=deadline - loop.time(), maps=maps, kind=kind)
            response = _network().read.remote(photo, asked)
            try:
                made: Made | Refused = await response
            except asyncio.CancelledError:
                response.cancel()
                raise
            except (gone.RayActorError, gone.NodeDiedError, gone.ObjectLostError) as error:
                log.warning("A replica was lost while it read a photo: %s", type(error).__name__)
                continue
            except serving.BackPressureError:
                self._metrics.lost("full")
                raise refuse_full(_RETRY_S) from None
            except serving.DeploymentUnavailableError:
                self._missing = True
                raise _refuse_lost() from None
            self._missing = False
            return made
        raise _refuse_lost()

    def _count(self, task: asyncio.Task[Any], *, here: bool) -> None:
        (self._asking.add if here else self._asking.discard)(task)
        self._metrics.waiting(len(self._asking))


def _network() -> Any:
    """Find the replicas; called for each photo, since a handle that was pickled finds none."""
    return require("ray.serve", "scale").get_deployment_handle(NETWORK)


def _pixels(photo: PhotoLike) -> Pixels:
    image = find_source(photo).read(lambda size: size).image if isinstance(photo, Path | str) else photo
    return np.asarray(image)


def _without_photo(reader: PhotoReader, photo: Image.Image, read: ReadPhoto) -> ReadPhoto:
    """Leave out the pixels that whoever sent them has, and no one looks at again."""
    if read.framed.product is not None:
        return read
    small = read.framed.draft.image
    source = PhotoPixels(read.found.image_id, small)
    return ReadPhoto(framed=replace(read.framed, readable=small), found=replace(read.found, source=source))


def _refuse_lost() -> Problem:
    return Problem(
        503,
        f"What reads photos was lost. Try again in {_RETRY_S} s.",
        headers={"Retry-After": str(_RETRY_S)},
    )
