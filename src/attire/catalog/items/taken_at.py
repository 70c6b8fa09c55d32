"""When a photo was taken, as its own file says."""

import struct
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

__all__ = ["taken_at"]

EARLIEST = 1990
"""Year before which no photo has a date of its own: EXIF came later."""
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error)


def taken_at(photo: Path | str | bytes) -> datetime | None:
    """Read when a photo was taken from the EXIF in its header; no pixel is decoded.

    Args:
        photo: A file, or its bytes.

    Returns:
        ``DateTimeOriginal`` in UTC. Without ``OffsetTimeOriginal`` the camera's own clock is taken for UTC,
        which is off by hours. None where there is no date, or one that cannot be: of a damaged file, before
        1990, or in the future; or of a PNG whose EXIF lies behind its pixels.
    """
    try:
        with Image.open(BytesIO(photo) if isinstance(photo, bytes) else photo) as image:
            # Pillow would decode a PNG to its end to look for EXIF behind the pixels.
            if image.format == "PNG" and "exif" not in image.info:
                return None
            exif = image.getexif().get_ifd(ExifTags.IFD.Exif)
        return date_of(exif.get(ExifTags.Base.DateTimeOriginal), exif.get(ExifTags.Base.OffsetTimeOriginal))
    except (*_BROKEN, Warning, Image.DecompressionBombError):  # what Pillow warns of may be made an error
        return None


def date_of(date: Any, offset: Any = None) -> datetime | None:
    """Read EXIF's two texts of a date.

    Args:
        date: Such as ``2026:01:31 18:05:59``.
        offset: Such as ``+01:00``; None or anything else for UTC.

    Returns:
        The date in UTC; None if there is none or it cannot be.

    Example:
        >>> date_of("2024:05:01 00:30:00", "+02:00").isoformat()
        '2024-04-30T22:30:00+00:00'
        >>> date_of("0000:00:00 00:00:00") is None
        True
    """
    if not isinstance(date, str):
        return None
    try:
        local = datetime.strptime(date.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    taken = local.replace(tzinfo=_zone(offset))
    if local.year < EARLIEST or taken > datetime.now(UTC) + timedelta(days=1):
        return None
    return taken.astimezone(UTC)


def _zone(offset: Any) -> timezone:
    try:
        zone = datetime.strptime(str(offset).strip("\0 "), "%z").tzinfo
    except ValueError:
        return UTC
    return zone if isinstance(zone, timezone) else UTC
