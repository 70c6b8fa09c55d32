"""Garments as the service gives them: what may be seen of a row, and no path."""

import math
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import from_lab
from attire.catalog.garment import Garment
from attire.serve.schemas.garments import GarmentOut
from attire.serve.schemas.reading import ColourSeen

__all__ = ["colours_out", "file_name", "garment_out"]


def garment_out(garment: Garment) -> GarmentOut:
    """Give a garment as it is answered."""
    left, top, right, bottom = (round(float(side), 1) for side in garment.box)
    return GarmentOut(
        garment_id=garment.garment_id,
        photo=file_name(garment.photo_uri),
        picture=f"/v1/garments/{quote(garment.garment_id, safe='')}/picture",
        box=(left, top, right, bottom),
        category=garment.category,
        score=round(min(max(float(garment.score), 0.0), 1.0), 4),
        attributes=list(garment.attributes),
        parts=list(garment.parts),
        colours=colours_out(garment.colours, garment.colour_lab, garment.colour_share),
        seen_at=None if garment.seen_at is None else garment.seen_at.isoformat(),
        source=garment.source,
        own={name: _plain(value) for name, value in garment.own.items()},
    )


def colours_out(
    names: Sequence[str], lab: npt.NDArray[np.floating[Any]], shares: Sequence[float] | npt.NDArray[Any]
) -> list[ColourSeen]:
    """Give dominant colours as they are answered.

    Args:
        names: Of each.
        lab: CIELAB (D65), shape ``(K, 3)``.
        shares: Of the garment, in 0 … 1.
    """
    if not len(names):
        return []
    return [
        ColourSeen(
            name=name,
            hex="#" + bytes(pixel).hex(),
            lab=(round(float(place[0]), 1), round(float(place[1]), 1), round(float(place[2]), 1)),
            share=round(min(max(float(share), 0.0), 1.0), 3),
        )
        for name, place, share, pixel in zip(names, lab, shares, from_lab(lab).tolist(), strict=True)
    ]


def file_name(uri: str) -> str:
    """Give the name of a photo's file, without where it lies.

    Example:
        >>> file_name("/srv/photos/a b.jpg"), file_name("s3://shop/in/a%20b.jpg?key=1")
        ('a b.jpg', 'a b.jpg')
    """
    path = unquote(urlsplit(uri).path) if "://" in uri else uri
    return re.split(r"[\\/]", path)[-1]


def _plain(value: Any) -> Any:
    """Make a value of the user's own ready for JSON, which has no times and no NaN."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    number = float(value)
    return number if math.isfinite(number) else None
