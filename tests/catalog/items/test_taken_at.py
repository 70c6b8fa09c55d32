import io
from datetime import UTC, datetime

import pytest
from PIL import ExifTags, Image

from attire.catalog.items import taken_at


def photo_with(date, offset=None, form="JPEG"):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "made up"
    ifd = exif.get_ifd(ExifTags.IFD.Exif)
    if date is not None:
        ifd[ExifTags.Base.DateTimeOriginal] = date
    if offset is not None:
        ifd[ExifTags.Base.OffsetTimeOriginal] = offset
    memory = io.BytesIO()
    Image.new("RGB", (8, 8)).save(memory, form, exif=exif)
    return memory.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_the_date_is_read(form, tmp_path):
    data = photo_with("2023:04:05 06:07:08", form=form)
    (tmp_path / "photo").write_bytes(data)
    assert taken_at(data) == taken_at(tmp_path / "photo") == datetime(2023, 4, 5, 6, 7, 8, tzinfo=UTC)


def test_an_offset_leads_to_utc():
    assert taken_at(photo_with("2023:04:05 06:07:08", "+05:30")) == datetime(2023, 4, 5, 0, 37, 8, tzinfo=UTC)
    assert taken_at(photo_with("2023:04:05 06:07:08", "soon")) == datetime(2023, 4, 5, 6, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "date",
    [None, "0000:00:00 00:00:00", "2023:13:45 00:00:00", "    :  :     :  :  ", "1904:01:01 00:00:00",
     "2999:01:01 00:00:00", "gestern"],
    ids=["none", "zeros", "no such month", "blanks", "before EXIF", "in the future", "words"],
)  # fmt: skip
def test_what_is_no_date_gives_none(date):
    assert taken_at(photo_with(date)) is None


def test_a_damaged_file_gives_none(tmp_path):
    data = photo_with("2023:04:05 06:07:08")
    assert taken_at(b"") is None
    assert taken_at(b"no photo at all") is None
    assert taken_at(tmp_path / "missing.jpg") is None
    place = data.index(b"Exif")
    assert taken_at(data[: place + 8] + b"\xff" * 40 + data[place + 48 :]) is None


def test_only_the_header_is_read():
    data = photo_with("2023:04:05 06:07:08")
    assert taken_at(data[: data.index(b"\xff\xda") + 14]) is not None


def test_a_png_is_asked_for_what_lies_ahead_of_its_pixels():
    data = photo_with("2023:04:05 06:07:08", form="PNG")
    start = data.index(b"eXIf") - 4
    end = start + int.from_bytes(data[start : start + 4], "big") + 12
    last = data.index(b"IEND") - 4
    behind = data[:start] + data[end:last] + data[start:end] + data[last:]
    assert taken_at(data) == datetime(2023, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert taken_at(behind) is None
