import io

import numpy as np
import pytest
from PIL import Image

from attire.errors import DataError
from attire.photos import Draft, list_photos, photo_size, read_draft, read_photo, to_rgb

RED, WHITE = (255, 0, 0), (255, 255, 255)


def two_halves(size=(6, 4)):
    """Red above, white below."""
    photo = Image.new("RGB", size, WHITE)
    photo.paste(RED, (0, 0, size[0], size[1] // 2))
    return photo


def with_alpha(mode):
    clear = Image.new("RGBA", (6, 4), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 6, 2))
    if mode == "P":
        palette = Image.new("P", (6, 4), 1)
        palette.putpalette([255, 0, 0, 0, 0, 255])
        palette.paste(0, (0, 0, 6, 2))
        palette.info["transparency"] = 1
        return palette
    if mode == "RGB":
        keyed = Image.new("RGB", (6, 4), (1, 2, 3))
        keyed.paste(RED, (0, 0, 6, 2))
        keyed.info["transparency"] = (1, 2, 3)
        return keyed
    return clear.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P", "RGB"])
def test_what_is_transparent_becomes_white(mode):
    photo = to_rgb(with_alpha(mode))
    assert photo.mode == "RGB"
    assert photo.getpixel((0, 3)) == WHITE
    if mode != "PA":
        assert photo.getpixel((0, 0)) == ((76, 76, 76) if mode == "LA" else RED)
    assert "transparency" not in photo.info


@pytest.mark.parametrize("suffix", [".png", ".webp"])
def test_transparency_is_read_from_files(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    with_alpha("RGBA").save(path, **({"lossless": True} if suffix == ".webp" else {}))
    photo = read_photo(path)
    assert (photo.getpixel((5, 0)), photo.getpixel((5, 3))) == (RED, WHITE)


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [
        ("L", ".jpg"),
        ("L", ".png"),
        ("1", ".png"),
        ("P", ".png"),
        ("CMYK", ".jpg"),
        ("RGB", ".webp"),
        ("RGB", ".bmp"),
        ("RGB", ".tif"),
    ],
)
def test_every_mode_becomes_rgb(tmp_path, mode, suffix):
    path = tmp_path / f"a{suffix}"
    half = Image.new("L", (16, 16), 0)
    half.paste(255, (0, 0, 16, 8))
    half.convert("RGB").convert(mode).save(path)
    photo = read_photo(path)
    assert photo.mode == "RGB"
    assert photo_size(path) == (16, 16)
    assert min(photo.getpixel((8, 1))) > 240
    assert max(photo.getpixel((8, 14))) < 15


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_are_scaled_not_cut_off(tmp_path, suffix):
    path = tmp_path / f"deep{suffix}"
    ramp = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    Image.fromarray(ramp).save(path)
    np.testing.assert_array_equal(np.asarray(read_photo(path))[..., 0].reshape(-1), np.arange(256))


def test_integers_and_floats_are_brought_to_eight_bits():
    assert to_rgb(Image.new("I", (1, 1), 65535)).getpixel((0, 0)) == WHITE
    assert to_rgb(Image.new("F", (1, 1), 300.0)).getpixel((0, 0)) == WHITE


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_upright_once(tmp_path, orientation, suffix):
    upright = Image.new("RGB", (32, 16), WHITE)
    upright.paste(RED, (0, 0, 16, 8))  # tells all eight orientations apart
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned{suffix}"
    stored.save(path, exif=exif)
    photo = read_photo(path)
    assert (photo.height, photo.width) == photo_size(path) == (16, 32)
    difference = np.abs(np.asarray(photo, int) - np.asarray(upright, int))
    assert difference.mean() < 8
    assert to_rgb(photo).size == photo.size
    assert photo.info == {}
    assert not dict(photo.getexif())


def test_to_rgb_leaves_its_argument_alone():
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    two_halves().save(buffer, "JPEG", exif=exif)
    image = Image.open(buffer)
    assert to_rgb(image).size == (4, 6)
    assert image.size == (6, 4)
    assert image.getexif()[0x0112] == 6
    plain = two_halves()
    to_rgb(plain).paste((0, 0, 0), (0, 0, 6, 4))
    assert plain.getpixel((0, 0)) == RED


def test_damaged_exif_does_not_cost_the_photo(tmp_path):
    path = tmp_path / "exif.jpg"
    two_halves((32, 32)).save(path, exif=b"Exif\x00\x00not a tiff header at all")
    assert read_photo(path).size == (32, 32)
    assert photo_size(path) == (32, 32)


@pytest.mark.parametrize("read", [read_photo, photo_size, lambda path: read_draft(path, lambda size: size)])
def test_a_png_whose_pixels_are_damaged_is_refused_rather_than_black(tmp_path, read):
    file = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(file, "PNG")
    data = bytearray(file.getvalue())
    at = data.index(b"IDAT") + 4
    data[at + 400 : at + 900] = 500 * b"\xff"
    (tmp_path / "black.png").write_bytes(data)
    with pytest.raises(DataError, match=r"black\.png: is damaged or cut short"):
        read(tmp_path / "black.png")


def test_truncated_photos_are_refused_with_their_path(tmp_path):
    whole = tmp_path / "whole.jpg"
    Image.effect_noise((200, 200), 90).save(whole)
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(whole.read_bytes()[:-2000])
    with pytest.raises(DataError, match=r"cut\.jpg: is damaged or cut short .*Fetch it again"):
        read_photo(cut)
    assert photo_size(cut) == (200, 200)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".gif", ".bmp"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.9])
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow warns about a TIFF before it gives up
def test_any_cut_is_a_data_error(tmp_path, suffix, share):
    whole, cut = tmp_path / f"whole{suffix}", tmp_path / f"cut{suffix}"
    Image.effect_noise((64, 64), 90).save(whole)
    content = whole.read_bytes()
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DataError, match=rf"cut\{suffix}: "):
        read_photo(cut)


