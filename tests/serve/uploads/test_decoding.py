import asyncio
import io
import struct
import time
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, features

from attire.photos import to_rgb
from attire.serve import Settings
from attire.serve.problems import Problem
from attire.serve.uploads import ALLOWED_FORMATS, PixelRoom, decode_upload, open_upload
from attire.serve.uploads.decoding import MIN_SIDE_PX


def pixels(height: int = 48, width: int = 32) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (height, width, 3)).astype(np.uint8))


def encoded(form: str, image: Image.Image | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    (image or pixels()).save(file, form, **options)
    return file.getvalue()


def refused(data: bytes, **settings: Any) -> Problem:
    with pytest.raises(Problem) as raised:
        open_upload(data, "look.jpg", Settings(**settings))
    assert "look.jpg" in raised.value.detail
    assert "0x" not in raised.value.detail
    return raised.value


@pytest.mark.parametrize("form", ALLOWED_FORMATS)
def test_the_formats_of_the_web_are_read(form: str) -> None:
    image = open_upload(encoded(form), "look.gif", Settings())
    assert (image.mode, image.size, image.info) == ("RGB", (32, 48), {})


def test_avif_is_among_them_where_pillow_has_it() -> None:
    assert ("AVIF" in ALLOWED_FORMATS) == features.check("avif")


def test_the_format_of_iphones_is_told_apart() -> None:
    assert "Send it as JPEG" in refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(300)).detail


@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP", "ICO", "PPM", "TGA", "PDF", "EPS", "JPEG2000", "PCX"])
def test_other_formats_are_refused_though_pillow_could_read_them(form: str) -> None:
    assert refused(encoded(form, pixels(64, 64))).status == 415


def test_photos_of_all_modes_become_rgb() -> None:
    for mode in ("1", "L", "P", "RGBA", "LA", "I;16"):
        image = open_upload(encoded("PNG", pixels().convert("L").convert(mode)), "x", Settings())
        assert image.mode == "RGB"
    assert open_upload(encoded("JPEG", pixels().convert("CMYK")), "x", Settings()).mode == "RGB"


def test_orientation_is_applied_and_all_metadata_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "where I live"
    data = encoded("JPEG", exif=exif, icc_profile=b"profile", comment=b"secret", xmp=b"<x:xmpmeta/>")
    assert b"where I live" in data
    image = open_upload(data, "x", Settings())
    assert image.size == (48, 32)
    assert image.info == {}
    assert not dict(image.getexif())
    assert b"secret" not in encoded("PNG", image)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "damage", [b"\xff" * 40, b"MM\x00*\xff\xff\xff\xff", b"II*\x00\x08\x00\x00\x00\xff\xff"]
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_damage_in_metadata_does_no_harm(form: str, damage: bytes) -> None:
    data = encoded(form, exif=b"Exif\x00\x00" + damage, icc_profile=damage)
    assert open_upload(data, "x", Settings()).size == (32, 48)


