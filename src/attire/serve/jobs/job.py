"""A job as it is kept: a small JSON file beside the photos, which any process of the service can read."""

from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from pydantic import BaseModel, Field

from attire.serve.schemas.catalog import BrokenOut, JobOut, JobState
from attire.wording import plural

__all__ = ["MOST_TRIES", "Job", "PhotoKept"]

MOST_TRIES = 3
"""How often a job is begun: one that ends the process each time is given up."""


class PhotoKept(BaseModel):
    """A photo of a job."""

    name: str
    """As its sender calls it."""
    file: str
    """Where it lies, below the folder of uploads."""
    own: dict[str, Any] = {}
    """The user's columns."""
    seen_at: datetime | None = None
    """When its garments were seen: as its sender says, or its camera said."""


class Job(BaseModel):
    """Photos on their way into the catalogue."""

    job_id: str = Field(default_factory=lambda: token_hex(10))
    created: datetime = Field(default_factory=lambda: datetime.now(UTC))
    state: JobState = "queued"
    source: str = ""
    photos: list[PhotoKept] = []
    refused: list[BrokenOut] = []
    """What was no photo when it arrived."""
    broken: list[BrokenOut] = []
    """What turned out to be none when it was read."""
    done: int = 0
    """Photos of ``photos`` that are dealt with."""
    garments: int = 0
    tries: int = 0
    failure: str = ""
    """Why it failed."""

    @property
    def total(self) -> int:
        """Photos sent."""
        return len(self.photos) + len(self.refused)

    def out(self) -> JobOut:
        """Give it as it is answered."""
        broken = [*self.refused, *self.broken]
        done = self.done + len(self.refused)
        return JobOut(
            job_id=self.job_id,
            state=self.state,
            done=done,
            total=self.total,
            garments=self.garments,
            broken=broken,
            status=self._status(done, len(broken)),
        )

    def _status(self, done: int, broken: int) -> str:
        also = f", {broken} of them broken" if broken else ""
        if self.state == "failed":
            return self.failure
        if self.state == "queued":
            return f"{plural(self.total, 'photo')} waiting{also}"
        if self.state == "running":
            return f"{done} of {plural(self.total, 'photo')} done{also}"
        return (
            f"{plural(self.total, 'photo')} done{also}; {plural(self.garments, 'garment')} in the catalogue"
        )
