"""Each fault of a row is found where it is, and nothing else."""

import pytest

from attire.annotations import read_imaterialist
from attire.annotations.audit import KINDS, audit

CASES = [
    (
        "a height that is not the photo's",
        "wrong-size",
        2,
        {"Height": 61},
        "61x40 stated, the photo has 60x40",
    ),
    ("the two sides swapped", "wrong-size", 5, {"Height": 70, "Width": 45}, "the same two sides swapped"),
    ("a height that is no number", "bad-size", 3, {"Height": "6x"}, "Height '6x'"),
    ("a height of nought", "bad-size", 3, {"Height": 0}, "expected whole numbers above 0"),
    ("a negative width", "bad-size", 3, {"Width": -40}, "Width '-40'"),
    ("no width at all", "missing-value", 3, {"Width": ""}, "nothing in Width"),
    ("no class", "missing-value", 4, {"ClassId": ""}, "nothing in ClassId"),
    ("no file name", "missing-value", 4, {"ImageId": ""}, "nothing in ImageId"),
    ("no mask", "empty-mask", 7, {"EncodedPixels": ""}, "b.jpg: no runs"),
    ("a mask of blanks", "empty-mask", 7, {"EncodedPixels": "  "}, "b.jpg: no runs"),
    ("runs that share pixels", "run-overlap", 6, {"EncodedPixels": "1 9 5 9"}, "run 5+9 overlaps run 1+9"),
    ("runs that share pixels, unsorted", "run-overlap", 6, {"EncodedPixels": "90 9 95 2"}, "run 95+2"),
    ("a run past the last pixel", "run-outside", 6, {"EncodedPixels": "3149 3"}, "ends at 3151, but 45x70"),
    (
        "a run far past the last pixel",
        "run-outside",
        6,
        {"EncodedPixels": "9 99999999999"},
        "but 45x70 has 3150",
    ),
    ("a start without length", "odd-count", 8, {"EncodedPixels": "1 2 9"}, "hold 3 numbers"),
    ("a run of no pixels", "empty-run", 8, {"EncodedPixels": "1 2 9 0"}, "run 9+0 has no pixels"),
    ("a run from nought", "zero-start", 8, {"EncodedPixels": "0 2"}, "starts at 0"),
    ("letters in a mask", "malformed-number", 9, {"EncodedPixels": "1 2 x 4"}, "more than whole numbers"),
    ("fractions in a mask", "malformed-number", 9, {"EncodedPixels": "1.0 2.0"}, "more than whole numbers"),
    ("a minus in a mask", "malformed-number", 9, {"EncodedPixels": "-1 2"}, "more than whole numbers"),
    ("a class in letters", "malformed-class", 4, {"ClassId": "shoe"}, "'shoe' holds more than ids"),
    ("a class with an empty part", "malformed-class", 4, {"ClassId": "6__20"}, "'6__20' holds more than ids"),
    (
        "a category too many",
        "unknown-category",
        4,
        {"ClassId": "46"},
        "category 46, imaterialist-2019 has 0 to 45",
    ),
    ("an attribute too many", "unknown-attribute", 2, {"ClassId": "6_20_92"}, "attribute 92, which"),
    ("attributes that fall", "unordered-attributes", 2, {"ClassId": "6_36_20"}, "36, 20 do not rise"),
    (
        "an attribute twice",
        "repeated-attribute",
        2,
        {"ClassId": "6_20_20_36"},
        "attribute 20 stands there more",
    ),
    ("two lengths", "two-in-group", 2, {"ClassId": "6_3_5"}, "but a garment has one length"),
    ("a row twice", "duplicate-row", 4, {"EncodedPixels": "200 3"}, "a.jpg: the same as row 3"),
]

READ_ALL_THE_SAME = {"duplicate-row", "unordered-attributes", "repeated-attribute", "two-in-group"}
"""What the reader takes as it stands: the file may mean it."""


def test_a_healthy_folder_has_no_faults(looks):
    found = looks.audit()
    assert found.faults == ()
    assert (found.photos, found.instances) == (4, 12)


