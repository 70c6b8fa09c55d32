"""Submissions: a row for every photo, overlap removed within a category only, read back the same."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from attire.annotations import load_records, read_submission, write_submission
from attire.annotations.pairs import decode_runs
from attire.errors import AnnotationError
from attire.instances import Instances
from attire.masks import RunLengths, nearest


@pytest.fixture
def make_found(ontology):
    """Builder of what was found in a photo: ``[(category_id, (x1, y1, x2, y2), score, attribute_ids)]``."""

    def make(image_id, size, *rectangles):
        masks = np.zeros((len(rectangles), *size), bool)
        for mask, (_, (x1, y1, x2, y2), _, _) in zip(masks, rectangles, strict=True):
            mask[y1:y2, x1:x2] = True
        runs = RunLengths.from_masks(masks)
        held = [np.isin(ontology.attribute_ids, attributes) for _, _, _, attributes in rectangles]
        return Instances(
            ontology=ontology,
            image_id=image_id,
            size=size,
            category_ids=np.array([category_id for category_id, _, _, _ in rectangles], np.int64),
            boxes=runs.boxes,
            masks=runs,
            scores=np.array([score for _, _, score, _ in rectangles], np.float32),
            attributes=np.array(held, bool).reshape(-1, 92),
        )

    return make


@pytest.fixture
def submit(tmp_path):
    """Write a submission and give its rows as dicts."""

    def submit(photos, **options):
        path = tmp_path / "submission.csv"
        write_submission(path, photos, **options)
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    return submit


def test_overlap_is_removed_within_a_category_only(make_found, submit):
    found = make_found(
        "a.jpg",
        (8, 8),
        (10, (0, 0, 4, 8), 0.5, []),
        (10, (2, 0, 8, 8), 0.9, []),
        (31, (2, 2, 6, 6), 0.7, []),
    )
    rows = submit([found], size=(8, 8))
    assert [row["ClassId"] for row in rows] == ["10", "31", "10"]
    masks = [decode_runs(row["EncodedPixels"], 8, 8) for row in rows]
    assert (masks[0] == found.masks.decode(1)).all()
    assert (masks[1] == found.masks.decode(2)).all()
    assert (masks[2] == found.masks.decode(0) & ~found.masks.decode(1)).all()


def test_masks_become_512_by_512_by_nearest_neighbour(make_found, submit):
    rows = submit([make_found("a.jpg", (300, 700), (0, (13, 17, 400, 222), 0.5, []))])
    expected = np.zeros((300, 700), bool)
    expected[17:222, 13:400] = True
    expected = expected[nearest(300, 512)][:, nearest(700, 512)]
    assert (decode_runs(rows[0]["EncodedPixels"], 512, 512) == expected).all()


def test_attributes_rise_behind_the_category(make_found, submit):
    rows = submit([make_found("a.jpg", (9, 9), (10, (0, 0, 9, 9), 0.5, [90, 4, 36]))])
    assert rows[0]["ClassId"] == "10_4_36_90"


def test_masks_left_without_pixels_are_dropped(make_found, submit):
    found = make_found("a.jpg", (9, 9), (3, (1, 1, 5, 5), 0.5, []), (3, (0, 0, 9, 9), 0.9, []))
    assert len(submit([found], size=(9, 9))) == 1
    speck = make_found("b.jpg", (9, 9), (3, (0, 0, 1, 1), 0.5, []), (4, (3, 3, 9, 9), 0.5, []))
    assert [row["ClassId"] for row in submit([speck], size=(3, 3))] == ["4"]


class TestPhotosWithNothing:
    def test_get_one_pixel(self, make_found, submit):
        rows = submit([make_found("a.jpg", (9, 9)), make_found("b.jpg", (9, 9), (3, (0, 0, 9, 9), 1, []))])
        assert [(row["ImageId"], row["ClassId"]) for row in rows] == [("a.jpg", "0"), ("b.jpg", "3")]
        assert rows[0]["EncodedPixels"] == "1 1"

    def test_or_the_best_of_what_was_doubtful(self, make_found, submit):
        doubtful = make_found("a.jpg", (9, 9), (3, (0, 0, 9, 9), 0.1, []), (5, (0, 0, 3, 9), 0.2, []))
        rows = submit([make_found("a.jpg", (9, 9))], size=(9, 9), spare={"a.jpg": doubtful})
        assert [(row["ImageId"], row["EncodedPixels"], row["ClassId"]) for row in rows] == [
            ("a.jpg", "1 27", "5")
        ]

    def test_but_nothing_doubtful_joins_what_was_found(self, make_found, submit):
        found = make_found("a.jpg", (9, 9), (3, (0, 0, 9, 9), 0.9, []))
        assert len(submit([found], spare={"a.jpg": found})) == 1


def test_truth_without_scores_keeps_its_order(make_found, submit):
    found = make_found("a.jpg", (9, 9), (3, (0, 0, 9, 9), 0.1, []), (5, (0, 0, 3, 9), 0.2, []))
    assert [row["ClassId"] for row in submit([replace(found, scores=None)])] == ["3", "5"]


def test_photos_are_taken_one_at_a_time(make_found, submit):
    alive = []

    def photos():
        for n in range(5):
            alive.append(n)
            yield make_found(f"{n}.jpg", (9, 9), (3, (0, 0, 9, 9), 0.9, []))
            assert alive == [n]
            alive.clear()

    assert len(submit(photos())) == 5


class TestErrors:
    def test_a_photo_given_twice_leaves_no_file(self, make_found, tmp_path):
        photos = [make_found("a.jpg", (9, 9))] * 2
        with pytest.raises(AnnotationError, match=r"photo a\.jpg comes twice"):
            write_submission(tmp_path / "submission.csv", photos)
        assert list(tmp_path.iterdir()) == []

    def test_masks_are_needed(self, make_found, tmp_path):
        found = replace(make_found("a.jpg", (9, 9), (3, (0, 0, 9, 9), 0.9, [])), masks=None)
        with pytest.raises(AnnotationError, match=r"a\.jpg: 1 instances without masks"):
            write_submission(tmp_path / "submission.csv", [found])


@pytest.mark.data
def test_street_photos_read_back_are_the_resized_ones(ccp, tmp_path):
    truth = load_records(ccp / "val").select(np.arange(0, 100, 5))
    path = tmp_path / "submission.csv"
    write_submission(path, (truth.instances(photo) for photo in range(len(truth))))
    back = read_submission(path, truth)
    assert back.image_ids.tolist() == truth.image_ids.tolist()
    assert back.category_ids.tolist() == truth.category_ids.tolist()
    assert (back.attributes == truth.attributes).all()
    resized = truth.masks.resized((512, 512))
    # The labels are one map of pixels, so there is no overlap to remove.
    assert back.masks.starts.tolist() == resized.starts.tolist()
    assert back.masks.lengths.tolist() == resized.lengths.tolist()
