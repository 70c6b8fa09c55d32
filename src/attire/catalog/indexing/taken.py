"""When a photo was taken, as its camera wrote into it."""

from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

__all__ = ["taken_at"]

_EXIF, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011


def taken_at(data: bytes) -> datetime | None:
    """Read the time from a photo's EXIF.

    Args:
        data: The file's bytes.

    Returns:
        UTC; a camera that does not say its zone is taken to be there. None if nothing is said, or nonsense.

    Example:
        >>> taken_at(b"no photo")
    """
    with suppress(Exception):  # whatever a damaged file does to a decoder: it says nothing of time
        with Image.open(BytesIO(data)) as image:
            said = image.getexif().get_ifd(_EXIF)
        offset = str(said.get(_OFFSET, "+00:00")).strip("\0 ") or "+00:00"
        taken = str(said[_TAKEN]).strip("\0 ")
        return datetime.strptime(f"{taken} {offset}", "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
    return None