@pytest.mark.parametrize(
    ("code", "row", "fields", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_exactly_the_fault_is_found(looks, places, code, row, fields, words):
    looks.change(row, **fields)
    found = looks.audit()
    assert places(found) == [(KINDS[code].level, code, "train.csv", row)]
    assert words in found.faults[0].what
    assert found.faults[0].cure.endswith(".")


@pytest.mark.parametrize(("row", "fields"), [case[2:4] for case in CASES], ids=[c[0] for c in CASES])
def test_the_reader_refuses_what_the_audit_calls_an_error(looks, ontology, row, fields):
    looks.change(row, **fields)
    found = looks.audit()
    _, refused = read_imaterialist(looks.folder / "train.csv", ontology, skip_bad_rows=True)
    assert bool(refused) == (not READ_ALL_THE_SAME.issuperset(found.counts))


def test_a_size_wrong_in_all_rows_of_a_photo_is_said_once(looks, places):
    for row in (5, 6, 7):
        looks.change(row, Height=90, Width=140)
    found = looks.audit()
    assert places(found) == [("error", "wrong-size", "train.csv", 5)]
    assert "b.jpg (and 2 more rows): 90x140 stated, the photo has 45x70" in found.faults[0].what


def test_a_size_too_small_makes_no_faults_of_the_masks(looks, places):
    for row in (2, 3, 4):
        looks.change(row, Height=6, Width=4)
    assert places(looks.audit()) == [("error", "wrong-size", "train.csv", 2)]


def test_rows_that_differ_in_size_are_found_where_the_photo_cannot_be_asked(looks, places):
    looks.change(9, Height=51)
    (looks.photos / "c.png").write_bytes(b"no photo")
    found = looks.audit()
    assert places(found) == [
        ("error", "broken-photo", "photos/c.png", None),
        ("error", "sizes-differ", "train.csv", 9),
    ]
    assert "51x50 here, 50x50 in row 8" in found.faults[1].what


def test_runs_outside_a_photo_that_cannot_be_asked_point_at_height_and_width(looks, places):
    for row in (8, 9, 10):
        looks.change(row, Height=5, Width=5)
    (looks.photos / "c.png").write_bytes(b"no photo")
    found = looks.audit()
    assert [place for place in places(found) if place[1] == "run-outside"] == [
        ("error", "run-outside", "train.csv", row) for row in (8, 9, 10)
    ]
    assert found.faults[-1].cure == "Check Height/Width."


def test_a_photo_without_garments_may_be_listed(looks):
    looks.rows = [row for row in looks.rows if row["ImageId"] != "d.jpg"]
    looks.rows.append(dict.fromkeys(looks.rows[0], "") | {"ImageId": "d.jpg", "Height": "64", "Width": "48"})
    assert looks.audit().faults == ()


def test_unsorted_runs_and_touching_runs_are_healthy(looks):
    looks.change(2, EncodedPixels="80 7 11 5 16 2")
    assert looks.audit().faults == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a.jpg,1 2,60,40,23,5", "6 fields, the header has 5"),
        ("a.jpg,1 2,60", "3 fields, the header has 5"),
        ("", "an empty line, the header has 5"),
    ],
    ids=["a field too many", "fields too few", "an empty line"],
)
def test_ragged_rows_are_found(looks, places, line, words):
    looks.write(ending=line + "\n")
    found = audit(looks.folder)
    assert places(found) == [("error", "ragged-row", "train.csv", 14)]
    assert words in found.faults[0].what


def test_quoted_fields_are_no_fault(looks):
    looks.write(ending='"a.jpg","9 2","60","40","23"\n')
    assert audit(looks.folder).faults == ()


def test_rows_of_one_photo_may_stand_apart(looks, places):
    looks.rows.append(dict(looks.rows[0]))
    assert places(looks.audit()) == [("error", "duplicate-row", "train.csv", 14)]


def test_every_fault_of_a_row_is_told(looks, places):
    looks.change(2, EncodedPixels="1 2 3", ClassId="46_92_20_20", Height="x")
    assert sorted(code for _, code, _, row in places(looks.audit()) if row == 2) == [
        "bad-size",
        "odd-count",
        "repeated-attribute",
        "unknown-attribute",
        "unknown-category",
        "unordered-attributes",
    ]
