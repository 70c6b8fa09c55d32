import numpy as np
import pytest
from PIL import Image

from attire.catalog.items import frame_photo, rows_of
from attire.catalog.row import GarmentRow, row_model
from attire.catalog.sources import photo_id_of
from attire.masks import RunLengths
from attire.predict import select_by_score


@pytest.fixture
def outfit(street, make_look):
    return make_look(
        street,
        ("pants", (60, 150, 140, 280), 0.7),
        ("shirt, blouse", (50, 50, 150, 150), 0.9),
        ("collar", (90, 50, 110, 60), 0.8),
        ("sleeve", (50, 60, 70, 140), 0.6),
        ("sleeve", (130, 60, 150, 140), 0.5),
        ("zipper", (2, 2, 6, 12), 0.95),
        ("bag, wallet", (150, 160, 190, 220), 0.4),
    )


def test_garments_make_rows_and_parts_stand_in_theirs(outfit, street, row_settings):
    rows = rows_of(outfit, framed=frame_photo(street, "street"), **row_settings)
    assert [row["category"] for row in rows] == ["shirt", "pants", "bag"]
    assert [row["parts"] for row in rows] == [["collar", "sleeve"], [], []]
    assert [row["garment"] for row in rows] == [0, 1, 2]
    photo_id = photo_id_of("/shop/a.jpg")
    assert [row["garment_id"] for row in rows] == [f"{photo_id}-{n}" for n in range(3)]
    assert rows[0]["score"] == pytest.approx(0.9)
    assert rows[0]["network_score"] == pytest.approx(0.45)
    assert rows[0]["box"] == [50, 50, 150, 150]
    mask = RunLengths.from_coco([{"size": [300, 200], "counts": rows[0]["mask"]}])
    assert mask.boxes[0].tolist() == [50, 50, 150, 150]
    mean = np.asarray(street)[50:150, 50:150].reshape(-1, 3).mean(axis=0)
    assert rows[0]["colour_lab"] == pytest.approx(mean.tolist())


def test_rows_fit_the_table(outfit, street, row_settings):
    rows = rows_of(outfit, framed=frame_photo(street), own={"price": 3.5}, **row_settings)
    assert {row.pop("price") for row in rows} == {3.5}
    for row in rows:
        assert row.keys() == {*GarmentRow.model_fields, "embedding"}
        row_model(2)(**row)


def test_only_what_carries_attributes_says_some(outfit, street, row_settings, ontology):
    shirt, _, bag = rows_of(outfit, framed=frame_photo(street), **row_settings)
    assert shirt["attributes"] == [ontology.attributes[0].short_name]
    assert len(shirt["attribute_probs"]) == len(ontology.attributes)
    assert bag["attributes"] == bag["attribute_probs"] == []


def test_the_selector_chooses(outfit, street, row_settings):
    rows = rows_of(outfit, framed=frame_photo(street), selector=select_by_score(0.65), **row_settings)
    assert [row["category"] for row in rows] == ["shirt", "pants"]
    assert rows[0]["parts"] == ["collar"]


def test_loose_parts_and_nothing_make_no_rows(make_look, street, row_settings):
    loose = make_look(street, ("sleeve", (0, 0, 20, 20), 0.9))
    assert rows_of(loose, framed=frame_photo(street), **row_settings) == []
    assert rows_of(loose[[]], framed=frame_photo(street), **row_settings) == []


def test_colours_of_a_large_photo_are_those_under_the_mask(make_look, row_settings):
    pixels = np.zeros((1500, 900, 3), np.uint8)
    pixels[300:900, 200:700] = (200, 100, 50)
    photo = Image.fromarray(pixels)
    look = make_look(photo, ("dress", (210, 310, 690, 890), 0.9))
    (row,) = rows_of(look, framed=frame_photo(photo, "street"), **row_settings)
    assert row["colours"] == ["200 100 50"]
    assert (row["photo_height"], row["photo_width"]) == (1500, 900)
