"""``POST /v1/catalog`` and its jobs."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attire.client.asking.ask import Ask, as_model, given, path_of
from attire.client.asking.photo_parts import PhotoLike, photo_file
from attire.serve.schemas.catalog import JobOut

__all__ = ["add_photos", "job"]


def add_photos(
    photos: Iterable[PhotoLike] | Mapping[str, PhotoLike],
    *,
    source: str | None = None,
    own: Mapping[str, Mapping[str, Any]] | None = None,
) -> Ask[JobOut]:
    """Add photos to the catalogue: they are read in the background.

    Args:
        photos: As ``predict`` takes them; with their names where what is given has none.
        source: Where they come from, in your word.
        own: Your own columns: from a photo's name to its columns; ``seen_at`` among them says when.

    Raises:
        DataError: If a photo cannot be read here.
        ServiceError: If the service cannot be reached, takes no photos, or no such columns.
    """
    if isinstance(photos, Mapping):
        files = [(name, *photo_file(photo)[1:]) for name, photo in photos.items()]
    else:
        files = [photo_file(photo) for photo in photos]
    columns = None if own is None else json.dumps({k: dict(v) for k, v in own.items()}, default=_plain)
    return Ask(
        method="POST",
        path="/v1/catalog",
        read=as_model(JobOut),
        data=given(source=source, own=columns),
        files=[("photos", file) for file in files],
        safe=False,
    )


def job(job_id: str) -> Ask[JobOut]:
    """Say how far photos are on their way into the catalogue."""
    return Ask(method="GET", path=path_of("/v1/catalog/jobs/{}", job_id), read=as_model(JobOut))


def _plain(value: Any) -> Any:
    """Write times and numpy's numbers as JSON has them."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is no value of a column")
