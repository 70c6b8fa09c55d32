import numpy as np
import pytest

from attire.errors import RecipeError, WeightsError
from attire.predict import AttributeRule, RawDetections, postprocess
from attire.preprocess import InputSpec

DRESS, SHOE = 10, 23
LETTERBOX = InputSpec(height=64, width=64)
WIDE = LETTERBOX.geometry((64, 128))


def test_boxes_and_masks_come_back_to_the_photo(make_raw, ontology):
    raw = make_raw((DRESS, (10, 5, 30, 20), 0.9, {}))
    look = postprocess(raw, WIDE, image_id="a.jpg", ontology=ontology)
    assert look.boxes.tolist() == [[20, 10, 60, 40]]
    assert look.size == (64, 128)
    assert look.category_ids.tolist() == [DRESS]
    x1, y1, x2, y2 = look.masks.boxes[0]
    assert np.abs(np.array([x1, y1, x2, y2]) - [20, 10, 60, 40]).max() <= 1


def test_plain_stretching_is_undone_along_each_side(make_raw, ontology):
    geometry = InputSpec(height=64, width=64, mode="plain").geometry((128, 256))
    look = postprocess(
        make_raw((DRESS, (16, 16, 32, 48), 0.9, {})), geometry, image_id="a", ontology=ontology
    )
    assert look.boxes.tolist() == [[64, 32, 128, 96]]


def test_what_lies_in_the_padding_is_cut_off_or_dropped(make_raw, ontology):
    raw = make_raw((DRESS, (10, 20, 30, 60), 0.9, {}), (SHOE, (10, 40, 30, 60), 0.8, {}))
    look = postprocess(raw, WIDE, image_id="a.jpg", ontology=ontology)
    assert look.category_ids.tolist() == [DRESS]
    assert look.boxes.tolist() == [[20, 40, 60, 64]]
    assert look.masks.boxes[0][3] == 64


def test_a_box_reaching_into_the_padding_keeps_the_shape_of_its_mask(make_raw, ontology):
    """Only the upper half of the grid is on: that is half of the whole box, not of its visible part."""
    mask = np.zeros((1, 28, 28))
    mask[:, :14] = 1
    raw = make_raw((DRESS, (10, 16, 30, 48), 0.9, {}), masks=mask)
    look = postprocess(raw, WIDE, image_id="a.jpg", ontology=ontology)
    assert abs(look.masks.boxes[0][3] - 64) <= 1
    assert look.boxes[0][3] == 64


def test_empty_masks_are_dropped_and_the_rest_is_ranked(make_raw, ontology):
    masks = np.ones((3, 28, 28))
    masks[1] = 0.4
    raw = make_raw(
        (DRESS, (0, 0, 20, 20), 0.2, {"floral": 0.9}),
        (DRESS, (0, 0, 20, 20), 0.9, {}),
        (SHOE, (5, 5, 20, 20), 0.6, {}),
        masks=masks,
        embeddings=np.arange(6, dtype=np.float32).reshape(3, 2),
    )
    look = postprocess(raw, WIDE, image_id="a.jpg", ontology=ontology)
    assert look.scores.tolist() == pytest.approx([0.6, 0.2])
    assert look.embeddings.tolist() == [[4, 5], [0, 1]]
    assert look.attribute_names(1) == ("floral",)
    assert len(look.masks) == 2


def test_nothing_found_is_no_instances(make_raw, ontology):
    look = postprocess(make_raw(), WIDE, image_id="a.jpg", ontology=ontology)
    assert len(look) == 0
    assert look.to_coco() == []


def test_single_choice_groups_take_one_attribute_and_others_any(make_raw, ontology):
    named = {
        "mini (length)": 0.8,
        "micro (length)": 0.7,
        "floral": 0.6,
        "stripe": 0.55,
        "plain (pattern)": 0.3,
    }
    look = postprocess(make_raw((DRESS, (0, 0, 20, 20), 0.9, named)), WIDE, image_id="a", ontology=ontology)
    assert set(look.attribute_names(0)) == {"mini (length)", "floral", "stripe"}


def test_categories_without_attributes_get_none(make_raw, ontology):
    raw = make_raw((SHOE, (0, 0, 20, 20), 0.9, {"floral": 0.9}), (DRESS, (0, 0, 9, 9), 0.8, {"floral": 0.9}))
    look = postprocess(raw, WIDE, image_id="a", ontology=ontology, attribute_categories=frozenset({DRESS}))
    assert look.attribute_names(0) == ()
    assert not look.attribute_probs[0].any()
    assert look.attribute_names(1) == ("floral",)


def test_cut_offs_of_the_rule_are_used(ontology):
    probs = np.zeros((1, len(ontology.attributes)), np.float32)
    probs[0, ontology.attribute_index("mini (length)")] = 0.3
    probs[0, ontology.attribute_index("floral")] = 0.3
    rule = AttributeRule(single_choice=0.25, others=0.35)
    held = rule.decide(probs, np.array([DRESS]), ontology)
    assert np.flatnonzero(held[0]).tolist() == [ontology.attribute_index("mini (length)")]


def test_a_cut_off_beyond_one_is_refused():
    with pytest.raises(RecipeError, match="between 0 and 1"):
        AttributeRule(others=1.5)


def test_raw_arrays_of_different_lengths_are_refused():
    with pytest.raises(WeightsError, match=r"scores of shape \(2,\), expected \(1,\)"):
        RawDetections(
            boxes=np.zeros((1, 4), np.float32),
            labels=np.ones(1, np.int64),
            scores=np.ones(2, np.float32),
            masks=np.ones((1, 28, 28), np.float32),
            attribute_probs=np.zeros((1, 92), np.float32),
        )
