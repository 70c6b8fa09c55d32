from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attire.catalog.contact_sheet import draw_contact_sheet
from attire.catalog.garment import Garment
from attire.catalog.garment_picture import garment_picture
from attire.catalog.photo_by_uri import draft_of
from attire.catalog.search import Answer, Query, Result
from attire.errors import DataError
from attire.masks import RunLengths

SIZE = (400, 300)
RED, BLUE = (200, 30, 30), (30, 30, 200)


def garment(path: Path | str, box=(100, 150, 200, 300), **changes) -> Garment:
    mask = np.zeros(SIZE, bool)
    x1, y1, x2, y2 = box
    mask[y1:y2, x1:x2] = True
    counts = RunLengths.from_mask(mask).to_coco()[0]["counts"]
    return Garment(
        garment_id="a-0",
        photo_id="a",
        photo_uri=str(path),
        photo_look="",
        photo_size=SIZE,
        garment=0,
        category_id=10,
        category="dress",
        score=0.9,
        mask=counts,
        box=tuple(map(float, box)),
        **changes,
    )


@pytest.fixture
def photo(tmp_path) -> Path:
    pixels = np.full((*SIZE, 3), BLUE, np.uint8)
    pixels[150:300, 100:200] = RED
    path = tmp_path / "a photo.jpg"
    Image.fromarray(pixels).save(path, quality=95)
    return path


def near(pixel, color, by=14) -> bool:
    return max(abs(a - b) for a, b in zip(pixel, color, strict=True)) <= by


def test_a_garment_keeps_its_colour_and_what_surrounds_it_fades(photo):
    picture = garment_picture(garment(photo), (200, 262))
    assert picture.size == (200, 262)
    assert near(picture.getpixel((100, 131)), RED)
    faded = tuple(round(side + 0.45 * (255 - side)) for side in BLUE)
    assert near(picture.getpixel((4, 131)), faded)


@pytest.mark.parametrize("uri", [str, Path.as_uri], ids=["path", "file URI"])
def test_a_photo_is_read_where_it_lies(photo, uri):
    assert draft_of(uri(photo), lambda size: (40, 30)).size == SIZE


def test_a_garment_at_the_border_of_its_photo_stays_in_place(photo):
    picture = garment_picture(garment(photo, box=(0, 0, 300, 60)), (200, 262))
    ink = np.asarray(picture).astype(int)
    rows = np.flatnonzero((np.abs(ink - np.array(BLUE)).max(axis=2) < 20).sum(axis=1) > 100)
    high = 60 * 200 / 360  # the frame is the box and a tenth of its width on both sides
    assert len(rows) == pytest.approx(high, abs=5)


@pytest.mark.parametrize("uri", ["/no/such/photo.jpg", "file:///no/such.jpg", "nonsense://a/b.jpg"])
def test_a_photo_that_is_gone_leaves_a_field(uri):
    picture = garment_picture(garment(uri), (200, 262))
    assert picture.getpixel((2, 2)) == (242, 240, 236)


def test_a_photo_of_another_size_is_not_what_was_read(photo):
    Image.new("RGB", (50, 50)).save(photo)
    assert garment_picture(garment(photo), (200, 262)).getpixel((2, 2)) == (242, 240, 236)


def test_a_sheet_shows_the_query_and_every_result(photo):
    own = {"brand": "A very long name of a house " * 5 + "\n[b]", "price": 19.0}
    results = tuple(
        Result(
            garment=garment(photo, own=own),
            relevance=0.9,
            similarity=0.9,
            parts={"shape": 0.9, "pattern": -0.2, "colour": 1.0},
            wishes={"floral": 0.4},
            same_picture=True,
            copies=2,
        )
        for _ in range(7)
    )
    answer = Answer(results=results, query=Query(garment=garment(photo)), asked="like this dress")
    sheet = draw_contact_sheet([answer])
    reds = (np.abs(np.asarray(sheet).astype(int) - np.array(RED)).max(axis=2) < 16).sum()
    one = (
        np.abs(np.asarray(garment_picture(garment(photo), (200, 262))).astype(int) - np.array(RED)).max(
            axis=2
        )
        < 16
    ).sum()
    assert reds > 7.5 * one
    two = draw_contact_sheet([answer, Answer(results=(), asked="nothing")])
    assert two.width == sheet.width
    assert two.height > sheet.height


def test_no_answer_is_no_sheet():
    with pytest.raises(DataError, match="at least one"):
        draw_contact_sheet([])