@pytest.mark.parametrize("form", ALLOWED_FORMATS)
def test_what_is_cut_short_is_refused_wherever_it_is_cut(form: str) -> None:
    data = encoded(form)
    for kept in range(0, len(data) - 16, max(len(data) // 40, 1)):
        assert refused(data[:kept]).status in (400, 415)
    assert refused(data[: len(data) // 2]).status == 400


def test_an_empty_file_is_refused() -> None:
    assert refused(b"").status == 400


@pytest.mark.parametrize("form", ALLOWED_FORMATS)
def test_pixels_are_limited(form: str) -> None:
    data = encoded(form)
    assert refused(data, max_pixels=48 * 32 - 1).status == 413
    assert open_upload(data, "x", Settings(max_pixels=48 * 32)).size == (32, 48)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn = zlib.compress(bytes((width * 3 + 1) * height)) if width * height < 10**6 else zlib.compress(b"")
    parts = [(b"IHDR", header), *chunks, (b"IDAT", drawn), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize("size", [(8000, 8000), (100_000, 100_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    begun = time.monotonic()
    assert refused(png(*size)).status == 413
    assert time.monotonic() - begun < 0.5


def test_no_setting_allows_more_than_pillow_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert refused(png(32, 48), max_pixels=10**9).status == 413


def test_text_that_unpacks_to_very_much_is_not_unpacked() -> None:
    packed = zlib.compress(bytes(50_000_000))
    assert refused(png(32, 32, (b"zTXt", b"Comment\x00\x00" + packed))).status == 400


def test_zero_pixels_are_refused() -> None:
    assert refused(png(0, 32)).status == 400
    assert refused(png(32, 0)).status == 400


def test_a_photo_of_a_few_pixels_shows_nothing() -> None:
    assert refused(png(MIN_SIDE_PX - 1, 400)).status == 422
    assert open_upload(png(MIN_SIDE_PX, 400), "x", Settings()).size == (MIN_SIDE_PX, 400)


@pytest.mark.parametrize("form", [form for form in ALLOWED_FORMATS if form != "JPEG"])
def test_an_animation_is_refused(form: str) -> None:
    frames = [pixels().rotate(angle) for angle in (0, 90, 180)]
    data = encoded(form, frames[0], save_all=True, append_images=frames[1:])
    assert refused(data).status == 415


def test_a_jpeg_with_a_second_picture_behind_it_is_a_photo() -> None:
    data = encoded("MPO", pixels(), save_all=True, append_images=[pixels(16, 16)])
    assert open_upload(data, "x", Settings()).size == (32, 48)


def test_a_jpeg_of_very_many_scans_is_refused() -> None:
    data = encoded("JPEG", Image.new("L", (4000, 4000)), progressive=True)
    end = data.rindex(b"\xff\xd9")
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x05\x00\x00"  # refines nothing
    assert refused(data[:end] + 20_000 * scan + data[end:]).status == 413


def slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(image: Image.Image) -> Image.Image:
        time.sleep(0.3)
        return to_rgb(image)

    monkeypatch.setattr("attire.serve.uploads.decoding.to_rgb", slow)


def test_decoding_is_bounded_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slowed(monkeypatch)

    async def decode() -> None:
        deadline = asyncio.get_running_loop().time() + 0.05
        async with decode_upload(encoded("JPEG"), "x", Settings(), PixelRoom(1000), deadline=deadline):
            pass

    with pytest.raises(Problem) as raised:
        asyncio.run(decode())
    assert raised.value.status == 504


@pytest.mark.parametrize(("pixels", "at_once"), [(1, 1), (48 * 32, 1), (2 * 48 * 32, 2), (9 * 48 * 32, 5)])
def test_photos_wait_until_there_is_room_for_their_pixels(pixels: int, at_once: int) -> None:
    most = 0

    async def hold(room: PixelRoom, deadline: float) -> None:
        nonlocal most
        async with decode_upload(encoded("JPEG"), "x", Settings(), room, deadline=deadline):
            most = max(most, room.taken // (48 * 32))
            await asyncio.sleep(0.05)

    async def all_of_them() -> None:
        room, deadline = PixelRoom(pixels), asyncio.get_running_loop().time() + 20
        await asyncio.gather(*(hold(room, deadline) for _ in range(5)))
        assert room.taken == 0

    asyncio.run(all_of_them())
    assert most == at_once


def test_who_waits_too_long_for_room_is_told_and_leaves_it_to_others() -> None:
    async def wait() -> int:
        room, now = PixelRoom(48 * 32), asyncio.get_running_loop().time()
        async with room.hold(48 * 32):
            with pytest.raises(Problem) as raised:
                async with decode_upload(encoded("JPEG"), "x", Settings(), room, deadline=now + 0.2):
                    pass
        async with decode_upload(encoded("JPEG"), "x", Settings(), room, deadline=now + 20):
            return raised.value.status

    assert asyncio.run(wait()) == 504
