"""What is kept: sure enough, and each thing once."""

import numpy as np
import pytest

from attire.errors import RecipeError
from attire.instances import Instances
from attire.masks import RunLengths
from attire.predict import drop_rivals, select_by_score

SIZE = (40, 30)


@pytest.fixture
def make(ontology):
    """Builder of a photo's instances from ``(category id, (x1, y1, x2, y2), score)``."""

    def build(*found) -> Instances:
        masks = []
        for _, (x1, y1, x2, y2), _ in found:
            mask = np.zeros(SIZE, bool)
            mask[y1:y2, x1:x2] = True
            masks.append(RunLengths.from_mask(mask))
        runs = RunLengths.concatenate(masks)
        return Instances(
            ontology=ontology,
            image_id="a.jpg",
            size=SIZE,
            category_ids=np.array([category for category, _, _ in found], np.int64),
            boxes=runs.boxes,
            masks=runs,
            scores=np.array([score for _, _, score in found], np.float32),
        )

    return build


DRESS, SKIRT, COLLAR, JACKET = 10, 8, 28, 4


def test_one_thing_under_two_names_is_kept_under_the_surer(make):
    found = make((DRESS, (5, 5, 25, 35), 0.9), (SKIRT, (5, 8, 25, 35), 0.6), (COLLAR, (10, 5, 20, 8), 0.5))
    assert drop_rivals(found).category_ids.tolist() == [DRESS, COLLAR]
    assert select_by_score(0.3)(found).category_ids.tolist() == [DRESS, COLLAR]
    assert select_by_score(0.3, rival_iou=1)(found).category_ids.tolist() == [DRESS, SKIRT, COLLAR]


def test_what_overlaps_less_stays(make):
    beside = make((DRESS, (5, 5, 25, 25), 0.9), (JACKET, (5, 5, 25, 17), 0.6))
    assert len(drop_rivals(beside, 0.6)) == 2, "60 of 100 pixels shared is no more than 0.6"
    assert len(drop_rivals(beside, 0.59)) == 1


def test_repeats_under_one_name_may_be_held_to_less(make):
    found = make((DRESS, (5, 5, 25, 25), 0.9), (DRESS, (5, 5, 25, 17), 0.7), (SKIRT, (5, 5, 25, 17), 0.6))
    assert len(drop_rivals(found, 1.0)) == 3
    assert drop_rivals(found, 1.0, 0.59).category_ids.tolist() == [DRESS, SKIRT]
    assert len(drop_rivals(found, 1.0, 0.6)) == 3, "60 of 100 pixels shared is no more than 0.6"
    assert drop_rivals(found, 0.59, 1.0).category_ids.tolist() == [DRESS], "the lower of both counts"
    assert select_by_score(0.3, rival_iou=1, repeat_iou=0.5)(found).category_ids.tolist() == [DRESS, SKIRT]


def test_a_dropped_rival_drops_nobody(make):
    chain = make((DRESS, (0, 0, 20, 20), 0.9), (SKIRT, (0, 4, 20, 24), 0.8), (JACKET, (0, 8, 20, 28), 0.7))
    assert drop_rivals(chain, 0.5).category_ids.tolist() == [DRESS, JACKET]


def test_the_surer_may_be_the_smaller_and_empty_photos_stay_empty(make):
    found = make((SKIRT, (5, 8, 25, 35), 0.6), (DRESS, (5, 5, 25, 35), 0.5))
    assert drop_rivals(found).category_ids.tolist() == [SKIRT]
    assert len(drop_rivals(found[:0])) == 0


@pytest.mark.parametrize("value", [-0.1, 1.5])
def test_no_overlap_above_one(value):
    with pytest.raises(RecipeError, match="rival_iou lies between 0 and 1"):
        select_by_score(0.3, rival_iou=value)
    with pytest.raises(RecipeError, match="repeat_iou lies between 0 and 1"):
        select_by_score(0.3, repeat_iou=value)
