"""Who was taken for whom."""

import numpy as np
import pytest

from attire.evaluate.confusion import confusion_matrix
from attire.evaluate.overlaps import find_overlaps

WHOLE, OTHER = (0, 0, 10, 10), (10, 0, 20, 10)
BACKGROUND = 46


@pytest.fixture
def matrix(make_records):
    def run(truth, predictions):
        real, said = (make_records({"a": ((10, 20), rows)}) for rows in (truth, predictions))
        overlaps = find_overlaps(real, said, real.masks.to_coco(), said.masks.to_coco())
        return confusion_matrix(real, said, overlaps)

    return run


@pytest.mark.parametrize(
    ("truth", "predictions", "expected"),
    [
        ([(0, WHOLE, None)], [(0, WHOLE, None)], {(0, 0): 1}),
        ([(0, WHOLE, None)], [(6, WHOLE, None)], {(0, 6): 1}),
        ([(0, WHOLE, None)], [], {(0, BACKGROUND): 1}),
        ([], [(6, WHOLE, None)], {(BACKGROUND, 6): 1}),
        ([(0, WHOLE, None)], [(6, WHOLE, None), (0, WHOLE, None)], {(0, 0): 1, (BACKGROUND, 6): 1}),
        ([(0, WHOLE, None)], [(0, (0, 0, 10, 5), None)], {(0, BACKGROUND): 1, (BACKGROUND, 0): 1}),
        (
            [(0, WHOLE, None), (6, OTHER, None)],
            [(6, WHOLE, None), (0, OTHER, None)],
            {(0, 6): 1, (6, 0): 1},
        ),
    ],
    ids=[
        "found",
        "taken for another",
        "missed",
        "invented",
        "of two equal masks the right category is matched",
        "IoU 0.5 is not enough",
        "swapped",
    ],
)
def test_counts(matrix, truth, predictions, expected):
    found = matrix(truth, predictions)
    assert {(int(i), int(j)): int(found[i, j]) for i, j in np.argwhere(found)} == expected


def test_every_truth_and_every_prediction_is_in_it_once(made_up, mishaps):
    truth = made_up(30)
    said = mishaps["muddled"](truth)
    overlaps = find_overlaps(truth, said, truth.masks.to_coco(), said.masks.to_coco())
    found = confusion_matrix(truth, said, overlaps)
    assert found[:-1].sum(axis=1).tolist() == np.bincount(truth.category_ids, minlength=46).tolist()
    assert found[:, :-1].sum(axis=0).tolist() == np.bincount(said.category_ids, minlength=46).tolist()
