from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from attire.catalog.items.framing import frame_photo
from attire.catalog.items.main_item import read_product
from attire.catalog.items.naming import ProductNames
from attire.catalog.items.rows import rows_of
from attire.masks import RunLengths

PLAIN = ProductNames(bias={"shirt, blouse": 0.0}, places=(1.0,) + (0.0,) * 5, shape={})
"""Names a product by what is seen as large as a garment, and by nothing else."""


@pytest.fixture
def worn() -> Image.Image:
    """Somebody in a red shirt and blue trousers, cut off below the knee."""
    photo = Image.new("RGB", (200, 300), "white")
    draw = ImageDraw.Draw(photo)
    draw.ellipse((80, 10, 120, 60), fill=(200, 160, 140))
    draw.rectangle((50, 60, 150, 180), fill=(180, 30, 30))
    draw.rectangle((60, 180, 140, 299), fill=(30, 40, 150))
    return photo


def in_frame(frame, box):
    """A box of the photo, where the first copy has it."""
    return tuple(
        round(side * frame.scale + start)
        for side, start in zip(box, [frame.left, frame.top] * 2, strict=True)
    )


def test_a_product_alone_is_outlined_by_its_ground(handbag, make_look, row_settings):
    framed = frame_photo(handbag)
    box = in_frame(framed.product, (75, 100, 220, 195))
    found = make_look(framed.readable, ("bag, wallet", box, 0.3), ("cape", (0, 0, 300, 60), 0.9))
    read = read_product(found, framed.product, names=PLAIN)
    assert read.look.category_ids.tolist() == [24]
    assert read.masks[0].areas.tolist() == framed.product.outline.areas.tolist()
    assert float(read.look.scores[0]) == pytest.approx(read.names[24])
    assert read.names[24] > 5 * np.sort(read.names)[-2]
    (row,) = rows_of(found, framed=framed, **row_settings)
    mask = RunLengths.from_coco([{"size": [240, 300], "counts": row["mask"]}])
    assert mask.decode(0)[150, 150]
    assert not mask.decode(0)[70, 150]
    assert row["colours"][0].startswith(("16", "17"))


def test_what_is_worn_is_outlined_by_its_detection_with_the_rest_beside_it(worn, make_look):
    framed = frame_photo(worn)
    shirt, pants = (in_frame(framed.product, box) for box in ((50, 60, 150, 180), (60, 180, 140, 300)))
    found = make_look(
        framed.readable, ("shirt, blouse", shirt, 0.9), ("pants", pants, 0.6), ("coat", shirt, 0.55),
        ("collar", (shirt[0] + 15, shirt[1], shirt[2] - 15, shirt[1] + 4), 0.7), ("shorts", pants, 0.3),
    )  # fmt: skip
    read = read_product(found, framed.product, names=PLAIN)
    names = [read.look.category_name(i).split(",")[0] for i in range(len(read.look))]
    assert names == ["shirt", "pants", "collar"]
    assert read.masks.boxes[0] == pytest.approx([50, 60, 151, 180], abs=4)
    assert read.boxes[1] == pytest.approx([60, 180, 140, 300], abs=4)
    assert read.look.attribute_probs[0].max() == pytest.approx(0.9)


def test_a_product_that_nothing_was_found_in_still_gives_its_row(handbag, make_look, row_settings):
    framed = frame_photo(handbag)
    nothing = make_look(framed.readable, ("dress", (0, 0, 9, 9), 0.5))[[]]
    (row,) = rows_of(nothing, framed=framed, **row_settings)
    assert row["score"] < 0.5
    assert row["attributes"] == []
    assert row["box"] == pytest.approx([70, 30, 231, 201], abs=6)


def test_calibrated_arrays_stay_in_step(handbag, make_look):
    framed = frame_photo(handbag)
    found = make_look(framed.readable, ("bag, wallet", in_frame(framed.product, (75, 100, 220, 195)), 0.3))
    found = replace(found, hit_probs=np.repeat(found.scores[:, None], 10, axis=1))
    read = read_product(found, framed.product, names=PLAIN)
    assert read.look.hit_probs[:, 0].tolist() == read.look.scores.tolist()


def test_the_names_that_ship_know_every_garment(ontology):
    names = ProductNames.load()
    garments = {category.name for category in ontology.categories if not category.is_part}
    assert set(names.bias) == set(names.shape) == garments
    again = ProductNames.from_json(names.to_json())
    assert (again.bias, again.places, again.shape) == (names.bias, names.places, names.shape)
    likely = names(np.zeros((6, len(ontology.categories))), np.zeros(3), ontology)
    assert likely.sum() == pytest.approx(1)
    assert likely[[category.is_part for category in ontology.categories]].max() == 0


@pytest.mark.data
def test_real_products_are_named(products):
    import csv

    from attire.predict import Predictor

    right = {"Tshirts": {1}, "Casual Shoes": {23}, "Trousers": {6}, "Handbags": {24}, "Shirts": {0, 1}}
    with (products / "styles.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["articleType"] in right][::75]
    predictor = Predictor.load()
    hits = []
    for row in rows:
        framed = frame_photo(products / "photos" / f"{row['id']}.jpg")
        if framed.product is None:
            hits.append(False)
            continue
        found = predictor(framed.readable, keep="all")
        read = read_product(found, framed.product, predictor.selector)
        hits.append(int(read.look.category_ids[0]) in right[row["articleType"]])
    assert len(hits) > 40
    assert np.mean(hits) > 0.7
