from dataclasses import replace

import numpy as np
import pytest

from attire.catalog.trends.dispersion import squeeze
from attire.catalog.trends.growth import measure_difference, measure_growth, supported
from attire.catalog.trends.matrix_counts import count_matrix
from attire.catalog.trends.restlessness import Residuals, restlessness

REPORTS = 30


def reports(simulation, world, slope=None, season=None, repeat=REPORTS):
    slope = np.zeros(world.lines) if slope is None else slope
    for seed in range(repeat):
        counts = simulation.draw(world, np.random.default_rng(seed), slope, season)
        rows = np.flatnonzero(supported(counts))
        cycle = 12.0 if world.periods >= 24 else None
        yield slope[rows], measure_growth(counts.take(rows), np.arange(world.periods) * 1.0, cycle)


@pytest.mark.parametrize(
    "changes",
    [
        {"detector": None},
        {},
        {"shock": 0.2},
        {"periods": 4},
        {"periods": 2},
        {"exclusive": True, "lines": 12},
    ],
    ids=["flawless", "detector in doubt", "restless", "four periods", "two periods", "one colour each"],
)
def test_false_alarms_keep_the_stated_rate_where_nothing_grows(simulation, changes):
    world = replace(simulation.PLAIN, **({"photos": 80, "lines": 40} | changes))
    p, alarms = [], 0
    for _, growth in reports(simulation, world):
        p += growth.p.tolist()
        alarms += bool((growth.q <= 0.05).any())
    error = (0.05 * 0.95 / len(p)) ** 0.5
    assert np.mean(np.array(p) < 0.05) < 0.05 + 4 * error
    assert alarms <= 5  # 30 reports at a rate of 0.05: more than 5 come once in 300


def test_planted_trends_are_found_and_little_else(simulation):
    world = replace(simulation.PLAIN, lines=40)
    slope = np.zeros(40)
    slope[:8] = np.array([1, -1] * 4) * 1.2 / world.periods
    found, false, held = [], [], []
    for truth, growth in reports(simulation, world, slope):
        listed = growth.q <= 0.05
        found += listed[truth != 0].tolist()
        false.append((listed & (truth == 0)).sum() / max(listed.sum(), 1))
        held += ((growth.low <= truth) & (truth <= growth.high)).tolist()
        assert (np.sign(growth.rate[listed & (truth != 0)]) == np.sign(truth[listed & (truth != 0)])).all()
    assert np.mean(found) > 0.6
    assert np.mean(false) < 0.08
    assert 0.92 < np.mean(held) < 0.98


def test_waves_are_found_where_they_are_and_only_there(simulation):
    world = replace(simulation.PLAIN, periods=36, lines=30, photos=100)
    season = np.zeros(30)
    season[:6] = 0.5
    found, wrong = [], 0
    for seed in range(8):
        counts = simulation.draw(world, np.random.default_rng(seed), None, season)
        rows = np.flatnonzero(supported(counts))
        growth = measure_growth(counts.take(rows), np.arange(36.0), 12.0)
        returning = (growth.wave_q <= 0.05) & growth.stable
        planted = season[rows] > 0
        found += returning[planted].tolist()
        wrong += int(returning[~planted].sum())
        peak = (growth.peak[returning & planted] + 0.5) % 1 - 0.5
        assert np.abs(peak).max(initial=0) < 0.15
    assert np.mean(found) > 0.7
    assert wrong <= 3


def test_a_trend_that_one_period_makes_is_told_from_one_that_all_make():
    share = np.array([[0.1] * 7 + [0.5], np.linspace(0.1, 0.5, 8)])
    rows = 400
    chances = np.stack(
        [np.concatenate([np.arange(rows) < rows * s for s in line]) for line in share], axis=1
    ).astype(np.float32)
    period = np.repeat(np.arange(8), rows)
    counts = count_matrix(chances, np.ones(8 * rows), np.arange(8 * rows), period, 8)
    growth = measure_growth(counts, np.arange(8.0), None)
    assert growth.strongest[0] == 7
    assert growth.p_without[0] > 0.05 > growth.p_without[1]


def test_tests_and_intervals_agree(simulation):
    world = replace(simulation.PLAIN, lines=60, photos=60)
    slope = np.linspace(-0.2, 0.2, 60)
    for _, growth in reports(simulation, world, slope, repeat=3):
        excludes = (growth.low > 0) | (growth.high < 0)
        clear = np.abs(growth.p - 0.05) > 0.002
        assert (excludes == (growth.p < 0.05))[clear].all()


def test_groups_that_differ_are_told_from_groups_that_do_not():
    random = np.random.default_rng(0)
    group = random.integers(0, 4, 8000)
    chances = np.stack([random.random(8000) < 0.2, random.random(8000) < 0.1 + 0.1 * (group == 2)], axis=1)
    counts = count_matrix(chances.astype(np.float32), np.ones(8000), np.arange(8000), group, 4)
    p, _ = measure_difference(counts)
    assert p[0] > 0.01
    assert p[1] < 1e-6


def test_rare_lines_and_lines_that_all_show_are_not_tested():
    chances = np.zeros((300, 3), np.float32)
    chances[:10, 0], chances[:, 1], chances[:100, 2] = 1, 1, 1
    counts = count_matrix(chances, np.ones(300), np.arange(300), np.arange(300) % 3, 3)
    assert supported(counts).tolist() == [False, False, True]


def test_a_detector_that_cannot_tell_is_not_believed():
    random = np.random.default_rng(0)
    chances = np.clip(0.5 + 0.02 * random.normal(size=(3000, 1)), 0, 1).astype(np.float32)
    counts = count_matrix(chances, np.ones(3000), np.arange(3000), np.arange(3000) % 3, 3)
    assert not supported(counts).any()


def test_dispersion_of_alike_lines_is_pooled_and_of_unlike_ones_is_not():
    random = np.random.default_rng(0)
    alike = squeeze(3 * random.chisquare(5, 500), np.full(500, 5.0))
    assert alike.factor.std() < 0.4
    assert alike.factor.mean() == pytest.approx(3, rel=0.1)
    unlike = squeeze(random.chisquare(5, 500) * np.exp(2 * random.normal(size=500)), np.full(500, 5.0))
    assert unlike.freedom[0] < 10


def test_restlessness_is_found_as_planted_and_not_where_there_is_none():
    random = np.random.default_rng(0)
    spread = np.full((200, 20), 60.0)
    for tau in (0.0, 0.3):
        squares = spread * (1 + tau**2 * spread) * random.chisquare(1, spread.shape)
        assert restlessness([Residuals(squares, spread, np.full(200, 20.0))]) == pytest.approx(tau, abs=0.06)
    assert restlessness([]) == 0
