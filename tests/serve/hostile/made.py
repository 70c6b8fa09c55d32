"""Small photos in every format, and the parts that hostile ones are made of."""

import io
import struct
import zlib
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"
FORMS: dict[str, dict[str, Any]] = {
    "jpeg": {"format": "JPEG", "quality": 80},
    "progressive jpeg": {"format": "JPEG", "progressive": True},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "quality": 70},
    "lossless webp": {"format": "WEBP", "lossless": True},
    "avif": {"format": "AVIF"},
}
"""How :func:`saved` saves, by what it is called."""


@cache
def picture(width: int = 96, height: int = 128) -> Image.Image:
    """Give a picture that packs badly, so that there is something to cut."""
    noise = np.random.default_rng(7).integers(0, 255, (height // 8, width // 8, 3)).astype(np.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image | None = None, **options: Any) -> bytes:
    """Give the file of a picture."""
    file = io.BytesIO()
    (image or picture()).save(file, **(options or FORMS["jpeg"]))
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """Give a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int, height: int, *before: bytes, depth: int = 8, colour: int = 2, drawn: bytes | None = None
) -> bytes:
    """Give a PNG that says what size it is, with chunks before its pixels, which are black if not given."""
    if drawn is None:
        drawn = bytes((width * {0: 1, 2: 3, 6: 4}[colour] * depth // 8 + 1) * height)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(drawn, 9))
    return PNG + chunk(b"IHDR", header) + b"".join(before) + pixels + chunk(b"IEND", b"")


def resized_jpeg(width: int, height: int) -> bytes:
    """Give a JPEG whose header says another size than its pixels have."""
    data = bytearray(saved())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def resized_webp(width: int, height: int) -> bytes:
    """Give a WebP whose header says another size than its pixels have."""
    data = bytearray(saved(format="WEBP", lossless=True))
    at = data.index(b"VP8L") + 9
    bits = struct.unpack("<I", data[at : at + 4])[0] >> 28 << 28
    data[at : at + 4] = struct.pack("<I", bits | (height - 1) << 14 | (width - 1))
    return bytes(data)


def canvas_webp(width: int, height: int) -> bytes:
    """Give a WebP with a canvas of a size around a small picture."""
    inner = saved(format="WEBP")[12:]
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + canvas + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def resized_avif(width: int, height: int) -> bytes:
    """Give an AVIF whose box says another size than its pixels have."""
    data = bytearray(saved(format="AVIF"))
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", width, height)
    return bytes(data)


def segments(data: bytes, *more: tuple[int, bytes]) -> bytes:
    """Put segments, each a marker and a body, behind a JPEG's first two bytes."""
    put = b"".join(bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body for marker, body in more)
    return data[:2] + put + data[2:]


def exif(tags: bytes, count: int, next_ifd: int = 0) -> bytes:
    """Give a segment of EXIF from its raw entries."""
    ifd = struct.pack(">H", count) + tags + struct.pack(">I", next_ifd)
    return b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + ifd


def tag(number: int, kind: int, count: int, value: int) -> bytes:
    """Give an entry of EXIF."""
    return struct.pack(">HHII", number, kind, count, value)
