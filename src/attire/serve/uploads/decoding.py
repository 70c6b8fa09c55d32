"""Uploaded photos decoded: judged by their content, measured before they are unpacked, freed of metadata."""

import asyncio
import io
import struct
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from PIL import Image, UnidentifiedImageError, features

from attire.photos import to_rgb
from attire.serve.problems import Problem
from attire.serve.settings import Settings
from attire.serve.uploads.pixel_room import PixelRoom

__all__ = ["ALLOWED_FORMATS", "MIN_SIDE_PX", "count_pixels", "decode_upload", "open_upload"]

ALLOWED_FORMATS = ("JPEG", "PNG", "WEBP", *(("AVIF",) if features.check("avif") else ()))
"""What Pillow calls the formats that are read; all others are refused unopened."""
MIN_SIDE_PX = 16
"""Of a photo's shorter side: on less, nobody can tell a garment."""

_NAMED = " or ".join(", ".join(ALLOWED_FORMATS).replace("WEBP", "WebP").rsplit(", ", 1))
_MAX_SCANNED_PIXELS = 4_000_000_000
"""Pixels times scans of a JPEG. A camera's picture has ten scans at most; each costs time for all pixels,
even if it holds none."""
_SCAN = b"\xff\xda"
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on damaged files."""


def open_upload(data: bytes, name: str, settings: Settings) -> Image.Image:
    """Decode a photo that nobody vouches for.

    The content decides what it is, never its name or declared type. EXIF orientation is applied; EXIF, colour
    profile, XMP and comments are dropped, and damage in them does no harm.

    Args:
        data: The whole file.
        name: What to call it in problems, cleaned.
        settings: With ``max_pixels``.

    Returns:
        RGB image, upright, of its own: ``data`` may go.

    Raises:
        Problem: 400 if it is empty, damaged or cut short; 413 if it has too many pixels; 415 if it is of
            another format or an animation; 422 if it is too small to show a garment.

    Example:
        >>> open_upload(b"GIF89a", "a.gif", Settings())
        Traceback (most recent call last):
        ...
        attire.serve.problems.Problem: a.gif is not JPEG, PNG, WebP or AVIF. Save it as one of these.
    """
    with _opened(data, name, settings) as image:
        return to_rgb(image)


def count_pixels(data: bytes, name: str, settings: Settings) -> int:
    """Give how many pixels a photo will be unpacked to, from its header.

    Args:
        data: The whole file.
        name: What to call it in problems, cleaned.
        settings: With ``max_pixels``.

    Raises:
        Problem: As :func:`open_upload`, as far as the header tells.
    """
    with _opened(data, name, settings) as image:
        return image.width * image.height


@asynccontextmanager
async def decode_upload(
    data: bytes, name: str, settings: Settings, room: PixelRoom, *, deadline: float
) -> AsyncIterator[Image.Image]:
    """Decode a photo in a thread, as :func:`open_upload`, once there is room for its pixels.

    Args:
        data: The whole file.
        name: What to call it in problems, cleaned.
        settings: With ``max_pixels``.
        room: Holds its pixels until the block is left.
        deadline: By :func:`asyncio.loop.time`.

    Raises:
        Problem: As :func:`open_upload`; 504 if it is not decoded by the deadline.
    """
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout_at(deadline):
                pixels = await asyncio.to_thread(count_pixels, data, name, settings)
                await stack.enter_async_context(room.hold(pixels))
                image = await asyncio.to_thread(open_upload, data, name, settings)
        except TimeoutError:
            raise Problem(
                504, f"{name} could not be decoded in time. Make it smaller, or try again."
            ) from None
        yield image


@contextmanager
def _opened(data: bytes, name: str, settings: Settings) -> Iterator[Image.Image]:
    """Open a photo whose header says nothing against it, and say in one way whatever is wrong with it."""
    _check_signature(data, name)
    try:
        with Image.open(io.BytesIO(data), formats=ALLOWED_FORMATS) as image:
            _check_header(image, data, name, settings)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name, _most_pixels(settings)) from None
    except MemoryError:
        raise Problem(413, f"{name} takes more memory than there is. Make it smaller.") from None
    except (UnidentifiedImageError, *_BROKEN):
        raise Problem(400, f"{name} is damaged or cut short. Save or send it again.") from None


def _check_signature(data: bytes, name: str) -> None:
    """Refuse what does not even claim to be of an allowed format."""
    if not data:
        raise Problem(400, f"{name} is empty. Send the photo itself.")
    box, brand = data[4:8], data[8:12]
    jpeg = data.startswith(b"\xff\xd8\xff")
    png = data.startswith(b"\x89PNG\r\n\x1a\n")
    webp = data.startswith(b"RIFF") and brand == b"WEBP"
    avif = box == b"ftyp" and brand in (b"avif", b"avis", b"mif1", b"msf1")
    if jpeg or png or webp or (avif and "AVIF" in ALLOWED_FORMATS):
        return
    if box == b"ftyp" and brand[:2] == b"he":
        raise Problem(415, f"{name} is HEIC, as iPhones save it. Send it as JPEG.")
    raise Problem(415, f"{name} is not {_NAMED}. Save it as one of these.")


def _check_header(image: Image.Image, data: bytes, name: str, settings: Settings) -> None:
    """Refuse by the header what is not to be unpacked."""
    pixels = image.width * image.height
    if pixels > _most_pixels(settings):
        raise _too_many_pixels(name, _most_pixels(settings))
    if pixels == 0:
        raise Problem(400, f"{name} has no pixels. Save or send it again.")
    # A JPEG with a map of depth or brightness behind the picture counts as several frames, and is a photo.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise Problem(415, f"{name} is an animation. Send one picture of it.")
    if image.format in ("JPEG", "MPO") and pixels * data.count(_SCAN) > _MAX_SCANNED_PIXELS:
        raise Problem(413, f"{name} has too many scans for its size. Save it again as a plain JPEG.")
    if min(image.size) < MIN_SIDE_PX:
        raise Problem(
            422,
            f"{name} has {image.width}x{image.height} pixels; no garment can be told on fewer than "
            f"{MIN_SIDE_PX} in height or width. Send a larger one.",
        )


def _most_pixels(settings: Settings) -> int:
    return min(settings.max_pixels, Image.MAX_IMAGE_PIXELS or settings.max_pixels)


def _too_many_pixels(name: str, most: int) -> Problem:
    return Problem(413, f"{name} has more than {most:,} pixels. Make it smaller.")
