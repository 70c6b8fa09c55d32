"""What ``POST /v1/search`` takes and answers."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from attire.serve.schemas.garments import GarmentOut
from attire.serve.schemas.reading import ColourSeen, PhotoSeen

__all__ = ["AnswerOut", "QuerySeen", "ResultOut", "SearchForm", "SearchOut", "field_schemas"]

_PIXEL = re.compile(r"\s*([0-9]{1,7}(?:\.[0-9]*)?)\s*,\s*([0-9]{1,7}(?:\.[0-9]*)?)\s*")


def _pixel(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = _PIXEL.fullmatch(value)
    if found is None:
        raise ValueError("expected two numbers of at least 0 with a comma between them, such as 240,310")
    return float(found[1]), float(found[2])


Text = Annotated[str, Field(max_length=1000)]


class SearchForm(BaseModel):
    """The fields of a search beside the photo; all may be left out, empty ones are."""

    model_config = ConfigDict(extra="forbid")

    like: Annotated[
        str | None,
        Field(
            max_length=200,
            description="In place of a photo: id of a garment of the catalogue.",
            examples=["05f09429021ea0cf-0"],
        ),
    ] = None
    text: Annotated[
        Text | None,
        Field(
            description="What results are wished to be, in words: alone, or beside a photo or garment.",
            examples=["striped midi dress under 50"],
        ),
    ] = None
    garment: Annotated[
        int | None,
        Field(
            ge=1,
            le=10_000,
            description="Which garment of the photo, as /v1/predict numbers them; all if none is said.",
            examples=[1],
        ),
    ] = None
    at: Annotated[
        tuple[float, float] | None,
        BeforeValidator(_pixel, json_schema_input_type=str),
        Field(
            description="The garment of the photo that is at this pixel of it, upright: x,y.",
            examples=["240,310"],
        ),
    ] = None
    where: Annotated[
        str | None,
        Field(
            max_length=10_000,
            description="What results have to be, in the language of docs/search.md.",
            examples=['category = dress and "floral" in attributes'],
        ),
    ] = None
    but: Annotated[
        list[Text],
        Field(
            max_length=20,
            description="What is to be other than in the garment searched with; may come several times.",
            examples=[["longer", "in red"]],
        ),
    ] = []
    weights: Annotated[
        str | None,
        Field(
            max_length=200,
            description="How much each part of the likeness counts; 1 if not said.",
            examples=["shape=2,colour=1"],
        ),
    ] = None
    k: Annotated[int, Field(ge=1, le=100, description="Results per garment at most.")] = 10
    duplicates: Annotated[
        bool, Field(description="Whether to give photos that show the same picture as the one searched with.")
    ] = True
    photos: Annotated[
        Literal["auto", "street", "product"],
        Field(description="What the photo is; told by its ground if auto."),
    ] = "auto"


class QuerySeen(BaseModel):
    """The garment that was searched for."""

    number: int | None
    """Its number in the photo, from 1; null where it is one of the catalogue's."""
    garment_id: str | None
    """Its id in the catalogue; null where it is one of the photo's."""
    picture: str | None
    """Where to get a picture of it, if it is one of the catalogue's."""
    box: tuple[float, float, float, float]
    """xyxy in pixels of its photo."""
    category: str
    score: float
    attributes: list[str]
    parts: list[str]
    colours: list[ColourSeen]


class ResultOut(BaseModel):
    """A garment that was found."""

    rank: int
    """From 1."""
    relevance: float
    """What results are ranked by; what goes into it depends on the question."""
    similarity: float | None
    """Mean cosine over the weighed parts, -1 … 1; null where words alone were searched for."""
    parts_similarity: dict[str, float]
    """Cosine of each part of the likeness: shape, pattern and colour."""
    wishes: dict[str, float]
    """Probability that each wish holds, 0 … 1."""
    same_picture: bool
    """Whether its photo shows the same as the one searched with."""
    copies: int
    """How many further garments show the same, and were left out for it."""
    garment: GarmentOut


class AnswerOut(BaseModel):
    """What was found for one garment, or for words alone."""

    query: QuerySeen | None
    """Null for words alone."""
    asked: str
    """The question as it was understood."""
    notes: list[str]
    """What the reader has to know, such as words that nothing could be made of."""
    results: list[ResultOut]
    """Best first."""


class SearchOut(BaseModel):
    """An answer for every garment searched for."""

    photo: PhotoSeen | None
    """Null where none was sent."""
    answers: list[AnswerOut]
    """Empty where the photo shows no garment."""
    milliseconds: float
    """From the request's arrival."""


def field_schemas() -> Mapping[str, Any]:
    """Give the fields of a search as JSON schemas, for OpenAPI's description of the form."""
    return {name: _plain(field) for name, field in SearchForm.model_json_schema()["properties"].items()}


def _plain(field: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out that a field may be null: a form has no null, and leaves fields out."""
    kinds = [kind for kind in field.get("anyOf", ()) if kind.get("type") != "null"]
    kept = {name: value for name, value in field.items() if name not in ("anyOf", "title")}
    if kept.get("default", 0) is None:
        del kept["default"]
    return {**(kinds[0] if kinds else {}), **kept}
