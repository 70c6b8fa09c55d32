"""What is known of photos on their way into the catalogue, and how often to ask."""

import time
from collections.abc import Callable, Iterator

from attire.errors import ServiceError
from attire.serve.schemas.catalog import BrokenOut, JobOut, JobState

__all__ = ["JobTold"]

FIRST_S, LONGEST_S = 0.2, 5.0
"""Between two questions; each pause is half as long again as the one before."""


class JobTold:
    """A job as it was when the service was last asked."""

    def __init__(self, told: JobOut) -> None:
        self.told = told
        """All of it."""

    @property
    def job_id(self) -> str:
        """By which the service knows it."""
        return self.told.job_id

    @property
    def state(self) -> JobState:
        """``queued``, ``running``, ``done`` or ``failed``."""
        return self.told.state

    @property
    def done(self) -> int:
        """Photos dealt with."""
        return self.told.done

    @property
    def total(self) -> int:
        """Photos sent."""
        return self.told.total

    @property
    def garments(self) -> int:
        """Written so far."""
        return self.told.garments

    @property
    def broken(self) -> list[BrokenOut]:
        """What is no photo, and why."""
        return self.told.broken

    @property
    def status(self) -> str:
        """How far it is, in a sentence."""
        return self.told.status

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.job_id!r}, {self.status!r})"

    def pauses(self, progress: Callable[[JobOut], None] | None, timeout_s: float | None) -> Iterator[float]:
        """Give how long to wait until it is asked for again, while it is not done.

        Raises:
            ServiceError: If it failed, or time is over.
        """
        until = None if timeout_s is None else time.monotonic() + timeout_s
        said: JobOut | None = None
        pause_s = FIRST_S
        while True:
            if progress is not None and self.told != said:
                progress(self.told)
            said = self.told
            if self.state == "failed":
                raise ServiceError(f"Not all photos could be added: {self.status}")
            if self.state == "done":
                return
            left_s = pause_s if until is None else until - time.monotonic()
            if left_s <= 0:
                raise ServiceError(
                    f"Not done within {timeout_s:g} s: {self.status}. The service goes on; wait again, or "
                    f"ask for job {self.job_id!r} later."
                )
            yield min(pause_s, left_s)
            pause_s = min(1.5 * pause_s, LONGEST_S)
