"""The same photo in two splits is found through resizing and recompression, a similar one is not."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from attire.annotations.audit import audit
from attire.annotations.audit.photo_print import SAME_BITS, find_copies, take_print
from attire.errors import DataError


def recompressed(photo, quality):
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def resized(photo, size, quality=85):
    return recompressed(photo.resize(size, Image.Resampling.LANCZOS), quality)


def cropped(photo, share):
    across, down = (round(side * share) for side in photo.size)
    return photo.crop((across, down, photo.width - across, photo.height - down))


COPIES = [
    ("itself", lambda photo: photo),
    ("heavily compressed", lambda photo: recompressed(photo, 20)),
    ("half as large", lambda photo: resized(photo, (photo.width // 2, photo.height // 2))),
    ("a thumbnail", lambda photo: resized(photo, (100, 150), 60)),
    ("squeezed to a square", lambda photo: resized(photo, (512, 512))),
    ("twice as large", lambda photo: resized(photo, (photo.width * 2, photo.height * 2))),
    ("a little brighter", lambda photo: ImageEnhance.Brightness(photo).enhance(1.1)),
    ("a hair's breadth cropped", lambda photo: cropped(photo, 0.01)),
]
ON_WHITE = COPIES[:6]


def product(seed, colour):
    """Draw a garment of the catalogue kind, on white."""
    photo = Image.new("RGB", (224, 224), "white")
    draw = ImageDraw.Draw(photo)
    draw.polygon(
        [(60, 30), (164, 30), (200, 90), (170, 100), (165, 200), (60, 200), (55, 100), (25, 90)], colour
    )
    for x, y in np.random.default_rng(seed).integers(70, 150, (6, 2)):
        draw.ellipse((x, y, x + 12, y + 12), "black")
    return photo


@pytest.mark.parametrize("change", [c for _, c in COPIES], ids=[name for name, _ in COPIES])
def test_a_copy_is_found(draw, change):
    photos = [draw(seed, (300, 200)) for seed in range(6)]
    mine = [take_print(photo) for photo in photos]
    rows, columns, bits = find_copies(mine, [take_print(change(photos[4]))])
    assert rows.tolist() == [4]
    assert columns.tolist() == [0]
    assert bits[0] <= SAME_BITS


@pytest.mark.parametrize("change", [c for _, c in ON_WHITE], ids=[name for name, _ in ON_WHITE])
def test_a_copy_on_white_is_found_and_its_siblings_are_not(change):
    photos = [product(1, "navy"), product(2, "navy"), product(1, "olive"), product(1, "teal")]
    rows, columns, _ = find_copies([take_print(photo) for photo in photos], [take_print(change(photos[0]))])
    assert rows.tolist() == [0]
    assert columns.tolist() == [0]


@pytest.mark.parametrize("change", [c for _, c in ON_WHITE], ids=[name for name, _ in ON_WHITE])
def test_a_copy_of_a_blurred_photo_is_found(draw, change):
    photos = [draw(seed, (300, 200)).filter(ImageFilter.GaussianBlur(12)) for seed in range(4)]
    rows, columns, _ = find_copies([take_print(photo) for photo in photos], [take_print(change(photos[2]))])
    assert rows.tolist() == [2]
    assert columns.tolist() == [0]


def test_different_photos_are_not_taken_for_copies(draw):
    prints = [take_print(draw(seed, (90, 60))) for seed in range(40)]
    rows, _, _ = find_copies(prints[:20], prints[20:])
    assert len(rows) == 0


def test_nothing_has_no_copies(draw):
    rows, columns, bits = find_copies([], [take_print(draw(1, (9, 9)))])
    assert len(rows) == len(columns) == len(bits) == 0


def test_pairs_come_nearest_first(draw):
    photo = draw(3, (300, 200))
    mine = [take_print(cropped(photo, 0.02)), take_print(photo)]
    rows, _, bits = find_copies(mine, [take_print(photo)])
    assert rows.tolist() == [1, 0]
    assert bits[0] == 0 < bits[1]


@pytest.fixture
def other(tmp_path, draw):
    """A second split with photos of its own."""
    folder = tmp_path / "other"
    folder.mkdir()
    for seed in range(20, 24):
        draw(seed, (60, 40)).save(folder / f"{seed}.jpg")
    return folder


def test_splits_that_share_nothing_have_no_fault(looks, other):
    looks.write()
    assert audit(looks.folder, other).faults == ()


def test_a_photo_of_both_splits_is_an_error(looks, other, places, draw):
    looks.write()
    resized(draw(2, (50, 50)), (80, 80)).save(other / "again.jpg")
    found = audit(looks.folder, other)
    assert places(found) == [("error", "same-photo", "photos/c.png", None)]
    assert str(other / "again.jpg") in found.faults[0].what


def test_several_copies_are_one_fault(looks, other, draw):
    looks.write()
    for size in (80, 90, 100):
        resized(draw(2, (50, 50)), (size, size)).save(other / f"again{size}.jpg")
    found = audit(looks.folder, other)
    assert found.counts == {"same-photo": 1}
    assert "2 more there" in found.faults[0].what


def test_the_other_split_is_not_audited_itself(looks, other):
    looks.write()
    (other / "broken.jpg").write_bytes(b"no photo")
    assert audit(looks.folder, other).faults == ()


def test_photos_that_a_split_does_not_list_are_not_compared(looks, other, draw):
    row = "{name},1 2,{height},{width},23\n"
    (other / "train.csv").write_text(
        "ImageId,EncodedPixels,Height,Width,ClassId\n" + row.format(name="20.jpg", height=60, width=40)
    )
    looks.write()
    draw(2, (50, 50)).save(other / "unlisted.jpg")
    assert audit(looks.folder, other).faults == ()


def test_a_split_is_not_compared_with_itself(looks):
    looks.write()
    with pytest.raises(DataError, match="compared with itself"):
        audit(looks.folder, looks.folder / "train.csv")
