"""Small pictures of garments, cut out of their photos."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image

from attire.catalog.garment import Garment
from attire.errors import AttireError
from attire.photos import Draft, read_draft

__all__ = ["Thumbnails", "cut_out"]

_MARGIN = 0.06
_QUALITY = 80


class Thumbnails:
    """Gives pictures as data URIs, each garment's once, until a page would become too large."""

    def __init__(self, side: int = 150, most_bytes: int = 6_000_000) -> None:
        """Set the size.

        Args:
            side: Longest side in pixels.
            most_bytes: Of all pictures together; what comes later gets none.
        """
        self.side, self.left = side, most_bytes
        self._made: dict[str, str | None] = {}

    def data_uri(self, garment: Garment) -> str | None:
        """Give a garment's picture, or None where its photo cannot be read or there is no room left."""
        if garment.garment_id not in self._made:
            self._made[garment.garment_id] = self._make(garment)
        return self._made[garment.garment_id]

    def _make(self, garment: Garment) -> str | None:
        path = _local(garment.photo_uri)
        if path is None or self.left <= 0:
            return None
        try:
            picture = cut_out(path, garment, self.side)
        except AttireError:
            return None
        file = BytesIO()
        picture.save(file, format="JPEG", quality=_QUALITY, optimize=True)
        data = file.getvalue()
        self.left -= len(data)
        return f"data:image/jpeg;base64,{b64encode(data).decode('ascii')}"


def cut_out(path: Path, garment: Garment, side: int) -> Image.Image:
    """Cut a garment out of its photo by its box, with a little around it.

    A JPEG is decoded no larger than that takes.

    Args:
        path: The photo.
        garment: Its box.
        side: Longest side of the picture, in pixels.

    Raises:
        DataError: If the photo cannot be read.
    """
    left, top, right, bottom = garment.box
    longest = max(right - left, bottom - top, 1.0)

    def needed(size: tuple[int, int]) -> tuple[int, int]:
        share = min(1.0, side / longest)
        return max(1, round(size[0] * share)), max(1, round(size[1] * share))

    draft = read_draft(path, needed)
    place = _in_draft(garment, draft, longest * _MARGIN)
    picture = draft.image.crop(place)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def _in_draft(garment: Garment, draft: Draft, margin: float) -> tuple[int, int, int, int]:
    """The box in pixels of the draft, never empty."""
    height, width = garment.photo_size if min(garment.photo_size) > 0 else draft.size
    x0, y0, x1, y1 = draft.box
    across, down = (x1 - x0) / width, (y1 - y0) / height
    left, top, right, bottom = garment.box
    place = [
        x0 + (left - margin) * across,
        y0 + (top - margin) * down,
        x0 + (right + margin) * across,
        y0 + (bottom + margin) * down,
    ]
    wide, high = draft.image.size
    begin_x, begin_y = (min(max(int(p), 0), end - 1) for p, end in zip(place[:2], (wide, high), strict=True))
    end_x, end_y = (min(max(int(p + 0.5), 1), end) for p, end in zip(place[2:], (wide, high), strict=True))
    return begin_x, begin_y, max(end_x, begin_x + 1), max(end_y, begin_y + 1)


def _local(uri: str) -> Path | None:
    """Give the path of a photo on this machine; None for others.

    Example:
        >>> _local("/photos/a.jpg") == Path("/photos/a.jpg"), _local("s3://bucket/a.jpg")
        (True, None)
    """
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    return None if "://" in uri else Path(uri)
