import builtins
import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from PIL import ImageChops

from attire.predict import Look, Predictor


@pytest.fixture
def look(make_raw, make_runtime, photo) -> Look:
    raw = make_raw(
        (10, (10, 5, 30, 20), 0.9, {"floral": 0.8, "mini (length)": 0.7}),
        (0, (40, 5, 60, 20), 0.5, {}),
    )
    return Predictor(make_runtime(raw))(photo)


def test_a_slice_of_a_look_is_a_look(look):
    one = look[1:]
    assert type(one) is Look
    assert one.photo is look.photo
    assert one.category_ids.tolist() == [0]
    assert len(one.masks) == 1


def test_the_table_says_names_scores_attributes_and_shares(look):
    text = io.StringIO()
    with redirect_stdout(text):
        builtins.print(look.table())
    rows = text.getvalue().splitlines()
    dress = next(row for row in rows if "dress" in row)
    for part in ("0.90", "mini, floral", "%"):
        assert part in dress
    share = 100 * int(look.masks.areas[0]) / (64 * 128)
    assert f"{share:.1f} %" in dress
    assert any("shirt" in row and "blouse" not in row for row in rows)


def test_a_long_table_is_cut(look):
    text = str(look.table(rows=1))
    assert "shirt" not in text
    assert "1 more" in text


def test_an_empty_look_says_so(look):
    assert "nothing found" in str(look[:0].table())


def test_a_drawing_differs_where_the_garment_is_and_not_elsewhere(look):
    drawn = look[:1].draw()
    assert drawn.size == look.photo.size
    changed = np.asarray(ImageChops.difference(drawn, look.photo)).any(axis=2)
    assert changed[look.masks.decode(0)].mean() > 0.9
    assert not changed[-8:, -20:].any()


def test_a_drawing_can_be_smaller(look):
    assert look.draw(max_side=64).size == (64, 32)


def test_results_are_those_of_instances(look):
    (first, _) = look.to_coco()
    assert first["category"] == "dress"
    assert first["attributes"]["floral"] == pytest.approx(0.8)
    assert set(first) == {
        "image_id", "category_id", "category", "bbox", "segmentation", "score", "attribute_ids", "attributes",
    }  # fmt: skip
