import numpy as np
import pytest

from attire.dataset import repeat_factors, resample_weak, weak_categories
from attire.errors import DataError

BOX = (0, 0, 2, 2)


@pytest.fixture
def records(make_records):
    """Eight photos: shirt in all, dress in two, hat in one; two shirts in the first."""
    shown = [[0, 0, 10, 14], [0, 10], [0], [0], [0], [0], [0], [0]]
    return make_records(
        {f"{i}.jpg": ((4, 4), [(category, BOX, None) for category in c]) for i, c in enumerate(shown)}
    )


def test_repeat_factors_by_hand(records):
    # Shares: shirt 1, dress 2/8, hat 1/8; at 0.5 that is max(1, √½), √2 and 2.
    factors = repeat_factors(records, 0.5)
    np.testing.assert_allclose(factors, [2, np.sqrt(2), 1, 1, 1, 1, 1, 1])
    np.testing.assert_array_equal(repeat_factors(records, 0.001), np.ones(8))


def test_repeat_factors_count_only_the_photos_trained_on(records):
    # Among the first four, dress has 2/4 and hat 1/4.
    np.testing.assert_allclose(repeat_factors(records, 0.5, np.array([3, 0, 1, 2])), [1, np.sqrt(2), 1, 1])


def test_a_threshold_out_of_range_is_refused(records):
    with pytest.raises(DataError, match=r"1\.5 is no share"):
        repeat_factors(records, 1.5)


def test_weak_categories_by_hand(make_records):
    # Instances: 0 four, 1 three, 2 two, 3 one. The median of the recalls is 0.45.
    shown = [[0, 0, 0, 0], [1, 1, 1], [2, 2], [3]]
    records = make_records(
        {f"{i}.jpg": ((4, 4), [(category, BOX, None) for category in c]) for i, c in enumerate(shown)}
    )
    recall = {0: 0.9, 1: 0.5, 2: 0.4, 3: 0.1, 20: 0.0, 5: float("nan")}
    assert weak_categories(records, recall) == [2, 3]
    assert weak_categories(records, recall, 1) == [2]
    assert weak_categories(records, {0: 0.3, 1: 0.3, 2: 0.3}) == [0, 1, 2]
    assert weak_categories(records, recall, photos=np.array([0, 1])) == [1]
    with pytest.raises(DataError, match="No category has both"):
        weak_categories(records, {20: 0.5})


def test_weak_categories_take_turns(records):
    # Dress (photos 0 and 1) and hat (photo 0) are weak: two of four places each.
    drawn = resample_weak(records, {0: 0.9, 10: 0.1, 14: 0.2, 1: 0.0}, 4)
    assert sorted(drawn[0::2]) == [0, 1]
    assert drawn[1::2].tolist() == [0, 0]


def test_a_photo_comes_again_only_after_all_others(records):
    drawn = resample_weak(records, {0: 0.1, 10: 0.9}, 20)
    assert sorted(np.bincount(drawn, minlength=8).tolist()) == [2, 2, 2, 2, 3, 3, 3, 3]


def test_resampling_is_seeded_and_stays_among_its_photos(records):
    recall = {0: 0.1, 10: 0.9}
    first, again, other = (resample_weak(records, recall, 50, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert set(resample_weak(records, recall, 9, photos=np.array([2, 5]))) == {2, 5}
    assert len(resample_weak(records, recall, 0)) == 0
