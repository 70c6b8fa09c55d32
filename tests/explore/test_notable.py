import pytest

from attire.explore import measure
from attire.explore.notable import notable
from attire.explore.sections.together import strongest_pair


def test_what_stands_out_in_a_small_set(records):
    findings = notable(measure(records), missing=1)
    said = " ".join(findings)
    assert findings[0] == "1 photo (25%) of the annotations is not there as files."
    assert "Shirt (2), pants (2) and shoe (2) have fewer than 20 instances" in said
    assert "43 of 46 categories never occur" in said
    assert "4 instances (67%) carry no attributes" in said
    assert "2 masks (33%) are smaller than 20 × 20 pixels." in said
    assert "1 photo is without any instance." in said


def test_a_long_tail_is_named_with_its_ratio(make_records):
    many = [(23, (0, 0, 30, 30), None)] * 60
    findings = notable(measure(make_records({"a.jpg": ((30, 30), [*many, (0, (0, 0, 30, 30), None)])})))
    assert "the rarer half of the categories holds 1.6% of the instances, and shoe is 60 times" in findings[0]


def test_bare_photos_have_nothing_to_say(make_records):
    assert notable(measure(make_records({"a.jpg": ((30, 30), [])}))) == []


def test_lift_of_the_strongest_pair(make_records):
    pair, rest = [(0, (0, 0, 9, 9), None), (6, (0, 0, 9, 9), None)], [(23, (0, 0, 9, 9), None)]
    photos = {f"{i}.jpg": ((9, 9), pair if i < 20 else rest) for i in range(50)}
    found = strongest_pair(measure(make_records(photos)))
    assert found is not None
    assert (found.first, found.second, found.photos) == (0, 6, 20)
    assert found.lift == pytest.approx(20 * 50 / (20 * 20))


def test_pairs_in_few_photos_are_not_called_strong(records):
    assert strongest_pair(measure(records)) is None
