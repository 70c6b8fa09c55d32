"""Files that are no photos, or not to be unpacked; and odd ones that are photos all the same."""

import base64
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image
from tests.serve.hostile.made import (
    FORMS,
    PNG,
    canvas_webp,
    chunk,
    exif,
    picture,
    png,
    resized_avif,
    resized_jpeg,
    resized_webp,
    saved,
    segments,
    tag,
)

Files = Iterator[tuple[str, bytes]]
_CUTS = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96)
_MANY = zlib.compress(bytes(60_000_000), 9)
_SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x01\x05\x00\x00"


def hostile_files() -> Files:
    """Give what is to be refused, each with a phrase."""
    yield from bombs()
    yield from cut_short()
    yield from of_other_types()
    yield from polyglots()
    yield from of_no_size()
    yield from moving()
    yield from malformed()


def bombs() -> Files:
    """Give little that says it is, or unpacks to, very much."""
    most = 2**31 - 1
    for width, height in [
        (8000, 8000),
        (65535, 65535),
        (100_000, 100_000),
        (most, most),
        (most, 1),
        (1, most),
    ]:
        yield f"png of {width}x{height}", png(width, height, drawn=b"")
    for width, height in [(8000, 8000), (65500, 65500), (65535, 65535), (60000, 1000)]:
        yield f"jpeg of {width}x{height}", resized_jpeg(width, height)
    for width, height in [(8000, 8000), (16384, 16384)]:
        yield f"webp of {width}x{height}", resized_webp(width, height)
        yield f"webp canvas of {width}x{height}", canvas_webp(width, height)
    for width, height in [(8000, 8000), (40000, 40000), (most, most)]:
        yield f"avif of {width}x{height}", resized_avif(width, height)
    yield "one-bit png of 20,000x20,000 that is sound", png(20_000, 20_000, depth=1, colour=0)
    yield "grey png of 7,100x7,100 that is sound", png(7100, 7100, colour=0)
    yield "png whose profile unpacks to 60 MB", png(64, 64, chunk(b"iCCP", b"a\0\0" + _MANY))
    yield "png whose text unpacks to 60 MB", png(64, 64, chunk(b"zTXt", b"Comment\0\0" + _MANY))
    yield "png whose text of signs unpacks to 60 MB", png(64, 64, chunk(b"iTXt", b"a\0\1\0\0\0" + _MANY))
    yield "png whose text of all chunks is 80 MB", png(64, 64, *90 * [_text(b"zTXt")])
    plain = Image.new("L", (5000, 5000))
    many = saved(plain, format="JPEG", progressive=True)
    yield "jpeg of 40,000 empty scans", many[:-2] + 40_000 * _SCAN + many[-2:]


def _text(kind: bytes) -> bytes:
    return chunk(kind, b"Comment\0\0" + zlib.compress(bytes(900_000), 9))


