"""The folder of uploads: photos by content, jobs as files, and the one turn at indexing."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from attire.atomic import write_text
from attire.serve.jobs.job import Job

__all__ = ["UploadsFolder"]

_FINISHED = 1000
"""Finished jobs that can be asked about."""
_STALE_S = 3600.0
"""Age after which what a request left half sent is removed."""


class UploadsFolder:
    """Any number of processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Take a folder; it is made when the first photo comes."""
        self.path = path
        self.photos = path / "photos"
        self._pending, self._finished = path / "jobs", path / "finished"
        self._arriving = path / "arriving"

    @contextmanager
    def arriving(self, job_id: str) -> Iterator[Path]:
        """Give a folder for photos on their way, gone at the end."""
        folder = self._arriving / job_id
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear_stale(self) -> None:
        """Remove what requests of dead processes left half sent."""
        for folder in self._arriving.glob("*"):
            if time.time() - folder.stat().st_mtime > _STALE_S:
                shutil.rmtree(folder, ignore_errors=True)

    def take_in(self, arrived: Path, digest: str) -> str:
        """Give a photo its place by its content.

        Args:
            arrived: Folder with the one file; it is moved, or stays where the photo is known.
            digest: Of what was sent.

        Returns:
            Where it lies, below :attr:`path`; under the name that it first came with.
        """
        place = self.photos / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            arrived.rename(place)
        except OSError:
            if not any(place.glob("*")):
                raise
        return next(place.glob("*")).relative_to(self.path).as_posix()

    def drop(self, file: str) -> None:
        """Remove a photo."""
        shutil.rmtree((self.path / file).parent, ignore_errors=True)

    def submit(self, job: Job) -> None:
        """Let a job wait for its turn; or keep it as finished, if it is."""
        self.write(job)

    def write(self, job: Job) -> None:
        """Keep how a job stands."""
        name, text = f"{job.job_id}.json", job.model_dump_json()
        if job.state in ("queued", "running"):
            write_text(self._pending / name, text)
            return
        write_text(self._finished / name, text)
        (self._pending / name).unlink(missing_ok=True)
        self._forget_old()

    def read(self, job_id: str) -> Job | None:
        """Give a job; None if there is none of that name, or it was long ago."""
        if not (job_id.isascii() and job_id.isalnum()):
            return None
        for folder in (self._finished, self._pending, self._finished):  # it may be moved meanwhile
            try:
                return Job.model_validate_json((folder / f"{job_id}.json").read_text(encoding="utf-8"))
            except (OSError, ValidationError):
                continue
        return None

    def pending(self) -> list[Job]:
        """Give the jobs that wait or run, oldest first."""
        found = [self.read(path.stem) for path in self._pending.glob("*.json") if path.name[0] != "."]
        waiting = [job for job in found if job is not None]
        for job in waiting:
            if job.state in ("done", "failed"):  # its process died between two steps
                (self._pending / f"{job.job_id}.json").unlink(missing_ok=True)
        return sorted((j for j in waiting if j.state in ("queued", "running")), key=lambda job: job.created)

    def count_pending(self) -> int:
        """Count the jobs that wait or run."""
        return sum(1 for path in self._pending.glob("*.json") if path.name[0] != ".")

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Take the turn at indexing, which one process has at a time; it falls back if that process dies.

        Yields:
            Whether it was free.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.path / "turn.sqlite", timeout=0, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                yield False
            else:
                yield True
        finally:
            lock.close()

    def _forget_old(self) -> None:
        finished = [path for path in self._finished.glob("*.json") if path.name[0] != "."]
        if len(finished) > _FINISHED:
            finished.sort(key=lambda path: path.stat().st_mtime)
            for path in finished[: len(finished) - _FINISHED]:
                path.unlink(missing_ok=True)
