"""What the catalogue's table holds of a garment: one row, whose columns have a version."""

from datetime import datetime
from functools import cache

from lancedb.pydantic import LanceModel, Vector
from pydantic import Field, create_model

__all__ = ["NEVER_A_USERS", "SCHEMA_VERSION", "GarmentRow", "row_model"]

SCHEMA_VERSION = 1
"""Rises with every change of the columns; :mod:`attire.catalog.migration` brings older tables up to it."""


class GarmentRow(LanceModel):
    """One garment of one photo. Parts and decorations are named in the row of their garment.

    A table has these columns, ``embedding`` (see :func:`row_model`), and the user's own beside them.
    """

    garment_id: str
    """``photo_id``, a hyphen and ``garment``; the same each time the photo is read."""
    photo_id: str
    """16 hexadecimal digits, made of ``photo_uri``."""
    photo_uri: str
    """Absolute path, or URI such as ``s3://bucket/key``."""
    photo_digest: str
    """Hexadecimal BLAKE2b of the file's bytes: tells whether the photo has changed."""
    photo_look: str
    """Perceptual hash, 16 hexadecimal digits: photos that differ in few bits show the same picture."""
    photo_height: int
    """In pixels, upright."""
    photo_width: int
    """In pixels, upright."""
    garment: int
    """Place in the photo, from 0, surest first."""
    category_id: int
    """Id in the ontology."""
    category: str
    """Short name in the ontology."""
    score: float
    """Calibrated probability, in 0 … 1, that category and outline are right."""
    network_score: float
    """What the network itself says, in 0 … 1."""
    attributes: list[str] = Field(default_factory=list)
    """Short names of those said to hold, in ontology order."""
    attribute_probs: list[float] = Field(default_factory=list)
    """Of all attributes, in 0 … 1, in ontology order; empty where the category carries none."""
    parts: list[str] = Field(default_factory=list)
    """Short names of its parts and decorations, each once."""
    colours: list[str] = Field(default_factory=list)
    """Names of its dominant colours, largest first."""
    colour_lab: list[float] = Field(default_factory=list)
    """CIELAB (D65) of each of them, three numbers after one another."""
    colour_share: list[float] = Field(default_factory=list)
    """Share of the garment, in 0 … 1, that has each of them."""
    mask: str
    """Run-lengths of the photo's size in COCO's compressed form."""
    box: list[float]
    """xyxy in pixels, exclusive right and bottom."""
    seen_at: datetime | None = None
    """When it was seen, UTC: what the user's own data or the photo itself say; None if nothing does."""
    indexed_at: datetime
    """When the row was written, UTC."""
    source: str
    """Where the photo came from, in the user's word."""
    model: str
    """What read it."""
    encoder: str
    """Version of what made the embedding: rows of different ones cannot be compared."""


@cache
def row_model(dimensions: int) -> type[GarmentRow]:
    """Make the model of a table whose embeddings have so many numbers.

    Args:
        dimensions: Length D of the embedding, L2-normalised, float32.

    Example:
        >>> row_model(256).to_arrow_schema().field("embedding").type.list_size
        256
    """
    return create_model(
        "GarmentRow",
        __base__=GarmentRow,
        embedding=(Vector(dimensions), ...),
    )


NEVER_A_USERS = frozenset({*GarmentRow.model_fields, "embedding", "_distance", "_rowid", "_score"})
"""Names that columns of the user's cannot have."""
