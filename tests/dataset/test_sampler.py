from itertools import islice

import numpy as np
import pytest

from attire.dataset.sampler import Draw, EpochSampler
from attire.errors import DataError


def test_an_epoch_shows_every_sample_once_and_the_next_in_another_order():
    sampler = EpochSampler(20, seed=1)
    first = list(sampler)
    sampler.set_epoch(1)
    second = list(sampler)
    assert sorted(draw.sample for draw in first) == sorted(draw.sample for draw in second) == list(range(20))
    assert [draw.sample for draw in first] != [draw.sample for draw in second]
    assert {draw.epoch for draw in first} == {0}
    assert all(draw.entry == draw.sample for draw in first)
    assert list(EpochSampler(20, seed=1)) == first
    assert list(EpochSampler(20, seed=2)) != first
    assert [draw.sample for draw in EpochSampler(4, shuffle=False)] == [0, 1, 2, 3]


def test_a_position_is_saved_and_restored():
    whole = EpochSampler(11, seed=3)
    whole.set_epoch(4)
    expected = list(whole)
    stopped = EpochSampler(11, seed=3)
    stopped.set_epoch(4)
    used = list(islice(iter(stopped), 9))  # workers fetched nine, but only six were trained on
    stopped.advance(6)
    resumed = EpochSampler(11, seed=3)
    resumed.load_state_dict(stopped.state_dict())
    resumed.set_epoch(4)
    assert used[:6] + list(resumed) == expected
    assert len(resumed) == 11
    resumed.set_epoch(5)
    assert len(list(resumed)) == 11


def test_an_epoch_that_is_over_starts_again():
    sampler = EpochSampler(5)
    sampler.advance(5)
    assert len(list(sampler)) == 5


def test_a_position_of_other_data_is_refused():
    state = EpochSampler(11, seed=3).state_dict()
    with pytest.raises(DataError, match="n_draws 11, this run 12"):
        EpochSampler(12, seed=3).load_state_dict(state)
    with pytest.raises(DataError, match="seed 3, this run 4"):
        EpochSampler(11, seed=4).load_state_dict(state)


def test_repeat_factors_hold_on_average_and_epochs_have_one_length():
    factors = np.array([1.0, 1.25, 2.5, 1.0, 3.25])
    sampler = EpochSampler(5, repeat_factors=factors)
    counts = []
    for epoch in range(400):
        sampler.set_epoch(epoch)
        draws = list(sampler)
        assert len(draws) == len(sampler) == 9
        assert len({draw.entry for draw in draws}) == 9
        counts.append(np.bincount([draw.sample for draw in draws], minlength=5))
    assert (np.floor(factors) <= np.min(counts, axis=0)).all()
    assert (np.max(counts, axis=0) <= np.ceil(factors)).all()
    np.testing.assert_allclose(np.mean(counts, axis=0), factors, atol=0.08)


def test_factors_below_one_show_another_part_in_every_epoch():
    sampler = EpochSampler(10, repeat_factors=np.array([1.0] * 4 + [0.5] * 6), seed=3)
    counts = np.zeros(10)
    for epoch in range(60):
        sampler.set_epoch(epoch)
        seen = [draw.sample for draw in sampler]
        assert len(seen) == 7
        assert set(range(4)) <= set(seen)
        np.add.at(counts, seen, 1)
    np.testing.assert_allclose(counts[4:] / 60, 0.5, atol=0.2)


@pytest.mark.parametrize("n_samples", [12, 13])
def test_processes_share_an_epoch_evenly(n_samples):
    ranks = [list(EpochSampler(n_samples, rank=rank, world_size=4)) for rank in range(4)]
    assert {len(draws) for draws in ranks} == {-(-n_samples // 4)}
    assert {draw.sample for draws in ranks for draw in draws} == set(range(n_samples))


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_samples": 0},
        {"n_samples": 3, "rank": 2, "world_size": 2},
        {"n_samples": 3, "repeat_factors": np.ones(2)},
        {"n_samples": 2, "repeat_factors": np.array([1.0, 0.0])},
    ],
    ids=["nothing", "rank too high", "factors of another length", "factor of nothing"],
)
def test_impossible_samplers_are_refused(wrong):
    with pytest.raises(DataError):
        EpochSampler(**wrong)


def test_a_draw_is_a_plain_tuple():
    assert Draw(1, 2, 3) == (1, 2, 3)
