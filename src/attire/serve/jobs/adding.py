"""Photos taken in by any process of the service, and left to whichever has the turn to work them off."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from attire.catalog.connection import local_folder
from attire.catalog.own_columns import SaidOfPhotos
from attire.catalog.sources.folder import absolute
from attire.catalog.store import Store
from attire.errors import DataError
from attire.serve.jobs.folder import UploadsFolder
from attire.serve.jobs.job import Job, PhotoKept
from attire.serve.jobs.keeping import keep_photo
from attire.serve.jobs.working import Worker
from attire.serve.problems import Problem
from attire.serve.reading import Reader
from attire.serve.schemas.catalog import BrokenOut
from attire.serve.settings import Settings

__all__ = ["Adding", "Sent"]

_RETRY_S = 30
_ARRIVING = 2
"""Requests whose photos arrive and are kept at once."""
Sent = tuple[str, bytes]
"""Name of a photo, cleaned, and its file's bytes."""


class Adding:
    """Of one process; the folder is what the processes share."""

    def __init__(self, store: Store, reader: Reader, settings: Settings, folder: Path) -> None:
        """Describe it; :meth:`start` sets it going.

        Args:
            store: The catalogue.
            reader: What reads the photos.
            settings: With the catalogue's place.
            folder: Of uploads.
        """
        self.folder = UploadsFolder(folder)
        self._store, self._reader, self._settings = store, reader, settings
        self._places = BoundedSemaphore(_ARRIVING)
        self._worker: Worker | None = None
        self._stopping = False

    @classmethod
    def folder_for(cls, settings: Settings) -> Path | None:
        """Say where photos are kept; None where that was not said: a bucket keeps none."""
        if settings.uploads is not None:
            return Path(absolute(str(settings.uploads)))
        local = None if settings.catalog is None else local_folder(settings.catalog)
        return None if local is None else Path(absolute(str(local / "uploads")))

    def start(self, loop: asyncio.AbstractEventLoop, *, busy: Callable[[], bool]) -> None:
        """Begin to work off jobs; as for :class:`Worker`."""
        self._worker = Worker(self._store, self._reader, self._settings, self.folder, loop, busy)

    def begin_stop(self) -> None:
        """Take no more, and leave the photos not read yet to whoever starts next."""
        self._stopping = True
        if self._worker is not None:
            self._worker.begin_stop()

    async def stop(self, *, within_s: float) -> None:
        """Stop, and wait until what was read is written."""
        self.begin_stop()
        if self._worker is not None:
            await self._worker.join(within_s=within_s)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place from before photos arrive until they are kept: they are in memory meanwhile.

        Raises:
            Problem: 503 if there is none, or as many jobs wait as may; 409 if another model made the rows.
        """
        if not self._places.acquire(blocking=False):
            raise self._full()
        try:
            await asyncio.to_thread(self._check)
            yield
        finally:
            self._places.release()

    def _full(self) -> Problem:
        return Problem(
            503,
            f"As many requests wait for their photos to be indexed as may. Try again in {_RETRY_S} s.",
            headers={"Retry-After": str(_RETRY_S)},
        )

    def _check(self) -> None:
        if self._stopping or self.folder.count_pending() >= self._settings.max_jobs:
            raise self._full()
        try:
            encoder = self._reader.encoder
            self._store.check_encoder(encoder.version, encoder.dimensions)
        except DataError as error:
            raise Problem(409, str(error)) from None

    def take(
        self,
        sent: Sequence[Sent],
        *,
        source: str = "",
        own: Mapping[str, Mapping[str, Any]] | None = None,
        seen_at: Mapping[str, datetime] | None = None,
    ) -> Job:
        """Keep photos, and let them wait for their turn.

        Args:
            sent: The photos.
            source: Where they come from, in the user's word.
            own: The user's columns, by name of photo and column.
            seen_at: When garments were seen, by name of photo; what the camera said otherwise.

        Raises:
            Problem: If none of them is a photo.
            DataError: If the user's columns do not go with those of the catalogue.
        """
        own, seen_at = own or {}, seen_at or {}
        self._store.check_own_columns(SaidOfPhotos.of_values(own, have=self._store.own_fields).fields)
        job, problems = Job(source=source), []
        with self.folder.arriving(job.job_id) as arriving:
            kept: list[tuple[str, str, datetime | None]] = []
            for name, data in sent:
                try:
                    digest, taken = keep_photo(data, name, arriving, self._settings)
                except Problem as problem:
                    problems.append(problem)
                    job.refused.append(BrokenOut(photo=name, reason=problem.detail))
                else:
                    kept.append((name, digest, taken))
            if not kept:
                raise self._none_is_a_photo(problems, job.refused)
            places = {digest: self.folder.take_in(arriving / digest, digest) for _, digest, _ in kept}
        job.photos = [
            PhotoKept(
                name=name, file=places[digest], own=dict(own.get(name, {})), seen_at=seen_at.get(name, taken)
            )
            for name, digest, taken in kept
        ]
        self.folder.submit(job)
        if self._worker is not None:
            self._worker.wake()
        return job

    def _none_is_a_photo(self, problems: Sequence[Problem], refused: Sequence[BrokenOut]) -> Problem:
        status = problems[0].status if len({one.status for one in problems}) == 1 else 400
        told = " ".join(one.detail for one in problems[:5])
        return Problem(status, told, broken=[one.model_dump() for one in refused])
