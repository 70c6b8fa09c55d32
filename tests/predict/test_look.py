import builtins
import io
import json
from contextlib import redirect_stdout

import numpy as np
import pytest
from PIL import ImageChops

from attire.predict import Look, Predictor, write_results


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
        "id", "part_of", "parts",
    }  # fmt: skip


@pytest.fixture
def dressed(make_raw, make_runtime, photo) -> Look:
    """A dress with a collar and two sleeves, and a shoe far from all of them."""
    raw = make_raw(
        (10, (10, 5, 34, 30), 0.9, {}),
        (31, (10, 8, 14, 20), 0.8, {}),
        (31, (30, 8, 34, 20), 0.7, {}),
        (28, (18, 5, 26, 9), 0.6, {}),
        (23, (50, 24, 60, 30), 0.5, {}),
        (35, (40, 1, 44, 3), 0.4, {}),
    )
    return Predictor(make_runtime(raw))(photo)


def test_parts_are_told_with_their_garment(dressed):
    assert dressed.owners.tolist() == [-1, 0, 0, 0, -1, -1]
    assert [(g.row, g.parts) for g in dressed.garments()] == [(0, (1, 2, 3)), (4, ()), (5, ())]
    results = dressed.to_coco()
    assert [row["id"] for row in results] == list(range(6))
    assert [row["part_of"] for row in results] == [None, 0, 0, 0, None, None]
    assert [row["parts"] for row in results] == [[1, 2, 3], [], [], [], [], []]


def test_owners_follow_what_is_kept(dressed):
    kept = dressed[np.array([2, 0, 4])]
    assert kept.owners.tolist() == [1, -1, -1]
    assert dressed[1:].owners.tolist() == [-1] * 5


def test_the_table_has_a_row_per_garment(dressed):
    rows = [row for row in str(dressed.table()).splitlines() if "│" in row]
    assert len(rows) == 3  # dress, shoe, and the zipper that lies on nothing
    assert "collar, 2 sleeves" in rows[0]
    assert "2 more" in str(dressed.table(rows=1))


def test_an_attached_part_is_outlined_but_named_on_its_garment(dressed):
    names = dressed.draw(max_side=None)
    alone = dressed[np.array([1])].draw()
    assert names.size == alone.size == dressed.photo.size
    sleeve = dressed.masks.decode(1)
    changed = np.asarray(ImageChops.difference(names, dressed[:1].draw())).any(axis=2)
    assert changed[sleeve].any()


def test_a_file_numbers_the_instances_of_all_its_photos(dressed, look, tmp_path):
    with write_results(tmp_path / "predictions.json") as append:
        append(look)
        append(dressed)
    rows = json.loads((tmp_path / "predictions.json").read_text())
    assert [row["id"] for row in rows] == list(range(1, 9))
    assert [row["part_of"] for row in rows[3:6]] == [3, 3, 3]
    assert rows[2]["parts"] == [4, 5, 6]
    assert rows[7]["part_of"] is None
