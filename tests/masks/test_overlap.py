"""Set operations on run-lengths against the same on dense masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attire.errors import AnnotationError
from attire.masks import RunLengths, intersect, subtract, union, without_overlap
from attire.masks.overlap import shared_areas

masks_of_one_size = st.tuples(st.integers(1, 8), st.integers(1, 8)).flatmap(
    lambda size: st.lists(arrays(bool, size), min_size=1, max_size=4)
)


def is_canonical(runs):
    """Runs rise, do not touch and have pixels."""
    ends = runs.starts + runs.lengths
    return (runs.starts[1:] > ends[:-1]).all() and (runs.lengths > 0).all()


@given(masks_of_one_size)
def test_union_is_any(masks):
    joined = union(RunLengths.from_masks(masks))
    assert (joined.decode(0) == np.any(masks, axis=0)).all()
    assert is_canonical(joined)


@given(masks_of_one_size)
def test_two_masks_shared_and_subtracted(masks):
    left, right = RunLengths.from_mask(masks[0]), RunLengths.from_mask(masks[-1])
    both, rest = intersect(left, right), subtract(left, right)
    assert (both.decode(0) == (masks[0] & masks[-1])).all()
    assert (rest.decode(0) == (masks[0] & ~masks[-1])).all()
    assert is_canonical(both)
    assert is_canonical(rest)


@given(masks_of_one_size)
def test_shared_areas_are_counted_pair_by_pair(masks):
    first = [a for a in masks for _ in masks]
    second = [b for _ in masks for b in masks]
    shared = shared_areas(RunLengths.from_masks(first), RunLengths.from_masks(second))
    assert shared.tolist() == [int((a & b).sum()) for a, b in zip(first, second, strict=True)]


def test_no_pairs_share_nothing():
    assert shared_areas(RunLengths.empty(), RunLengths.empty()).shape == (0,)


@given(masks_of_one_size)
def test_every_pixel_goes_to_the_first_that_has_it(masks):
    apart = without_overlap(RunLengths.from_masks(masks))
    taken = np.zeros_like(masks[0])
    for i, mask in enumerate(masks):
        assert (apart.decode(i) == (mask & ~taken)).all()
        taken |= mask
    assert apart.sizes.tolist() == [list(mask.shape) for mask in masks]


def test_no_masks_have_no_overlap():
    assert len(without_overlap(RunLengths.empty())) == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param(lambda a, b: union(RunLengths.empty()), "at least one", id="union of nothing"),
        pytest.param(lambda a, b: union(RunLengths.concatenate([a, b])), "2x2 and 2x3", id="two sizes"),
        pytest.param(lambda a, b: subtract(a, b), "2x2 and 2x3", id="taking a mask of another size"),
        pytest.param(
            lambda a, b: intersect(RunLengths.concatenate([a, a]), a), "found 2 and 1", id="two against one"
        ),
        pytest.param(
            lambda a, b: shared_areas(RunLengths.concatenate([a, a]), a), "found 2 and 1", id="pairs of one"
        ),
        pytest.param(shared_areas, "2x2 and 2x3", id="pairs of two sizes"),
    ],
)
def test_what_cannot_be_is_refused(wrong, said):
    small, large = RunLengths.from_mask(np.ones((2, 2))), RunLengths.from_mask(np.ones((2, 3)))
    with pytest.raises(AnnotationError, match=said):
        wrong(small, large)
