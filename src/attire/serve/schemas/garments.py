"""Garments of the catalogue as the service gives them: pictures by link, never a path of the server."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from attire.serve.schemas.reading import ColourSeen

__all__ = ["Facet", "FacetValue", "GarmentOut", "GarmentPage"]


class GarmentOut(BaseModel):
    """A row of the catalogue."""

    model_config = ConfigDict(extra="forbid")

    garment_id: str
    photo: str
    """Name of the photo's file."""
    picture: str
    """Where to get a picture of it: ``/v1/garments/ID/picture``."""
    box: tuple[float, float, float, float]
    """xyxy in pixels of the photo."""
    category: str
    score: Annotated[float, Field(ge=0, le=1)]
    attributes: list[str]
    parts: list[str]
    colours: list[ColourSeen]
    seen_at: str | None
    source: str
    own: dict[str, Any]
    """The user's own columns."""


class GarmentPage(BaseModel):
    """Some garments of the catalogue."""

    total: int
    """That the filter leaves."""
    offset: int
    garments: list[GarmentOut]


class FacetValue(BaseModel):
    """How many garments have a value."""

    value: str
    count: int


class Facet(BaseModel):
    """A column and its values, most frequent first."""

    column: str
    values: list[FacetValue]
