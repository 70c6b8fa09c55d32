"""Photos from files: upright, RGB, eight bits, whatever they were saved as."""

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from PIL import Image, UnidentifiedImageError

from attire.errors import DataError

__all__ = ["PHOTO_SUFFIXES", "Draft", "list_photos", "photo_size", "read_draft", "read_photo", "to_rgb"]

PHOTO_SUFFIXES = frozenset(
    {".avif", ".bmp", ".gif", ".jfif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
)
"""Endings of the files taken for photos, in lower case."""

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LEFT_AND_TOP = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
"""By EXIF orientation, whether the right or lower rim of what is stored lies left or above once upright."""
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError)
"""What Pillow's decoders raise on damaged files, besides ``struct.error`` and ``zlib.error``."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A photo, perhaps decoded smaller than it is."""

    image: Image.Image
    """RGB, upright."""
    size: tuple[int, int]
    """``(height, width)`` of the photo at its full size, in pixels."""
    box: tuple[float, float, float, float]
    """Where the photo lies in the image, xyxy in pixels of the image: the last pixel may show it in part."""

    @classmethod
    def whole(cls, image: Image.Image) -> Self:
        """Take an image that is as large as its photo.

        Example:
            >>> Draft.whole(Image.new("RGB", (40, 20))).size
            (20, 40)
        """
        return cls(image, (image.height, image.width), (0, 0, image.width, image.height))


def read_photo(path: Path | str, *, max_side: int | None = None) -> Image.Image:
    """Read a photo the way people see it.

    EXIF orientation is applied and all metadata dropped; grey, palette, CMYK, 1-bit and 16-bit photos
    become RGB; transparency is laid on white. Of several frames, the first is taken.

    Args:
        path: JPEG, PNG, WebP or any other file that Pillow reads.
        max_side: Longest side wanted, in pixels. A JPEG is then decoded at a half, a quarter or an
            eighth where that still is at least this long; other formats come at their full size.

    Returns:
        RGB image.

    Raises:
        DataError: If there is no such file, it is no photo, is damaged or cut short, or would unpack
            to more pixels than ``PIL.Image.MAX_IMAGE_PIXELS``.
    """
    with _opened(Path(path)) as image:
        if max_side is not None:
            _draft(image, max_side)
        return to_rgb(image)


def read_draft(path: Path | str, needed: Callable[[tuple[int, int]], tuple[int, int]]) -> Draft:
    """Read a photo as :func:`read_photo` does, at least as large as needed and, if a JPEG, not much larger.

    A JPEG is decoded at a half, a quarter or an eighth where that is large enough, in less than half the time
    at twelve megapixels. Other formats come at their full size.

    Args:
        path: JPEG, PNG, WebP or any other file that Pillow reads.
        needed: Gives the ``(height, width)`` that is needed of a photo of ``(height, width)`` pixels.

    Raises:
        DataError: As :func:`read_photo`.
    """
    with _opened(Path(path)) as image:
        orientation = _orientation(image)
        turned = orientation >= 5
        width, height = image.size
        size = (width, height) if turned else (height, width)
        high, wide = needed(size)
        drafted = image.draft(None, (high, wide) if turned else (wide, high))
        _, _, right, bottom = (0.0, 0.0, width, height) if drafted is None else drafted[1]
        spare = (image.width - right, image.height - bottom)
        across, down = spare[::-1] if turned else spare
        upright = to_rgb(image)
        flipped_x, flipped_y = _LEFT_AND_TOP[orientation]
        left, top = across * flipped_x, down * flipped_y
        return Draft(upright, size, (left, top, upright.width - across + left, upright.height - down + top))


def photo_size(path: Path | str) -> tuple[int, int]:
    """Give the ``(height, width)`` that :func:`read_photo` would return, from the file's header.

    Only a PNG without EXIF ahead of its pixels is read to its end, because its EXIF may follow them.

    Raises:
        DataError: As :func:`read_photo`, as far as the header tells.
    """
    with _opened(Path(path)) as image:
        width, height = image.size
        return (width, height) if _orientation(image) >= 5 else (height, width)


def to_rgb(image: Image.Image) -> Image.Image:
    """Turn an image upright by its EXIF orientation, make it RGB and drop its metadata.

    Args:
        image: Any mode; it is left as it is.

    Returns:
        RGB image of its own.

    Example:
        >>> to_rgb(Image.new("RGBA", (1, 1), (255, 0, 0, 0))).getpixel((0, 0))
        (255, 255, 255)
    """
    turn = _TURNS.get(_orientation(image))
    if "transparency" in image.info or image.mode in ("RGBA", "RGBa", "LA", "La", "PA"):
        clear = image.convert("RGBA")
        rgb = Image.new("RGB", clear.size, "white")
        rgb.paste(clear, mask=clear.getchannel("A"))
    else:
        rgb = _eight_bits(image).convert("RGB")
    if turn is not None:
        rgb = rgb.transpose(turn)
    elif rgb is image:
        rgb = rgb.copy()
    rgb.info = {}
    # Pillow keeps EXIF it has parsed apart from `info`, and would turn the photo a second time.
    rgb.getexif().clear()
    return rgb


def list_photos(folder: Path | str) -> list[Path]:
    """List the photos that lie directly in a folder, sorted by name; hidden files are left out.

    Raises:
        DataError: If there is no such folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder. Give a folder with photos.")
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PHOTO_SUFFIXES and not path.name.startswith(".") and path.is_file()
    )


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a photo, and say in one way whatever is wrong with it, now or while it is decoded."""
    try:
        with Image.open(path) as image:
            _refuse_bomb(image, path)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DataError(f"{path}: {error} Make it smaller, or leave it out.") from None
    except FileNotFoundError:
        raise DataError(f"{path}: no such photo. Check the name and the folder.") from None
    except IsADirectoryError:
        raise DataError(f"{path}: is a folder, expected a photo.") from None
    except PermissionError:
        raise DataError(f"{path}: may not be read. Check its permissions.") from None
    except UnidentifiedImageError:
        raise DataError(
            f"{path}: is no photo that Pillow can read. Fetch it again, or leave it out."
        ) from None
    except (*_BROKEN, struct.error, zlib.error) as error:
        raise DataError(
            f"{path}: is damaged or cut short ({error}). Fetch it again, or leave it out."
        ) from None


def _refuse_bomb(image: Image.Image, path: Path) -> None:
    width, height = image.size
    limit = Image.MAX_IMAGE_PIXELS
    if limit is not None and width * height > limit:
        raise DataError(
            f"{path}: has {width}x{height} = {width * height} pixels, more than the {limit} that are safe to "
            "unpack. Make it smaller, or leave it out."
        )


def _orientation(image: Image.Image) -> int:
    if image.format == "PNG" and "exif" not in image.info:
        image.load()  # EXIF may follow the pixels; damage in these is not damage of EXIF
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except (*_BROKEN, struct.error):  # damaged EXIF says nothing; the photo itself may be sound
        return 1
    return value if isinstance(value, int) and value in (1, *_TURNS) else 1


def _draft(image: Image.Image, max_side: int) -> None:
    longest = max(image.size)
    width, height = (-(-side * max_side // longest) for side in image.size)
    image.draft(None, (width, height))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey to eight bits; Pillow's own conversion would cut it off at 255."""
    if image.mode == "I" or image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image).clip(0, 65535) / 257 + 0.5).astype(np.uint8))
    if image.mode == "F":
        return Image.fromarray((np.asarray(image).clip(0, 255) + 0.5).astype(np.uint8))
    return image
