"""What ``/v1/recommend`` takes and answers."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from attire.serve.schemas.garments import GarmentOut

__all__ = ["PersonIn", "RecommendationOut", "RecommendationsOut"]

_Ids = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]


class PersonIn(BaseModel):
    """What is known of a person: a garment they like, or a wish, at least."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "example": {"liked": [], "disliked": [], "wish": "plain top in black without pockets", "k": 6}
        },
    )

    liked: _Ids = []
    """Ids of garments that they like; the last one counts as the latest."""
    disliked: _Ids = []
    """Ids of garments that they do not like."""
    wish: Annotated[str | None, Field(max_length=1000)] = None
    """In words, as ``/v1/search`` takes for ``text``."""
    k: Annotated[int, Field(ge=1, le=100)] = 10
    """Garments at most."""
    where: Annotated[str | None, Field(max_length=4000)] = None
    """What they have to be."""
    any_stock: bool = False
    """Whether also to recommend what a column of stock does not say is there."""


class RecommendationOut(BaseModel):
    """A garment, and why."""

    score: float
    """Higher is better; comparable within one answer only."""
    reasons: list[str]
    """Each true of this garment, most telling first."""
    slot: str | None
    """Of an outfit: the place it takes, such as ``bottom``."""
    garment: GarmentOut


class RecommendationsOut(BaseModel):
    """What is recommended, the first choice first."""

    results: list[RecommendationOut]
