"""The audit on real street photos: no false alarm, and every fault of a broken copy."""

import csv
import json
import shutil

import pytest
from PIL import Image, ImageEnhance

from attire.annotations.audit import audit
from attire.annotations.audit.photo_print import find_copies, take_print
from attire.photos import read_photo

pytestmark = pytest.mark.data


@pytest.mark.parametrize("split", ["train", "val"])
def test_shared_photos_have_no_faults(ccp, split):
    found = audit(ccp / split)
    assert found.faults == ()
    assert found.photos in (753, 100)


def test_splits_with_the_same_people_share_no_photo(ccp):
    found = audit(ccp / "val", ccp / "train")
    assert found.faults == ()


@pytest.fixture(scope="module")
def originals(ccp):
    return [read_photo(path) for path in sorted((ccp / "train" / "photos").iterdir())[::19]]


@pytest.mark.parametrize(
    "change",
    [
        lambda photo: photo.resize((photo.width // 2, photo.height // 2), Image.Resampling.LANCZOS),
        lambda photo: photo.resize((100, 150), Image.Resampling.BILINEAR),
        lambda photo: photo.resize((512, 512), Image.Resampling.NEAREST),
        lambda photo: ImageEnhance.Brightness(photo).enhance(1.15),
        lambda photo: photo.crop((5, 8, photo.width - 5, photo.height - 8)),
    ],
    ids=["half as large", "a thumbnail", "a square", "brighter", "cropped by a hundredth"],
)
def test_altered_copies_are_found_and_nothing_else(originals, tmp_path, change):
    copies = []
    for photo in originals:
        change(photo).save(tmp_path / "copy.jpg", quality=40)
        copies.append(take_print(read_photo(tmp_path / "copy.jpg")))
    rows, columns, _ = find_copies([take_print(photo) for photo in originals], copies)
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == [
        (i, i) for i in range(len(originals))
    ]


@pytest.fixture
def copied(ccp, tmp_path):
    """Twenty-four photos and their rows, free to be broken."""
    with (ccp / "train" / "train.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(dict.fromkeys(row["ImageId"] for row in rows))[:24]
    (tmp_path / "photos").mkdir()
    for name in names:
        shutil.copy(ccp / "train" / "photos" / name, tmp_path / "photos")
    return tmp_path, names, [row for row in rows if row["ImageId"] in names]


def test_every_fault_of_a_broken_copy_is_found_and_none_invented(copied, places):
    folder, names, rows = copied
    photos = folder / "photos"
    expected = []

    def first(number):
        """The first row of a photo, and its number in the file."""
        place = next(i for i, row in enumerate(rows) if row["ImageId"] == names[number])
        return rows[place], place + 2

    def spoil(number, code, level="error", **fields):
        row, place = first(number)
        row.update(fields)
        expected.append((level, code, "train.csv", place))

    def swap(row):
        return {"Height": row["Width"], "Width": row["Height"]}

    def photo(number, code, level):
        expected.append((level, code, f"photos/{names[number]}", None))
        return photos / names[number]

    pixels = {number: first(number)[0]["EncodedPixels"] for number in range(24)}
    begin, length, *rest = pixels[0].split()
    spoil(
        0, "run-overlap", EncodedPixels=f"{begin} {length} {int(begin) + int(length) - 1} 2 {' '.join(rest)}"
    )
    spoil(1, "run-outside", EncodedPixels=pixels[1] + " 99999999 3")
    spoil(2, "odd-count", EncodedPixels=pixels[2].rsplit(" ", 1)[0])
    spoil(3, "malformed-number", EncodedPixels=pixels[3].replace(" ", ",", 1))
    spoil(4, "empty-mask", EncodedPixels="")
    spoil(5, "zero-start", EncodedPixels="0 " + pixels[5].split(" ", 1)[1])
    spoil(6, "empty-run", EncodedPixels=pixels[6] + " 400000 0")
    spoil(7, "unknown-category", ClassId="77")
    spoil(8, "unknown-attribute", ClassId="6_20_1234")
    spoil(9, "unordered-attributes", ClassId="6_60_41_20")
    spoil(10, "repeated-attribute", ClassId="6_20_41_41")
    spoil(11, "malformed-class", ClassId="6,20")
    spoil(12, "two-in-group", level="warning", ClassId="6_1_2")
    spoil(13, "wrong-size", **swap(first(13)[0]))
    spoil(14, "bad-size", Height="tall")
    spoil(15, "missing-value", ClassId="")
    (photos / names[16]).unlink()
    expected.append(("error", "missing-photo", "train.csv", first(16)[1]))
    path = photo(17, "truncated-photo", "error")
    path.write_bytes(path.read_bytes()[:-4000])
    photo(18, "broken-photo", "error").write_bytes(b"<html>404</html>")
    path = photo(19, "grey-photo", "warning")
    read_photo(path).convert("L").save(path)
    path = photo(20, "cmyk-photo", "warning")
    read_photo(path).convert("CMYK").save(path)
    path = photo(21, "palette-photo", "warning")
    read_photo(path).quantize(64).save(path, "PNG")
    path = photo(22, "exif-rotated", "warning")
    exif = Image.Exif()
    exif[0x0112] = 8
    read_photo(path).transpose(Image.Transpose.ROTATE_270).save(path, exif=exif)
    shutil.copy(photos / names[0], photos / "extra.jpg")
    expected.append(("warning", "unlisted-photo", "photos/extra.jpg", None))
    rows.append(dict(first(23)[0]))
    expected.append(("error", "duplicate-row", "train.csv", len(rows) + 1))

    with (folder / "train.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = audit(folder)
    assert sorted(map(str, places(found))) == sorted(map(str, expected))
    assert len(found.counts) == 25
    assert json.loads(json.dumps(found.to_dict()))["errors"] == found.errors == 19
