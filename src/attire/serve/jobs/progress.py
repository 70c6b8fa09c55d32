"""How far a job is, written down now and then."""

import time

from attire.catalog.indexing import Outcome
from attire.serve.jobs.folder import UploadsFolder
from attire.serve.jobs.job import Job

__all__ = ["Progress"]

_EVERY_S = 0.5


class Progress:
    """Told the counts after every photo."""

    def __init__(self, job: Job, folder: UploadsFolder) -> None:
        """Begin with nothing done."""
        self._job, self._folder = job, folder
        self._written = time.monotonic()

    def __call__(self, outcome: Outcome) -> None:
        """Note how far it is."""
        self._job.done, self._job.garments = outcome.done, outcome.rows
        if time.monotonic() - self._written >= _EVERY_S:
            self._folder.write(self._job)
            self._written = time.monotonic()
