"""Adding photos: jobs taken in by any process, and worked off by one at a time."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

from lancedb.expr import col

from attire.catalog.connection import local_folder
from attire.catalog.indexing import Manifest, Outcome, index_photos, manifest_path
from attire.catalog.own_columns import SaidOfPhotos
from attire.catalog.sources import Listing, photo_id_of
from attire.catalog.store import Store
from attire.errors import AttireError, DataError
from attire.serve.jobs.folder import UploadsFolder
from attire.serve.jobs.job import MOST_TRIES, Job, PhotoKept
from attire.serve.jobs.keeping import keep_photo
from attire.serve.jobs.progress import Progress
from attire.serve.jobs.reading import ServedLooks, Stopped
from attire.serve.problems import Problem
from attire.serve.reading import PhotoReader
from attire.serve.schemas.catalog import BrokenOut
from attire.serve.settings import Settings

__all__ = ["Adding", "Sent"]

log = logging.getLogger(__name__)

_LOOKS_S = 2.0
"""How often a process looks whether a job waits that another took in, or left."""
_RETRY_S = 30
Sent = tuple[str, bytes]
"""Name of a photo, cleaned, and its file's bytes."""


class Adding:
    """Of one process; the folder is what the processes share."""

    def __init__(self, store: Store, reader: PhotoReader, settings: Settings, folder: Path) -> None:
        """Describe it; :meth:`start` sets it going.

        Args:
            store: The catalogue.
            reader: What reads the photos.
            settings: With the catalogue's place.
            folder: Of uploads.
        """
        self.folder = UploadsFolder(folder)
        self._store, self._reader, self._settings = store, reader, settings
        self._stop, self._woken = Event(), Event()
        self._thread: Thread | None = None
        self._looks: ServedLooks | None = None

    @classmethod
    def folder_for(cls, settings: Settings) -> Path | None:
        """Say where photos are kept; None where that was not said: a bucket keeps none."""
        if settings.uploads is not None:
            return settings.uploads.absolute()
        local = None if settings.catalog is None else local_folder(settings.catalog)
        return None if local is None else (local / "uploads").absolute()

    def start(self, loop: asyncio.AbstractEventLoop, *, busy: Callable[[], bool]) -> None:
        """Begin to work off jobs, those that a dead process left among them.

        Args:
            loop: The one that the reader works in.
            busy: Whether photos of requests are being read, which go first.
        """
        self._looks = ServedLooks(self._reader, loop, busy=busy, stop=self._stop)
        self._thread = Thread(target=self._work, name="attire-jobs", daemon=True)
        self._thread.start()

    def begin_stop(self) -> None:
        """Read no further photo; what was read is written, and the rest left to whoever starts next."""
        self._stop.set()
        self._woken.set()

    async def stop(self, *, within_s: float) -> None:
        """Stop, and wait until what was read is written."""
        self.begin_stop()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, within_s)

    def check_room(self) -> None:
        """Refuse more than may wait.

        Raises:
            Problem: 503 if as many jobs wait as may; 409 if the catalogue was made by another model.
        """
        if self._stop.is_set() or self.folder.count_pending() >= self._settings.max_jobs:
            raise Problem(
                503,
                f"As many requests wait for their photos to be indexed as may. Try again in {_RETRY_S} s.",
                headers={"Retry-After": str(_RETRY_S)},
            )
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
        self._woken.set()
        return job

    def _none_is_a_photo(self, problems: Sequence[Problem], refused: Sequence[BrokenOut]) -> Problem:
        status = problems[0].status if len({one.status for one in problems}) == 1 else 400
        told = " ".join(one.detail for one in problems[:5])
        return Problem(status, told, broken=[one.model_dump() for one in refused])

    def _work(self) -> None:
        self.folder.clear_stale()
        while not self._stop.is_set():
            try:
                if self.folder.count_pending():
                    self._take_turn()
            except Exception:
                log.exception("Adding photos to the catalogue")
            self._woken.wait(_LOOKS_S)
            self._woken.clear()

    def _take_turn(self) -> None:
        with self.folder.turn() as free:
            if not free:
                return
            while not self._stop.is_set():
                waiting = self.folder.pending()
                if not waiting:
                    return
                self._run(waiting[0])

    def _run(self, job: Job) -> None:
        """Work off a job, or as much of it as there is time for."""
        if job.tries >= MOST_TRIES:
            job.state, job.failure = "failed", f"Given up: it ended the service {MOST_TRIES} times."
            self._finish(job)
            return
        job.state, job.tries = "running", job.tries + 1
        self.folder.write(job)
        try:
            self._index(job)
            job.state = "done"
        except Stopped:
            job.state, job.tries = "queued", job.tries - 1
            self.folder.write(job)
            return
        except AttireError as error:
            job.state, job.failure = "failed", self._without_paths(str(error))
        except Exception:
            log.exception("Job %s", job.job_id)
            job.state, job.failure = "failed", "Something went wrong in the service; its log says what."
        self._finish(job)

    def _index(self, job: Job) -> None:
        uris = [str(self.folder.path / photo.file) for photo in job.photos]
        own = {uri: photo.own for uri, photo in zip(uris, job.photos, strict=True)}
        times = {uri: p.seen_at for uri, p in zip(uris, job.photos, strict=True) if p.seen_at is not None}
        said = SaidOfPhotos.of_values(own, seen_at=times, have=self._store.own_fields)
        self._store.add_own_columns(said.fields)
        assert self._looks is not None
        reading = self._looks.as_reading(self._settings)
        progress = Progress(job, self.folder)
        assert self._settings.catalog is not None
        with Manifest(manifest_path(self._settings.catalog)) as manifest:
            outcome = index_photos(
                Listing(tuple(uris)),
                self._store,
                manifest,
                reading,
                own=said,
                source=job.source or None,
                said=progress,
            )
        self._tell(job, outcome, uris)

    def _tell(self, job: Job, outcome: Outcome, uris: Sequence[str]) -> None:
        names = {uri: photo.name for uri, photo in zip(uris, job.photos, strict=True)}
        gone = [photo.name for uri, photo in zip(uris, job.photos, strict=True) if not Path(uri).exists()]
        job.broken = [BrokenOut(photo=name, reason=f"{name} is gone. Send it again.") for name in gone]
        job.broken += [
            BrokenOut(photo=names[one.uri], reason=self._without_paths(one.reason, one.uri))
            for one in outcome.broken
            if names[one.uri] not in gone
        ]
        job.done = len(job.photos)
        job.garments = self._garments_of(uris)

    def _garments_of(self, uris: Sequence[str]) -> int:
        ids = sorted({photo_id_of(uri) for uri in uris})
        return int(self._store.rows(["photo_id"], where=col("photo_id").isin(ids)).num_rows)

    def _finish(self, job: Job) -> None:
        """Keep no photo that no garment is of, put the table in order, and say that it is done."""
        self._drop_unused(job)
        self.folder.write(job)
        if job.garments:
            self._store.finish()

    def _drop_unused(self, job: Job) -> None:
        waiting = {
            p.file for other in self.folder.pending() if other.job_id != job.job_id for p in other.photos
        }
        ids = {photo_id_of(str(self.folder.path / photo.file)): photo.file for photo in job.photos}
        rows = self._store.rows(["photo_id"], where=col("photo_id").isin(sorted(ids)))
        named = set(rows["photo_id"].to_pylist())
        for photo_id, file in ids.items():
            if photo_id not in named and file not in waiting:
                self.folder.drop(file)

    def _without_paths(self, text: str, uri: str = "") -> str:
        if uri:
            text = text.replace(uri, Path(uri).name)
        text = text.replace(str(self.folder.path), "uploads")
        return text.replace(str(self._settings.catalog), "the catalogue")
