from itertools import combinations

import numpy as np
import pytest

from attire.drawing.layout import Place, place_labels


def rectangles(places, spots):
    return [
        (x, y, x + place.size[0], y + place.size[1])
        for place, spot in zip(places, spots, strict=True)
        if spot is not None
        for x, y in [spot]
    ]


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize(
    ("count", "canvas"),
    [(2, (200, 200)), (12, (550, 830)), (30, (550, 830)), (40, (320, 240))],
    ids=["two", "a busy photo", "a very busy photo", "more than there is room for"],
)
def test_labels_stay_inside_and_apart(count, canvas):
    rng = np.random.default_rng(count)
    places = []
    for _ in range(count):
        x, y = rng.uniform(0, canvas[0]), rng.uniform(0, canvas[1])
        half = rng.uniform(1, 80)
        box = (max(0, x - half), max(0, y - half), min(canvas[0], x + half), min(canvas[1], y + half))
        places.append(Place(anchor=(x, y), box=box, size=(int(rng.integers(30, 120)), 18)))
    placed = rectangles(places, place_labels(places, canvas))
    assert len(placed) >= min(count, 20)
    for x1, y1, x2, y2 in placed:
        assert x1 >= 0
        assert y1 >= 0
        assert x2 <= canvas[0]
        assert y2 <= canvas[1]
    assert all(apart(one, other) for one, other in combinations(placed, 2))


def test_the_label_of_a_large_thing_lies_on_it():
    place = Place(anchor=(150, 200), box=(50, 50, 250, 350), size=(60, 16))
    [(x, y)] = place_labels([place], (400, 400))
    assert (x, y) == (120, 192)


def test_the_label_of_a_small_thing_lies_beside_it():
    place = Place(anchor=(105, 103), box=(100, 100, 110, 106), size=(60, 16))
    [spot] = place_labels([place], (400, 400))
    assert apart((*spot, spot[0] + 60, spot[1] + 16), place.box)
    assert abs(spot[1] - 103) < 40


def test_two_labels_for_the_same_spot_give_way():
    place = Place(anchor=(100, 100), box=(60, 60, 140, 140), size=(50, 14))
    placed = rectangles([place, place], place_labels([place, place], (200, 200)))
    assert apart(*placed)


def test_a_label_larger_than_the_picture_is_left_out():
    assert place_labels([Place(anchor=(5, 5), box=(0, 0, 10, 10), size=(60, 16))], (40, 40)) == [None]


def test_nothing_to_place():
    assert place_labels([], (100, 100)) == []
