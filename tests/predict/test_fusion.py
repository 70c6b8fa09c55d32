"""Several views made one: worked cases, and what holds of any views."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attire.predict import RawDetections
from attire.predict.fusion import fuse

DRESS, SHOE = 10, 23


def test_a_pair_becomes_its_weighted_mean(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {"floral": 0.8}))
    second = make_raw((DRESS, (2, 0, 12, 10), 0.3, {"floral": 0.4}), masks=np.zeros((1, 28, 28)))
    (one,) = [fuse([first, second])]
    assert len(one) == 1
    assert one.scores.tolist() == pytest.approx([0.6])
    assert one.boxes[0].tolist() == pytest.approx([0.5, 0, 10.5, 10])
    assert one.attribute_probs.max() == pytest.approx(0.7)
    assert one.masks[0, 0, 0] == pytest.approx(0.75)


def test_what_only_one_view_shows_keeps_half_its_score(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}))
    second = make_raw((SHOE, (0, 0, 10, 10), 0.8, {}))
    both = fuse([first, second])
    assert both.scores.tolist() == pytest.approx([0.45, 0.4])
    assert both.labels.tolist() == [DRESS + 1, SHOE + 1]


def test_a_leftover_on_top_of_a_pair_is_the_same_garment(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (DRESS, (0, 0, 10, 9), 0.5, {}))
    second = make_raw((DRESS, (0, 0, 10, 10), 0.7, {}))
    assert fuse([first, second]).scores.tolist() == pytest.approx([0.8])


def test_each_is_matched_once_the_best_overlap_first(make_raw):
    first = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (DRESS, (30, 0, 40, 10), 0.8, {}))
    second = make_raw((DRESS, (31, 0, 41, 10), 0.8, {}), (DRESS, (0, 1, 10, 11), 0.9, {}))
    assert fuse([first, second]).scores.tolist() == pytest.approx([0.9, 0.8])


def test_nothing_and_something_merge(make_raw):
    assert len(fuse([make_raw(), make_raw()])) == 0
    assert fuse([make_raw((DRESS, (0, 0, 9, 9), 0.5, {})), make_raw()]).scores.tolist() == pytest.approx(
        [0.25]
    )


def test_a_single_view_comes_back_as_it_is(make_raw):
    raw = make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (DRESS, (0, 0, 10, 9), 0.95, {}))
    assert fuse([raw]) is raw


def test_three_views_share_the_score(make_raw):
    views = [
        make_raw((DRESS, (0, 0, 10, 10), 0.9, {}), (SHOE, (20, 0, 30, 10), 0.6, {})),
        make_raw((DRESS, (0, 0, 10, 10), 0.6, {})),
        make_raw((DRESS, (0, 0, 10, 10), 0.3, {}), (SHOE, (20, 0, 30, 10), 0.3, {})),
    ]
    both = fuse(views)
    assert both.labels.tolist() == [DRESS + 1, SHOE + 1]
    assert both.scores.tolist() == pytest.approx([0.6, 0.3])


def test_two_things_that_every_view_shows_stay_two(make_raw):
    """Shoes side by side: closer to each other than one is to itself in another view."""
    shoes = [(SHOE, (0, 0, 10, 10), 0.9, {}), (SHOE, (3, 0, 13, 10), 0.8, {})]
    both = fuse([make_raw(*shoes), make_raw(*shoes), make_raw(*shoes)])
    assert both.boxes.tolist() == [list(box) for _, box, _, _ in shoes]
    assert both.scores.tolist() == pytest.approx([0.9, 0.8])


def test_masks_are_laid_on_the_mean_box(make_raw):
    """The left half of one box is the right half of the other: the same pixels, and so all of the mean's."""
    left, right = np.zeros((2, 1, 28, 28))
    left[..., 7:] = 1
    right[..., :21] = 1
    views = [
        make_raw((DRESS, (0, 0, 28, 28), 0.5, {}), masks=left),
        make_raw((DRESS, (7, 0, 35, 28), 0.5, {}), masks=right),
    ]
    one = fuse(views)
    assert one.boxes[0].tolist() == [3.5, 0, 31.5, 28]
    across = one.masks[0, 14]
    assert (across[4:24] > 0.99).all()
    assert (across[:3] < 0.01).all()
    assert (across[25:] < 0.01).all()