def test_bytes_that_are_no_photo_are_refused(tmp_path):
    path = tmp_path / "page.jpg"
    path.write_text("<html>not found</html>")
    for read in (read_photo, photo_size):
        with pytest.raises(DataError, match=r"page\.jpg: is no photo that Pillow can read"):
            read(path)


def test_missing_photos_and_folders_are_said(tmp_path):
    for read in (read_photo, photo_size):
        with pytest.raises(DataError, match="no such photo"):
            read(tmp_path / "absent.jpg")
        with pytest.raises(DataError, match="is a folder"):
            read(tmp_path)


@pytest.mark.parametrize("limit", [1000, 3000], ids=["Pillow refuses", "Pillow warns"])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_decompression_bombs_are_refused(tmp_path, monkeypatch, limit):
    path = tmp_path / "bomb.png"
    Image.new("L", (64, 64)).save(path)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
    for read in (read_photo, photo_size):
        with pytest.raises(DataError, match=r"bomb\.png: .*Make it smaller"):
            read(path)


@pytest.mark.parametrize("max_side", [1, 63, 100, 126, 250, 499, 500, 501, 999, 1000, 4000])
@pytest.mark.parametrize("size", [(1000, 777), (777, 1000), (1001, 999)])
def test_a_draft_is_never_smaller_than_asked_for(tmp_path, size, max_side):
    path = tmp_path / "large.jpg"
    two_halves(size).save(path)
    photo = read_photo(path, max_side=max_side)
    assert max(photo.size) >= min(max_side, max(size))
    assert max(photo.size) <= max(max(size) / 8 + 1, 2 * max_side + 1)
    assert photo.height / photo.width == pytest.approx(size[1] / size[0], rel=0.02)


def waves(size):
    """A photo in which a shift of one pixel in a hundred shows, on either axis."""
    x, y = (np.sin(np.arange(side) * 2 * np.pi / 120) for side in size)
    pixels = 128 + 60 * x[None, :] + 60 * y[:, None]
    return Image.fromarray(np.repeat(pixels[:, :, None].astype(np.uint8), 3, axis=2))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_draft_lies_on_the_full_photo_whichever_way_it_was_held(tmp_path, orientation):
    """1001 pixels make 126 of eight each, so that the last one shows one pixel in eight."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "large.jpg"
    waves((1001, 777)).save(path, exif=exif, quality=95)
    full, draft = read_photo(path), read_draft(path, lambda size: (60, 60))
    assert draft.size == (full.height, full.width) == photo_size(path)
    assert sorted(draft.image.size) == [98, 126]

    def small(image, box):
        return np.asarray(image.resize((60, 60), Image.Resampling.BILINEAR, box=box), int)

    expected = small(full, None)
    assert np.abs(small(draft.image, draft.box) - expected).max() <= 8
    assert np.abs(small(draft.image, None) - expected).max() > 16


@pytest.mark.parametrize(
    ("needed", "divisor"), [((97, 125), 8), ((98, 125), 4), ((97, 126), 4), ((1, 500), 2), ((400, 1), 1)]
)
@pytest.mark.parametrize("turned", [False, True], ids=["level", "turned"])
def test_no_side_of_a_draft_is_shorter_than_needed(tmp_path, needed, divisor, turned):
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    path = tmp_path / "large.jpg"
    two_halves((1001, 777)).save(path, exif=exif)
    draft = read_draft(path, lambda size: needed[::-1] if turned else needed)
    width, height = -(-1001 // divisor), -(-777 // divisor)
    assert draft.image.size == ((height, width) if turned else (width, height))


def test_a_draft_of_another_format_is_the_whole_photo(tmp_path):
    two_halves((100, 60)).save(tmp_path / "a.png")
    draft = read_draft(tmp_path / "a.png", lambda size: (6, 10))
    assert (draft.image.size, draft.size, draft.box) == ((100, 60), (60, 100), (0, 0, 100, 60))
    assert draft.box == Draft.whole(draft.image).box
    with pytest.raises(DataError, match="no such photo"):
        read_draft(tmp_path / "absent.jpg", lambda size: size)


def test_only_photos_are_listed_by_name(tmp_path):
    for name in ("b.JPG", "a.png", ".hidden.jpg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.jpg").mkdir()
    assert [path.name for path in list_photos(tmp_path)] == ["a.png", "b.JPG"]
    with pytest.raises(DataError, match="no such folder"):
        list_photos(tmp_path / "absent")
