"""Jobs worked off: one process at a time reads their photos and writes their garments."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread

from lancedb.expr import col

from attire.catalog.indexing import Manifest, Outcome, index_photos, manifest_path
from attire.catalog.own_columns import SaidOfPhotos
from attire.catalog.sources import Listing, photo_id_of
from attire.catalog.store import Store
from attire.errors import AttireError
from attire.serve.jobs.folder import UploadsFolder
from attire.serve.jobs.job import MOST_TRIES, Job
from attire.serve.jobs.progress import Progress
from attire.serve.jobs.reading import ServedLooks, Stopped
from attire.serve.reading import Reader
from attire.serve.schemas.catalog import BrokenOut
from attire.serve.settings import Settings

__all__ = ["Worker"]

log = logging.getLogger(__name__)

_LOOKS_S = 2.0
"""How often a process looks whether a job waits that another took in, or left."""


class Worker:
    """A thread beside the event loop."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        settings: Settings,
        folder: UploadsFolder,
        loop: asyncio.AbstractEventLoop,
        busy: Callable[[], bool],
    ) -> None:
        """Begin to work off jobs, those that a dead process left among them.

        Args:
            store: The catalogue.
            reader: What reads the photos.
            settings: With the catalogue's place.
            folder: With the jobs.
            loop: The one that the reader works in.
            busy: Whether photos of requests are being read, which go first.
        """
        self._store, self._settings, self._folder = store, settings, folder
        self._stop, self._woken = Event(), Event()
        self._looks = ServedLooks(reader, loop, busy=busy, stop=self._stop)
        self._thread = Thread(target=self._work, name="attire-jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that a job waits."""
        self._woken.set()

    def begin_stop(self) -> None:
        """Read no further photo; what was read is written, and the rest left to whoever starts next."""
        self._stop.set()
        self._woken.set()

    async def join(self, *, within_s: float) -> None:
        """Wait until it has stopped."""
        await asyncio.to_thread(self._thread.join, within_s)

    def _work(self) -> None:
        self._folder.clear_stale()
        while not self._stop.is_set():
            try:
                if self._folder.count_pending():
                    self._take_turn()
            except Exception:
                log.exception("Adding photos to the catalogue")
            self._woken.wait(_LOOKS_S)
            self._woken.clear()

    def _take_turn(self) -> None:
        with self._folder.turn() as free:
            if not free:
                return
            while not self._stop.is_set():
                waiting = self._folder.pending()
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
        self._folder.write(job)
        try:
            self._index(job)
            job.state = "done"
        except Stopped:
            job.state, job.tries = "queued", job.tries - 1
            self._folder.write(job)
            return
        except AttireError as error:
            job.state, job.failure = "failed", self._without_paths(str(error))
        except Exception:
            log.exception("Job %s", job.job_id)
            job.state, job.failure = "failed", "Something went wrong in the service; its log says what."
        self._finish(job)

    def _index(self, job: Job) -> None:
        uris = [str(self._folder.path / photo.file) for photo in job.photos]
        own = {uri: photo.own for uri, photo in zip(uris, job.photos, strict=True)}
        times = {uri: p.seen_at for uri, p in zip(uris, job.photos, strict=True) if p.seen_at is not None}
        said = SaidOfPhotos.of_values(own, seen_at=times, have=self._store.own_fields)
        self._store.add_own_columns(said.fields)
        reading = self._looks.as_reading(self._settings)
        progress = Progress(job, self._folder)
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
        self._folder.write(job)
        if job.garments:
            self._store.finish()

    def _drop_unused(self, job: Job) -> None:
        waiting = {
            p.file for other in self._folder.pending() if other.job_id != job.job_id for p in other.photos
        }
        ids = {photo_id_of(str(self._folder.path / photo.file)): photo.file for photo in job.photos}
        rows = self._store.rows(["photo_id"], where=col("photo_id").isin(sorted(ids)))
        named = set(rows["photo_id"].to_pylist())
        for photo_id, file in ids.items():
            if photo_id not in named and file not in waiting:
                self._folder.drop(file)

    def _without_paths(self, text: str, uri: str = "") -> str:
        if uri:
            text = text.replace(uri, Path(uri).name)
        text = text.replace(str(self._folder.path), "uploads")
        return text.replace(str(self._settings.catalog), "the catalogue")
