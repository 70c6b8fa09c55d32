"""Photos as they are kept: upright, without metadata, named by what was sent."""

from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from PIL import Image

from attire.atomic import atomic_path
from attire.catalog.items import taken_at
from attire.serve.settings import Settings
from attire.serve.uploads import open_upload

__all__ = ["keep_photo"]

_JPEG_QUALITY = 95
_NAME_BYTES = 180
"""Of a name, so that every file system takes it."""
_PNG = b"\x89PNG"


def keep_photo(data: bytes, name: str, folder: Path, settings: Settings) -> tuple[str, datetime | None]:
    """Check a photo and write it: PNG as PNG, all others as JPEG of quality 95 with colours at full size.

    Args:
        data: The file as it was sent.
        name: What it is called, cleaned.
        folder: Receives a folder named by the digest, with the file in it.
        settings: With ``max_pixels``.

    Returns:
        The digest of what was sent, 32 hexadecimal digits, and when the photo was taken if it said so.

    Raises:
        Problem: If it is no photo, or one that is not taken.
    """
    image = open_upload(data, name, settings)
    digest = blake2b(data, digest_size=16).hexdigest()
    lossless = data.startswith(_PNG)
    path = folder / digest / f"{_stem(name)}{'.png' if lossless else '.jpg'}"
    if not path.parent.exists():
        _write(image, path, lossless=lossless)
    return digest, taken_at(data)


def _write(image: Image.Image, path: Path, *, lossless: bool) -> None:
    with atomic_path(path) as temporary:
        if lossless:
            image.save(temporary, format="PNG")
        else:
            image.save(temporary, format="JPEG", quality=_JPEG_QUALITY, subsampling=0)


def _stem(name: str) -> str:
    """Give a name without its ending, short enough for a file.

    Example:
        >>> _stem("red dress.final.jpg"), len(_stem("é" * 200).encode()) <= 180
        ('red dress.final', True)
    """
    stem = name.rpartition(".")[0] or name
    return stem.encode()[:_NAME_BYTES].decode(errors="ignore").rstrip() or "photo"
