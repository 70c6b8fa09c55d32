from dataclasses import replace

import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.masks import RunLengths


def names(records):
    return [
        (found.image_id, found.category_ids.tolist()) for found in map(records.instances, range(len(records)))
    ]


def test_one_photo_at_a_time(looks):
    assert names(looks) == [("a.jpg", [10, 23]), ("b.jpg", []), ("c.jpg", [0])]
    found = looks.instances("a.jpg")
    assert found.size == (30, 20)
    assert found.boxes.tolist() == [[2, 3, 15, 25], [4, 25, 8, 30]]
    assert found.attribute_set(0) == (20, 36)
    assert found.attributes_known.all(axis=1).tolist() == [True, False]
    assert len(looks.instances(1)) == 0


def test_an_unknown_photo_is_named(looks):
    with pytest.raises(AnnotationError, match=r"'d\.jpg' among 3 photos"):
        looks.instances("d.jpg")


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        pytest.param([2, 0], ["c.jpg", "a.jpg"], id="in another order"),
        pytest.param([0, 0], ["a.jpg", "a.jpg"], id="one twice"),
        pytest.param([], [], id="none"),
        pytest.param(np.array([False, True, True]), ["b.jpg", "c.jpg"], id="a bool array"),
    ],
)
def test_chosen_photos_bring_their_instances(looks, photos, expected):
    chosen = looks.select(photos)
    assert names(chosen) == [(name, looks.instances(name).category_ids.tolist()) for name in expected]
    for place, name in enumerate(expected):
        assert chosen.instances(place).masks.areas.tolist() == looks.instances(name).masks.areas.tolist()


def test_chosen_instances_leave_all_photos(looks):
    kept = looks.keep(looks.category_ids != 10)
    assert names(kept) == [("a.jpg", [23]), ("b.jpg", []), ("c.jpg", [0])]
    assert kept.rows.tolist() == looks.rows[1:].tolist()
    assert names(looks.keep(np.zeros(3, bool))) == [("a.jpg", []), ("b.jpg", []), ("c.jpg", [])]


def test_instances_know_their_photo(looks):
    assert looks.photo_indices.tolist() == [0, 0, 2]
    assert looks.annotated.tolist() == [True, False, False]
    assert looks.index_of == {"a.jpg": 0, "b.jpg": 1, "c.jpg": 2}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            {"sizes": np.ones((2, 2), np.int32)}, r"sizes has shape \(2, 2\), expected \(3, 2\)", id="sizes"
        ),
        pytest.param({"rows": np.ones(2, np.int64)}, "rows has shape", id="rows"),
        pytest.param({"masks": RunLengths.empty()}, "3 instances, 0 masks", id="masks"),
        pytest.param({"offsets": np.array([0, 1, 1, 2])}, "offsets ending at 2", id="offsets"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(looks, change, said):
    with pytest.raises(AnnotationError, match=said):
        replace(looks, **change)
