"""One photo, looked at: does it decode, how large is it, and what is odd about it."""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.photo_end import is_cut_short
from attire.annotations.audit.photo_print import PhotoPrint, take_print
from attire.photos import to_rgb

__all__ = ["PhotoLook", "look_at_photo"]

_ORIENTATION = 0x0112
_TURNS = {
    2: "mirrored left to right",
    3: "turned by 180 degrees",
    4: "mirrored top to bottom",
    5: "mirrored and turned to the left",
    6: "turned to the right",
    7: "mirrored and turned to the right",
    8: "turned to the left",
}
_SIDEWAYS = 5  # from here on, height and width change places
_GREY_MODES = frozenset({"1", "L", "LA", "La", "I", "F"})
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError)
"""What Pillow's decoders raise on damaged files, besides ``struct.error`` and ``zlib.error``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLook:
    """What an audit keeps of a photo."""

    size: tuple[int, int] | None = None
    """``(height, width)`` in pixels after EXIF orientation; None if the photo cannot be read."""
    stored_size: tuple[int, int] | None = None
    """``(height, width)`` in pixels as stored, before EXIF orientation."""
    print: PhotoPrint | None = None
    """Fingerprint, where one was asked for and the photo can be read."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it."""


def look_at_photo(path: Path, file: str, *, with_print: bool = False) -> PhotoLook:
    """Decode a photo to its last pixel and say what is wrong with it.

    Args:
        path: The photo.
        file: How findings name it.
        with_print: Whether to take its fingerprint.

    Returns:
        What was seen; a photo that cannot be read has a fault and no size.
    """
    limit = Image.MAX_IMAGE_PIXELS
    try:
        data = path.read_bytes()
    except OSError as error:
        return _unreadable("broken-photo", file, f"cannot be opened ({error.strerror})")
    if not data:
        return _unreadable("truncated-photo", file, "is an empty file")
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if limit is not None and width * height > limit:
                return _unreadable("decompression-bomb", file, _too_large(limit, (height, width)))
            if image.format == "PNG":
                _check_sums(data)
            turn = _orientation(image)
            rgb = to_rgb(image)
            oddities = [fault(code, file, what) for code, what in _oddities(image, rgb, turn)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _unreadable("decompression-bomb", file, _too_large(limit))
    except UnidentifiedImageError:
        if is_cut_short(data):
            return _unreadable("truncated-photo", file, f"ends within its head, after {len(data)} bytes")
        return _unreadable("broken-photo", file, "is no photo that Pillow can read")
    except (*_BROKEN, struct.error, zlib.error) as error:
        if is_cut_short(data) or "truncated" in str(error):
            return _unreadable("truncated-photo", file, f"ends too early, after {len(data)} bytes ({error})")
        return _unreadable("broken-photo", file, f"cannot be decoded ({error})")
    if data.startswith(b"\xff\xd8") and is_cut_short(data):
        oddities.append(fault("truncated-photo", file, "decodes, but the end of the JPEG is not there"))
    return PhotoLook(
        size=(rgb.height, rgb.width),
        stored_size=(height, width),
        print=take_print(rgb) if with_print else None,
        faults=tuple(oddities),
    )


def _check_sums(data: bytes) -> None:
    """Compare a PNG's checksums, which decoding passes over."""
    with Image.open(io.BytesIO(data)) as image:
        image.verify()


def _oddities(image: Image.Image, rgb: Image.Image, turn: int) -> Iterator[tuple[str, str]]:
    """Name what readers stumble over although the photo is sound."""
    if turn in _TURNS:
        yield "exif-rotated", f"has EXIF orientation {turn}: {_TURNS[turn]} before it is shown"
    if image.mode in ("P", "PA"):
        yield "palette-photo", f"has a palette (mode {image.mode}), expected RGB"
    elif image.mode == "CMYK":
        yield "cmyk-photo", "has printing colours (mode CMYK), expected RGB"
    elif image.mode in _GREY_MODES or image.mode.startswith("I;"):
        yield "grey-photo", f"is grey-scale (mode {image.mode}), expected RGB"
    elif _is_grey(rgb):
        yield "grey-photo", f"has red = green = blue in every pixel (mode {image.mode})"


def _is_grey(rgb: Image.Image) -> bool:
    """Compare the channels; a small version settles it for nearly all photos."""
    small = np.asarray(rgb.resize((32, 32), Image.Resampling.BOX))
    if (small != small[..., :1]).any():
        return False
    pixels = np.asarray(rgb)
    return bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all())


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except (*_BROKEN, struct.error):  # damaged EXIF says nothing; the photo itself may be sound
        return 1
    return value if isinstance(value, int) else 1


def _too_large(limit: int | None, size: tuple[int, int] | None = None) -> str:
    found = "has" if size is None else f"has {size[0]}x{size[1]} = {size[0] * size[1]} pixels,"
    return f"{found} more than the {limit} pixels that are safe to unpack"


def _unreadable(code: str, file: str, what: str) -> PhotoLook:
    return PhotoLook(faults=(fault(code, file, what),))
