"""A garment of the catalogue, without anything that only the server should know."""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlparse

from attire.catalog.garment import Garment
from attire.serve.answers.colours import colour_seen
from attire.serve.schemas.garments import GarmentOut
from attire.serve.schemas.reading import ColourSeen

__all__ = ["colours_of", "garment_out", "photo_name"]


def garment_out(garment: Garment) -> GarmentOut:
    """Put a garment into the answer's words."""
    x1, y1, x2, y2 = (round(float(side), 1) for side in garment.box)
    return GarmentOut(
        garment_id=garment.garment_id,
        photo=photo_name(garment.photo_uri),
        picture=f"/v1/garments/{garment.garment_id}/picture",
        box=(x1, y1, x2, y2),
        category=garment.category,
        score=round(float(garment.score), 4),
        attributes=list(garment.attributes),
        parts=list(garment.parts),
        colours=colours_of(garment),
        seen_at=None if garment.seen_at is None else garment.seen_at.isoformat(),
        source=garment.source,
        own={name: _plain(value) for name, value in garment.own.items()},
    )


def colours_of(garment: Garment) -> list[ColourSeen]:
    """Give a garment's colours, largest share first."""
    found = zip(garment.colours, garment.colour_lab, garment.colour_share, strict=True)
    return [colour_seen(name, lab, float(share)) for name, lab, share in found]


def photo_name(uri: str) -> str:
    """Give the file name of a photo, and nothing of where it lies.

    Example:
        >>> photo_name("/srv/photos/red dress.jpg"), photo_name("s3://bucket/2024/a%20b.jpg")
        ('red dress.jpg', 'a b.jpg')
    """
    parsed = urlparse(uri)
    path = unquote(parsed.path) if len(parsed.scheme) > 1 else uri
    return PurePosixPath(path.replace("\\", "/")).name


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
