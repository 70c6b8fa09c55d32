"""Photos of a job, read by the service's own network between the photos of requests."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from threading import Event
from typing import Any

from attire.catalog.encoder import Encoder
from attire.catalog.indexing import Reading
from attire.catalog.indexing.reading import framed_rows, name_models
from attire.catalog.items import FramedPhoto
from attire.errors import DataError
from attire.predict import Look, PhotoFailure
from attire.serve.problems import Problem
from attire.serve.reading import Reader, ReadPhoto
from attire.serve.settings import Settings

__all__ = ["ServedLooks", "Stopped"]

_AHEAD = 2
"""Photos on their way at once: one in the network, one before or behind it."""
_GIVES_WAY_S = 2.0
"""How long a photo waits for those of requests at most, so that a busy service still gets on with it."""
_LOOKS_AGAIN_S = 0.05
_LONGEST_S = 600.0
"""After which a photo that was not read is given up."""
_BUSY = 503


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The service stops before all photos were read."""


class ServedLooks:
    """Reads photos in the service's own batches; called in a thread beside the event loop."""

    def __init__(
        self,
        reader: Reader,
        loop: asyncio.AbstractEventLoop,
        *,
        busy: Callable[[], bool],
        stop: Event,
    ) -> None:
        """Say who reads.

        Args:
            reader: The service's own.
            loop: In which the reader works.
            busy: Whether photos of requests are being read, which go first.
            stop: Ends the reading with :class:`Stopped` once it is set.
        """
        self._reader, self._loop, self._busy, self._stop = reader, loop, busy, stop
        self._way = asyncio.Lock()
        """Held by the photo that gives way, so that a busy service gets one at a time."""
        self._framed: FramedPhoto | None = None
        """How the photo whose look was given last was framed."""

    def as_reading(self, settings: Settings) -> Reading:
        """Give it as :func:`attire.catalog.indexing.index_photos` takes it.

        Args:
            settings: With the model that the reader reads with.
        """
        model = f"{name_models(None if settings.model is None else [settings.model])} auto"
        return Reading(looks=self, rows_of=self.rows_of, encoder=self._reader.encoder, model=model)

    def __call__(self, named: Iterable[tuple[str, Path]]) -> Iterator[Look | PhotoFailure]:
        """Give a look of each photo, in order."""
        waiting: deque[tuple[Path, Future[ReadPhoto]]] = deque()
        try:
            for _, file in named:
                waiting.append((file, asyncio.run_coroutine_threadsafe(self._read(file), self._loop)))
                if len(waiting) >= _AHEAD:
                    yield self._taken(*waiting.popleft())
            while waiting:
                yield self._taken(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()

    def rows_of(self, look: Look, encoder: Encoder, **said: Any) -> list[dict[str, Any]]:
        """Give one row per garment, surest first, of the look that was given last."""
        framed, self._framed = self._framed, None
        assert framed is not None
        return framed_rows(look, encoder, framed, self._reader.selector, **said)

    def _taken(self, file: Path, future: "Future[ReadPhoto]") -> Look | PhotoFailure:
        while True:
            if self._stop.is_set():
                future.cancel()
                raise Stopped
            try:
                found = future.result(timeout=0.2)
            except TimeoutError:
                continue
            except DataError as error:
                return PhotoFailure(file.name, str(error))
            except (Problem, CancelledError) as error:
                if self._stop.is_set():
                    raise Stopped from None
                return PhotoFailure(file.name, str(error) or "It was given up.")
            self._framed = found.framed
            return found.found

    async def _read(self, file: Path) -> ReadPhoto:
        """Read a photo once those of requests have been let through, or have had their time."""
        async with self._way:
            until = self._loop.time() + _GIVES_WAY_S
            while self._busy() and self._loop.time() < until:
                await asyncio.sleep(_LOOKS_AGAIN_S)
        deadline = self._loop.time() + _LONGEST_S
        while True:
            try:
                return await self._reader(file, deadline=deadline, maps=self._reader.encoder.wants_maps)
            except Problem as problem:
                if problem.status != _BUSY or self._stop.is_set():
                    raise
            await asyncio.sleep(_GIVES_WAY_S / 4)
