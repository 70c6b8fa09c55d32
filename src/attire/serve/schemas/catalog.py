"""What ``/v1/catalog`` answers."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

__all__ = ["BrokenOut", "CatalogOut", "JobOut", "JobState", "OwnColumnOut"]

JobState: TypeAlias = Literal["queued", "running", "done", "failed"]


class OwnColumnOut(BaseModel):
    """A column of the user's."""

    name: str
    kind: Literal["text", "number", "truth", "time", "date", "other"]
    """What its values are; ``other`` can be shown, not asked for."""


class CatalogOut(BaseModel):
    """What the catalogue holds."""

    garments: int
    photos: int
    own_columns: list[OwnColumnOut]
    sources: list[str]
    """Where photos come from, in the user's words; most garments first."""
    encoder: str
    """What made the embeddings; empty while nothing was added."""
    takes_photos: bool
    """Whether photos can be added: there is a folder that keeps them."""


class BrokenOut(BaseModel):
    """A photo that could not be read."""

    photo: str
    reason: str
    """What is wrong with it, and what to do."""


class JobOut(BaseModel):
    """Photos on their way into the catalogue."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "job_id": "2f1c7f0e9a5b4c6d8e7f",
                "state": "running",
                "done": 3,
                "total": 12,
                "garments": 5,
                "broken": [{"photo": "notes.txt", "reason": "notes.txt is not JPEG, PNG or WebP."}],
                "status": "3 of 12 photos done, 1 broken",
            }
        }
    )

    job_id: str
    state: JobState
    """``failed`` where the rest could not be added; photos done before it stay."""
    done: int
    """Photos dealt with, broken ones and those known before among them."""
    total: int
    """Photos sent."""
    garments: int
    """Garments written so far: they can be found from then on."""
    broken: list[BrokenOut]
    """Photos that are none; they keep nothing from the others."""
    status: str
    """How far it is, in a sentence."""
