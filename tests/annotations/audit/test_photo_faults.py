"""Each fault of a photo is found, and nothing else."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from attire.annotations.audit import KINDS, audit


def cut(path, share):
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def zero_tail(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def spoil_middle(path):
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 60] = bytes(60)
    path.write_bytes(data)


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def rolled(photo):
    return photo.transpose(Image.Transpose.ROTATE_90)


CASES = [
    ("a JPEG cut in half", "truncated-photo", "a.jpg", lambda f: cut(f.photos / "a.jpg", 0.5)),
    ("a JPEG cut in its head", "truncated-photo", "a.jpg", lambda f: cut(f.photos / "a.jpg", 0.02)),
    ("a JPEG without its last bytes", "truncated-photo", "a.jpg", lambda f: cut(f.photos / "a.jpg", 0.995)),
    ("a JPEG that ends in zeros", "truncated-photo", "a.jpg", lambda f: zero_tail(f.photos / "a.jpg")),
    ("a PNG cut in half", "truncated-photo", "c.png", lambda f: cut(f.photos / "c.png", 0.5)),
    ("an empty file", "truncated-photo", "a.jpg", lambda f: (f.photos / "a.jpg").write_bytes(b"")),
    ("a web page", "broken-photo", "a.jpg", lambda f: (f.photos / "a.jpg").write_bytes(b"<html></html>")),
    ("a PNG with a wrong checksum", "broken-photo", "c.png", lambda f: spoil_middle(f.photos / "c.png")),
    ("a grey JPEG", "grey-photo", "a.jpg", lambda f: f.redraw("a.jpg", lambda p: p.convert("L"))),
    (
        "grey in RGB",
        "grey-photo",
        "a.jpg",
        lambda f: f.redraw("a.jpg", lambda p: p.convert("L").convert("RGB")),
    ),
    ("grey with alpha", "grey-photo", "c.png", lambda f: f.redraw("c.png", lambda p: p.convert("LA"))),
    ("black and white", "grey-photo", "c.png", lambda f: f.redraw("c.png", lambda p: p.convert("1"))),
    ("sixteen bits of grey", "grey-photo", "c.png", lambda f: f.redraw("c.png", sixteen_bits)),
    ("printing colours", "cmyk-photo", "a.jpg", lambda f: f.redraw("a.jpg", lambda p: p.convert("CMYK"))),
    ("a palette", "palette-photo", "c.png", lambda f: f.redraw("c.png", lambda p: p.quantize(16))),
    ("turned by EXIF", "exif-rotated", "a.jpg", lambda f: f.redraw("a.jpg", rolled, exif=turned(6))),
    ("upside down by EXIF", "exif-rotated", "a.jpg", lambda f: f.redraw("a.jpg", exif=turned(3))),
    (
        "mirrored by EXIF",
        "exif-rotated",
        "a.jpg",
        lambda f: f.redraw("a.jpg", ImageOps.mirror, exif=turned(2)),
    ),
]


def sixteen_bits(photo):
    return Image.fromarray(np.asarray(photo.convert("L")).astype(np.uint16) * 257)


@pytest.mark.parametrize(("code", "name", "damage"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_exactly_the_fault_is_found(looks, places, code, name, damage):
    damage(looks)
    assert places(looks.audit()) == [(KINDS[code].level, code, f"photos/{name}", None)]


def test_healthy_oddities_are_no_fault(looks):
    looks.redraw("a.jpg", exif=turned(1))
    looks.redraw("b.jpg", progressive=True)
    looks.redraw("c.png", lambda photo: photo.convert("RGBA"))
    with (looks.photos / "d.jpg").open("ab") as file:
        file.write(b"a film that the phone put behind the photo \xff\xda\xff\xda")
    assert looks.audit().faults == ()


def test_one_coloured_pixel_makes_a_photo_no_grey_one(looks):
    def almost(photo):
        grey = photo.convert("L").convert("RGB")
        grey.putpixel((3, 3), (9, 8, 9))
        return grey

    looks.redraw("c.png", almost)
    assert looks.audit().faults == ()


@pytest.mark.parametrize("factor", [1, 2.5], ids=["above the limit", "above twice the limit"])
def test_a_decompression_bomb_is_not_unpacked(looks, places, monkeypatch, factor):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", int(50 * 70 / factor))
    looks.redraw("c.png", lambda photo: photo.resize((73, 50)))
    for row in (8, 9, 10):
        looks.change(row, Width=73)
    looks.rows = [row for row in looks.rows if row["ImageId"] == "c.png"]
    for name in ("a.jpg", "b.jpg", "d.jpg"):
        (looks.photos / name).unlink()
    found = looks.audit()
    assert places(found) == [("error", "decompression-bomb", "photos/c.png", None)]
    assert "safe to unpack" in found.faults[0].what


def test_a_photo_listed_but_absent_is_told_at_its_first_row(looks, places):
    (looks.photos / "b.jpg").unlink()
    found = looks.audit()
    assert places(found) == [("error", "missing-photo", "train.csv", 5)]
    assert found.faults[0].what == "'b.jpg' is not in photos/"


def test_a_photo_under_another_ending_is_hinted_at(looks):
    (looks.photos / "b.jpg").rename(looks.photos / "B.JPEG")
    found = looks.audit()
    assert found.counts == {"missing-photo": 1, "unlisted-photo": 1}
    assert "where 'B.JPEG' is" in found.faults[0].what


def test_a_photo_present_but_unlisted_is_a_warning(looks, places, draw):
    draw(9, (30, 30)).save(looks.photos / "e.jpg")
    (looks.photos / "notes.txt").write_text("no photo")
    found = looks.audit()
    assert places(found) == [("warning", "unlisted-photo", "photos/e.jpg", None)]
    assert (found.errors, found.warnings) == (0, 1)


def test_masks_drawn_before_the_exif_turn_are_told_as_such(looks, places):
    looks.redraw("a.jpg", exif=turned(6))
    found = looks.audit()
    assert places(found) == [
        ("error", "wrong-size", "train.csv", 2),
        ("warning", "exif-rotated", "photos/a.jpg", None),
    ]
    assert "60x40 is the photo before it" in found.faults[0].what
    assert "without its EXIF orientation" in found.faults[0].cure


def test_a_plain_folder_of_photos_is_looked_at_too(looks, places):
    cut(looks.photos / "a.jpg", 0.5)
    looks.redraw("d.jpg", lambda photo: photo.convert("L"))
    found = audit(looks.photos)
    assert places(found) == [
        ("error", "truncated-photo", "a.jpg", None),
        ("warning", "grey-photo", "d.jpg", None),
    ]
    assert (found.photos, found.instances) == (4, 0)


def test_one_photo_alone_is_looked_at(looks, places):
    cut(looks.photos / "a.jpg", 0.5)
    assert places(audit(looks.photos / "a.jpg")) == [("error", "truncated-photo", "a.jpg", None)]
    assert audit(looks.photos / "b.jpg").faults == ()


def test_webp_and_gif_are_known_to_be_cut(looks, draw, places):
    photo = draw(5, (80, 90))
    for ending in ("webp", "gif"):
        target = looks.photos / f"{ending}.{ending}"
        buffer = io.BytesIO()
        photo.save(buffer, ending)
        target.write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
        found = audit(target)
        assert ("error", "truncated-photo", target.name, None) in places(found)
