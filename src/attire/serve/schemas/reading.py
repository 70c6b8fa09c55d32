"""What ``POST /v1/predict`` answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

__all__ = ["AttributeSeen", "ColourSeen", "InstanceSeen", "PhotoSeen", "Reading", "Segmentation"]

Probability = Annotated[float, Field(ge=0, le=1)]


class PhotoSeen(BaseModel):
    """The photo, upright."""

    name: str
    width: int
    height: int
    kind: Literal["street", "product"]
    """How it was read: a product on plain ground is read in a frame."""


class Segmentation(BaseModel):
    """A mask as COCO's compressed run-lengths."""

    size: tuple[int, int]
    """Height and width in pixels."""
    counts: str


class AttributeSeen(BaseModel):
    """What is said of a garment."""

    attribute_id: int
    name: str
    group: str
    probability: Probability
    """Calibrated."""
    holds: bool
    """Whether it is said to hold."""


class ColourSeen(BaseModel):
    """One of the dominant colours."""

    name: str
    hex: str
    """Such as ``#1b2a49``."""
    lab: tuple[float, float, float]
    share: Probability


class InstanceSeen(BaseModel):
    """A garment, or a part or decoration of one."""

    id: int
    """Place in the answer's list, from 0."""
    garment: int | None = None
    """Number by which ``/v1/search`` takes it, from 1; null for parts, and with ``keep=all``."""
    category_id: int
    category: str
    """Short name, as in ``/v1/ontology``."""
    kind: Literal["garment", "part"]
    score: Probability
    """Calibrated probability that category and outline are right."""
    network_score: Probability
    sure: bool
    """False where the score is too low to say it without doubt."""
    bbox: tuple[float, float, float, float]
    """COCO's: left, top, width and height in pixels."""
    area: int
    """Pixels of the mask."""
    segmentation: Segmentation | None = None
    polygons: list[list[float]] | None = None
    """Outlines as ``x, y, x, y, …`` in pixels, holes included: fill them by the even-odd rule."""
    attributes: list[AttributeSeen]
    """Those that are said to hold, and others of 0.2 or more, likeliest first; empty where the category
    carries none."""
    colours: list[ColourSeen]
    parts: list[int]
    """Ids of its parts."""
    part_of: int | None = None
    """Id of the garment that a part belongs to, if it was found."""
    point: tuple[float, float]
    """A pixel well inside the mask: what ``/v1/search`` takes as ``at``."""


class Reading(BaseModel):
    """What is in a photo, surest first."""

    photo: PhotoSeen
    model: str
    instances: list[InstanceSeen]
    milliseconds: float
    """From the photo's arrival."""
