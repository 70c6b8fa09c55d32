"""The benchmark of retrieval counts right: small cases worked out by hand."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "retrieval_scores.py"


@pytest.fixture(scope="module")
def scores():
    spec = spec_from_file_location("retrieval_scores", BENCHMARK)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def on_circle(*degrees):
    angles = np.radians(np.array(degrees))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


NOBODY = dict.fromkeys(range(9), np.zeros(0, np.int64))


def test_precision_leaves_the_query_out(scores):
    vectors, label = on_circle(0, 1, 10, 90, 91), np.array([0, 0, 1, 1, 1])
    shares = scores.precision(scores.nearest(vectors, NOBODY, k=1), label)
    assert shares.tolist() == [1, 1, 0, 1, 1]
    shares = scores.precision(scores.nearest(vectors, NOBODY, k=2), label)
    assert shares.tolist() == [0.5, 0.5, 0, 1, 1]


def test_duplicates_are_left_out_too(scores):
    vectors, label = on_circle(0, 1, 10), np.array([0, 0, 1])
    left_out = {0: np.array([1]), 1: np.array([0]), 2: np.zeros(0, np.int64)}
    assert scores.precision(scores.nearest(vectors, left_out, k=1), label).tolist() == [0, 0, 0]
    assert scores.random_precision(label, left_out).tolist() == [0, 0, 0]


def test_chance_is_the_share_of_the_label_among_the_others(scores):
    label = np.array([0, 0, 0, 1])
    np.testing.assert_allclose(scores.random_precision(label, NOBODY), [2 / 3, 2 / 3, 2 / 3, 0])


def test_pictures_are_the_same_only_if_drawn_and_coloured_alike(scores):
    drawn = on_circle(0, 1, 1, 60)
    coloured = on_circle(0, 1, 50, 0)
    found = {i: own.tolist() for i, own in scores.near_duplicates(drawn, coloured).items()}
    assert found == {0: [1], 1: [0], 2: [], 3: []}


def test_an_outfit_is_found_in_a_neighbouring_photo_only(scores):
    vectors = on_circle(0, 2, 3, 90)
    photo, category = np.array([10, 12, 50, 11]), np.array([1, 1, 1, 2])
    # The skirt of photo 11 has no like, nor has what is far away; the two others find each other.
    assert scores.outfits_found(vectors, photo, category, k=1).tolist() == [1, 0]
    assert scores.outfits_found(vectors, photo, category, k=2).tolist() == [1, 1]


def test_the_other_shoe_counts_where_there_are_two(scores):
    vectors = on_circle(0, 1, 40, 42, 80)
    photo, category = np.array([1, 1, 2, 2, 3]), np.array([23] * 5)
    assert scores.partners_found(vectors, photo, category, 23).tolist() == [1, 1, 1, 1]
    assert scores.partners_found(on_circle(0, 41, 40, 1, 80), photo, category, 23).tolist() == [0, 0, 0, 0]


def test_an_interval_holds_the_mean(scores):
    score = scores.Score.of(np.array([0.0, 1.0] * 200))
    assert score.low < score.value == 0.5 < score.high
    assert score.high - score.low < 0.12
