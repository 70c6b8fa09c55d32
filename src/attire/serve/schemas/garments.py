"""Garments of the catalogue as the service gives them: pictures by link, never a path of the server."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from attire.serve.schemas.reading import ColourSeen

__all__ = ["Facet", "FacetValue", "FacetsOut", "GarmentOut", "GarmentPage", "RangeOut"]


class GarmentOut(BaseModel):
    """A row of the catalogue."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "garment_id": "05f09429021ea0cf-0",
                "photo": "15970.jpg",
                "picture": "/v1/garments/05f09429021ea0cf-0/picture",
                "box": [120.0, 64.5, 388.0, 710.0],
                "category": "dress",
                "score": 0.94,
                "attributes": ["midi", "floral"],
                "parts": ["sleeve", "neckline"],
                "colours": [{"name": "navy", "hex": "#1b2450", "lab": [16.4, 12.1, -27.6], "share": 0.71}],
                "seen_at": "2026-05-01T00:00:00",
                "source": "shop",
                "own": {"brand": "Example", "price": 59.9},
            }
        },
    )

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


class RangeOut(BaseModel):
    """Between what the values of a column of numbers lie."""

    column: str
    min: float
    max: float


class FacetsOut(BaseModel):
    """What the garments of a filter are like."""

    total: int
    """Garments that the filter leaves."""
    facets: list[Facet]
    ranges: list[RangeOut]
