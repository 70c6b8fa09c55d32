"""Photos as parts of a form."""

import io
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from PIL import Image, ImageOps

from attire.errors import DataError

__all__ = ["PhotoLike", "photo_file"]

PhotoLike: TypeAlias = str | Path | bytes | BinaryIO | Image.Image
"""A file's path, its content, an open file (binary), or a Pillow image."""

_QUALITY = 95
"""Of an image that is sent as JPEG; outlines and colours are read from it as from the image itself."""


def photo_file(photo: PhotoLike) -> tuple[str, bytes, str]:
    """Give a photo's name, content and media type.

    Files are sent as they are, and the service tells what they hold. An image is sent upright: as JPEG of
    quality 95 without subsampled colours, or as PNG where it is partly transparent.

    Raises:
        DataError: If it cannot be read, or is none of these.

    Example:
        >>> photo_file(b"content")
        ('photo', b'content', 'application/octet-stream')
    """
    if isinstance(photo, Image.Image):
        return _encoded(photo)
    if isinstance(photo, bytes | bytearray | memoryview):
        return "photo", bytes(photo), "application/octet-stream"
    if isinstance(photo, str | Path):
        try:
            return Path(photo).name, Path(photo).read_bytes(), "application/octet-stream"
        except OSError as error:
            raise DataError(f"{photo}: cannot be read: {error.strerror}.") from None
    return _from_file(photo)


def _from_file(file: Any) -> tuple[str, bytes, str]:
    content = file.read() if hasattr(file, "read") else None
    if not isinstance(content, bytes):
        raise DataError(
            "A photo is a path, bytes, a file opened in binary mode or a PIL image, not "
            f"{type(file).__name__}."
        )
    named = getattr(file, "name", None)
    return (Path(named).name if isinstance(named, str) else "photo"), content, "application/octet-stream"


def _encoded(image: Image.Image) -> tuple[str, bytes, str]:
    name = Path(str(getattr(image, "filename", "") or "photo")).stem
    upright = ImageOps.exif_transpose(image)
    file = io.BytesIO()
    if upright.has_transparency_data or upright.mode not in ("RGB", "L", "CMYK", "YCbCr", "P", "1"):
        upright.save(file, "PNG")
        return f"{name}.png", file.getvalue(), "image/png"
    upright.convert("RGB").save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return f"{name}.jpg", file.getvalue(), "image/jpeg"