def test_what_one_view_does_not_cover_counts_as_empty(make_raw):
    views = [make_raw((DRESS, (0, 0, 28, 28), 0.5, {})), make_raw((DRESS, (0, 0, 28, 14.5), 0.5, {}))]
    down = fuse(views).masks[0, :, 14]
    assert down[5] == pytest.approx(1)
    assert down[-1] == pytest.approx(0.5)


def test_a_finer_grid_of_another_network_is_kept(make_raw):
    coarse = make_raw((DRESS, (0, 0, 56, 56), 0.5, {}))
    fine = make_raw((DRESS, (0, 0, 56, 56), 0.5, {}), masks=np.ones((1, 56, 56)))
    one = fuse([coarse, fine])
    assert one.masks.shape == (1, 56, 56)
    assert one.masks.min() == pytest.approx(1)


def test_embeddings_stay_unit_vectors(make_raw):
    box = (DRESS, (0, 0, 10, 10), 0.5, {})
    one = fuse([make_raw(box, embeddings=np.array([e], np.float32)) for e in ([1, 0], [0, 1])])
    assert one.embeddings[0].tolist() == pytest.approx([0.5**0.5, 0.5**0.5])


@st.composite
def some_views(draw) -> list[RawDetections]:
    """Views of a few things on a coarse raster, so that boxes meet often and scores tie."""
    views = []
    for n in draw(st.lists(st.integers(0, 4), min_size=2, max_size=4)):
        corners = draw(st.lists(st.tuples(*[st.integers(0, 6)] * 2), min_size=n, max_size=n))
        sides = draw(st.lists(st.tuples(*[st.integers(2, 6)] * 2), min_size=n, max_size=n))
        scores = draw(st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=n, max_size=n))
        labels = draw(st.lists(st.integers(1, 2), min_size=n, max_size=n))
        low, size = np.array(corners).reshape(n, 2), np.array(sides).reshape(n, 2)
        masks = np.random.default_rng(draw(st.integers(0, 9))).random((n, 4, 4))
        views.append(
            RawDetections(
                boxes=np.concatenate([low, low + size], axis=1).astype(np.float32),
                labels=np.array(labels, np.int64),
                scores=np.array(scores, np.float32),
                masks=masks.astype(np.float32),
                attribute_probs=np.zeros((n, 2), np.float32),
            )
        )
    return views


@settings(deadline=None, max_examples=100)
@given(some_views())
def test_what_holds_of_any_views(views):
    fused = fuse(views)
    assert len(fused) <= sum(map(len, views))
    assert set(fused.labels) == {label for view in views for label in view.labels}
    assert (np.diff(fused.scores) <= 0).all()
    for array in (fused.masks, fused.scores):
        assert ((array >= 0) & (array <= 1 + 1e-6)).all()
    highest = max((float(view.scores.max(initial=0)) for view in views), default=0)
    assert fused.scores.max(initial=0) <= highest + 1e-6


@settings(deadline=None, max_examples=100)
@given(some_views())
def test_the_order_of_views_does_not_matter(views):
    one, other = fuse(views), fuse(views[::-1])
    np.testing.assert_allclose(one.scores, other.scores, atol=1e-6)
    np.testing.assert_allclose(one.boxes, other.boxes, atol=1e-4)


@settings(deadline=None, max_examples=50)
@given(some_views(), st.integers(2, 4))
def test_the_same_view_several_times_is_that_view(views, times):
    one = views[0]
    rows = np.column_stack([one.labels, one.boxes])
    assume(len(np.unique(rows, axis=0)) == len(one))
    again = fuse([one] * times)
    order = np.lexsort((*one.boxes.T, one.labels, -one.scores))
    np.testing.assert_allclose(again.scores, one.scores[order], atol=1e-6)
    np.testing.assert_allclose(again.boxes, one.boxes[order], atol=1e-5)
    np.testing.assert_allclose(again.masks, one.masks[order], atol=1e-5)
