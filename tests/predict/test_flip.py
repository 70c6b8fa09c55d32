import numpy as np
import pytest

from attire.predict import Predictor
from attire.predict.flip import merge, mirror_detections, mirror_input

DRESS, SHOE = 10, 23


def test_mirroring_twice_changes_nothing(make_raw):
    rng = np.random.default_rng(0)
    array = rng.integers(0, 256, (3, 8, 10), dtype=np.uint8)
    once = mirror_input(array, 7)
    np.testing.assert_array_equal(once[:, :, 7:], array[:, :, 7:])
    np.testing.assert_array_equal(once[:, :, 0], array[:, :, 6])
    np.testing.assert_array_equal(mirror_input(once, 7), array)
    raw = make_raw((DRESS, (1, 2, 5, 6), 0.9, {}), masks=rng.random((1, 28, 28)))
    back = mirror_detections(mirror_detections(raw, 7), 7)
    np.testing.assert_array_equal(back.boxes, raw.boxes)
    np.testing.assert_array_equal(back.masks, raw.masks)


def test_a_pair_becomes_its_weighted_mean(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {"floral": 0.8}))
    second = make_raw((DRESS, (2, 0, 12, 10), 0.3, {"floral": 0.4}), masks=np.zeros((1, 28, 28)))
    (one,) = [merge(first, second)]
    assert len(one) == 1
    assert one.scores.tolist() == pytest.approx([0.6])
    assert one.boxes[0].tolist() == pytest.approx([0.5, 0, 10.5, 10])
    assert one.attribute_probs.max() == pytest.approx(0.7)
    assert one.masks[0, 0, 0] == pytest.approx(0.75)


def test_what_only_one_view_shows_keeps_half_its_score(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}))
    second = make_raw((SHOE, (0, 0, 10, 10), 0.8, {}))
    both = merge(first, second)
    assert both.scores.tolist() == pytest.approx([0.45, 0.4])
    assert both.labels.tolist() == [DRESS + 1, SHOE + 1]


def test_a_leftover_on_top_of_a_pair_is_the_same_garment(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (DRESS, (0, 0, 10, 9), 0.5, {}))
    second = make_raw((DRESS, (0, 0, 10, 10), 0.7, {}))
    assert merge(first, second).scores.tolist() == pytest.approx([0.8])


def test_each_is_matched_once_the_best_overlap_first(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (DRESS, (30, 0, 40, 10), 0.8, {}))
    second = make_raw((DRESS, (31, 0, 41, 10), 0.8, {}), (DRESS, (0, 1, 10, 11), 0.9, {}))
    assert merge(first, second).scores.tolist() == pytest.approx([0.9, 0.8])


def test_nothing_and_something_merge(make_raw):
    assert len(merge(make_raw(), make_raw())) == 0
    assert merge(make_raw((DRESS, (0, 0, 9, 9), 0.5, {})), make_raw()).scores.tolist() == pytest.approx(
        [0.25]
    )


def test_a_symmetric_answer_is_found_again_in_the_mirror(make_raw, make_runtime, photo):
    """The second answer is what a network would say to the mirrored photo, whose content is 64 wide."""
    rng = np.random.default_rng(0)
    masks = (rng.random((1, 28, 28)) > 0.4).astype(np.float32)
    straight = make_raw((DRESS, (10, 5, 31, 20), 0.9, {"floral": 0.9}), masks=masks)
    runtime = make_runtime(straight, mirror_detections(straight, 64))
    look = Predictor(runtime, tta=True)(photo)
    plain = Predictor(make_runtime(straight))(photo)
    assert look.boxes.tolist() == plain.boxes.tolist()
    assert look.masks.starts.tolist() == plain.masks.starts.tolist()
    assert look.scores.tolist() == plain.scores.tolist()
    np.testing.assert_array_equal(runtime.asked[1][0][:, :32], runtime.asked[0][0][:, :32, ::-1])