def cut_short() -> Files:
    """Give photos of each format that end too early."""
    for form, options in FORMS.items():
        data = saved(**options)
        for part in _CUTS:
            yield f"{form} cut at {part:.0%}", data[: int(len(data) * part)]
    broken_exif = segments(saved(), (0xE1, exif(tag(0x0112, 3, 2**31, 2**31), 65535)))
    yield "jpeg with broken EXIF, cut", broken_exif[: len(broken_exif) // 2]
    broken_icc = segments(saved(), (0xE2, b"ICC_PROFILE\0\1\xff" + b"\xff" * 128))
    yield "jpeg with a broken profile, cut", broken_icc[: len(broken_icc) // 2]
    broken_icc = segments(saved(), *300 * [(0xE2, b"ICC_PROFILE\0\0\0")])
    yield "jpeg with 300 broken profiles, cut", broken_icc[:-900]


def of_other_types() -> Files:
    """Give what is of a type that is not read, pictures among it."""
    for form in (
        "GIF",
        "TIFF",
        "BMP",
        "ICO",
        "PPM",
        "TGA",
        "PDF",
        "EPS",
        "JPEG2000",
        "PCX",
        "SGI",
        "DDS",
    ):
        yield f"{form.lower()}", saved(format=form)
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "html", b"<!doctype html><script>alert(1)</script>"
    yield "xml of a billion laughs", b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    yield "javascript", b"alert(document.cookie)"
    yield "text", b"Das ist kein Foto."
    yield "text in UTF-16", "no photo".encode("utf-16")
    yield "json", b'{"photo": "look.jpg"}'
    yield "zip of a photo", _zip(saved())
    yield "zip in a zip of a photo", _zip(_zip(saved()))
    yield "gzip of a photo", gzip.compress(saved())
    yield "gzip of 60 MB", gzip.compress(bytes(60_000_000))
    yield "base64 of a photo", base64.b64encode(saved())
    yield "data URI of a photo", b"data:image/jpeg;base64," + base64.b64encode(saved())
    yield "program", b"\x7fELF\x02\x01\x01" + bytes(200)
    yield "windows program", b"MZ" + bytes(300)
    yield "heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(300)
    yield "film", b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(300)
    yield "sound", b"RIFF\x24\0\0\0WAVEfmt " + bytes(300)
    yield "postscript that runs", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n"
    yield "imagemagick script", b"push graphic-context\nviewbox 0 0 9 9\nfill 'url(https://127.0.0.1/)'\n"
    yield "font", b"\0\1\0\0\0\x0f\0\x80" + bytes(100)
    yield "pickle", b"\x80\x04\x95\x1c\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
    for seed in range(8):
        yield f"noise {seed}", np.random.default_rng(seed).integers(0, 255, 2000).astype(np.uint8).tobytes()


def _zip(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("look.jpg", data)
    return file.getvalue()


def polyglots() -> Files:
    """Give what is two things at once, the first of them no photo that is read."""
    script = b"/*" + bytes(20) + b"*/=1;alert(1)//"
    yield "gif and javascript", b"GIF89a" + script
    yield "gif and javascript that is sound", saved(format="GIF") + script
    yield "bmp and javascript", b"BM" + script
    yield "pdf and jpeg", b"%PDF-1.4\n" + saved()
    yield "html and jpeg", b"<script>alert(1)</script>" + saved()
    yield "svg and png", b"<svg/>" + saved(format="PNG")
    yield "zip and jpeg", _zip(b"a") + saved()
    yield "newline and png", b"\n" + saved(format="PNG")
    yield "jpeg by its first bytes, then html", b"\xff\xd8\xff\xe0<script>alert(1)</script>"
    yield "png by its first bytes, then html", PNG + b"<script>alert(1)</script>"
    yield "webp by its first bytes, then html", b"RIFF\x40\0\0\0WEBPVP8 <script>alert(1)</script>"
    yield "avif by its first bytes, then html", b"\0\0\0\x1cftypavif\0\0\0\0<script>alert(1)</script>"
    yield "png by its first bytes, then jpeg", PNG + saved()
    yield "jpeg by its first bytes, then png", b"\xff\xd8\xff" + saved(format="PNG")
    yield "icon with a png in it", saved(picture(64, 64), format="ICO")
    yield "tiff with a jpeg in it", saved(format="TIFF", compression="jpeg")


def of_no_size() -> Files:
    """Give what has no bytes, no pixels, or too few to see anything."""
    yield "nothing", b""
    yield "one zero", b"\0"
    yield "a thousand zeros", bytes(1000)
    yield "png of 0x64", png(0, 64, drawn=b"")
    yield "png of 64x0", png(64, 0, drawn=b"")
    yield "png of 0x0", png(0, 0, drawn=b"")
    yield "jpeg of 0x128", resized_jpeg(0, 128)
    yield "jpeg of 96x0", resized_jpeg(96, 0)
    yield "jpeg of 0x0", resized_jpeg(0, 0)
    yield "avif of 0x0", resized_avif(0, 0)
    for form, options in FORMS.items():
        yield f"{form} of 1x1", saved(Image.new("RGB", (1, 1)), **options)
    yield "png of 15x4000", png(15, 4000)
    yield "png of 4,000,000x1", png(4_000_000, 1)


def moving() -> Files:
    """Give what has several pictures."""
    frames = [picture().rotate(angle) for angle in (0, 90, 180, 270)]
    for form in ("GIF", "PNG", "WEBP", "AVIF", "TIFF"):
        yield f"moving {form.lower()}", saved(frames[0], format=form, save_all=True, append_images=frames[1:])
    yield "png of 2 billion pictures", png(64, 64, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)))
    yield "pdf of four pictures", saved(frames[0], format="PDF", save_all=True, append_images=frames[1:])


def malformed() -> Files:
    """Give what has the first bytes of a photo and breaks its format later."""
    data = saved()
    at = data.index(b"\xff\xda")
    yield "jpeg of two bytes", b"\xff\xd8"
    yield "jpeg that begins and ends", b"\xff\xd8\xff\xd9"
    yield "jpeg that begins a thousand times", b"\xff\xd8" * 1000
    yield "jpeg with a segment of no length", b"\xff\xd8\xff\xe0\x00\x00" + bytes(50)
    yield "jpeg with a segment past its end", b"\xff\xd8\xff\xe1\xff\xffExif\0\0"
    yield "jpeg without tables", data[: data.index(b"\xff\xdb")] + data[data.index(b"\xff\xc0") :]
    yield "jpeg without pixels", data[:at] + b"\xff\xd9"
    yield "jpeg with 0 parts", data.replace(b"\x08\x00\x80\x00\x60\x03", b"\x08\x00\x80\x00\x60\x00", 1)
    yield "png without header", PNG + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    yield "png without pixels", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    yield "png of depth 7", png(64, 64, depth=7, drawn=b"")
    yield "png with a false checksum", png(64, 64).replace(b"IHDR\0\0\0\x40", b"IHDR\0\0\0\x41", 1)
    yield "png whose pixels do not unpack", png(64, 64)[:41] + chunk(b"IDAT", b"not packed") + bytes(12)
    yield "png with a chunk past its end", PNG + b"\x7f\xff\xff\xffIHDR" + bytes(30)
    yield "webp with a chunk past its end", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\x7f" + bytes(50)
    yield "webp of an empty canvas", canvas_webp(1, 1)[:30]
    yield "avif without boxes", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(20)
    yield "avif with a box in itself", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0\0\0\x08meta" * 50


def odd_photos() -> Files:
    """Give photos that are odd and show a picture all the same."""
    loop = exif(tag(0x8769, 4, 1, 8) + tag(0x0112, 3, 1, 99 << 16), 2, next_ifd=8)
    yield "jpeg whose EXIF leads into itself", segments(saved(), (0xE1, loop))
    yield (
        "jpeg whose EXIF has huge offsets",
        segments(saved(), (0xE1, exif(tag(0x10E, 2, 2**31, 2**32 - 1), 1))),
    )
    yield "jpeg whose EXIF has 65,535 entries", segments(saved(), (0xE1, exif(b"", 65535)))
    yield "jpeg whose EXIF is no EXIF", segments(saved(), (0xE1, b"Exif\0\0" + b"\xff" * 60))
    yield "jpeg whose EXIF is empty", segments(saved(), (0xE1, b"Exif\0\0"))
    yield "jpeg whose profile is noise", segments(saved(), (0xE2, b"ICC_PROFILE\0\1\1" + b"\xff" * 200))
    yield "jpeg whose profile lacks parts", segments(saved(), (0xE2, b"ICC_PROFILE\0\7\x09" + bytes(200)))
    yield "jpeg with 500 comments", segments(saved(), *500 * [(0xFE, b"<script>" * 100)])
    yield "jpeg with html in a comment", segments(saved(), (0xFE, b"<script>alert(1)</script>"))
    yield "jpeg and zip", saved() + _zip(b"a")
    yield "jpeg and html", saved() + b"<script>alert(1)</script>"
    yield "png and javascript", saved(format="PNG") + b"/*\n*/alert(1)"
    yield "png of a few rows that says it has many", png(2000, 2000, drawn=bytes(6001 * 3))
    yield "png with 2,000 texts", png(64, 64, *2000 * [chunk(b"tEXt", b"a\0<script>")])
    yield "png whose EXIF is noise", png(64, 64, chunk(b"eXIf", b"\xff" * 60))
    yield "webp whose EXIF is noise", saved(format="WEBP", exif=b"Exif\0\0" + b"\xff" * 60)
    yield "png of 16 bits", saved(Image.fromarray(np.full((64, 64), 40_000, np.uint16)), format="PNG")
    yield "jpeg of four inks", saved(picture().convert("CMYK"), format="JPEG")
    yield "jpeg with another behind it", saved(format="MPO", save_all=True, append_images=[picture(64, 64)])
    yield "png of 16x4,000", png(16, 4000)
    yield "png of 30,000x16", png(30_000, 16)
