import numpy as np
import pytest

from attire.catalog.trends.counts import Counts
from attire.catalog.trends.forecasting import look_ahead
from attire.catalog.trends.smoothing import forecast_naive, forecast_smooth


def counts_of(odds: np.ndarray, garments: float = 2000.0, seed: int = 0) -> Counts:
    """Counts drawn from log-odds, one garment to a photo, no doubt."""
    share = 1 / (1 + np.exp(-odds))
    shown = np.random.default_rng(seed).binomial(int(garments), share).astype(float)
    base = np.full(odds.shape, garments)
    return Counts(
        shown=shown, base=base, shown2=shown, shown_base=shown, base2=base, certain=shown, photos=base
    )


def test_smoothing_follows_a_trend_and_the_naive_rule_does_not():
    odds = -2 + 0.08 * np.arange(30) * np.ones((20, 1))
    found = look_ahead(counts_of(odds), np.arange(30.0), "month", None)
    assert found.method == "smoothing"
    assert found.mase_smooth.mean() < found.mase_naive.mean()
    truth = 1 / (1 + np.exp(-(-2 + 0.08 * np.array([30, 31, 32]))))
    assert np.abs(found.value.mean(axis=0) - truth).max() < 0.02


def test_a_walk_without_a_direction_is_left_to_the_naive_rule():
    random = np.random.default_rng(1)
    odds = -1 + np.cumsum(0.3 * random.normal(size=(40, 40)), axis=1)
    found = look_ahead(counts_of(odds, 10_000), np.arange(40.0), "month", None)
    assert found.mase_naive.mean() == pytest.approx(found.mase_smooth.mean(), rel=0.15)


def test_the_season_comes_back():
    wave = np.cos(2 * np.pi * np.arange(48) / 12)
    found = look_ahead(counts_of(-1 + wave * np.ones((10, 1))), np.arange(48.0), "month", 12.0)
    truth = 1 / (1 + np.exp(-(-1 + np.cos(2 * np.pi * np.arange(48, 51) / 12))))
    assert np.abs(found.value.mean(axis=0) - truth).max() < 0.03
    assert found.method in ("seasonal naive", "smoothing")


def test_intervals_hold_what_comes():
    random = np.random.default_rng(2)
    held = []
    for seed in range(6):
        odds = -1 + np.cumsum(0.15 * random.normal(size=(60, 33)), axis=1)
        counts = counts_of(odds, seed=seed)
        past = counts.only(np.arange(33) < 30)
        found = look_ahead(past, np.arange(30.0), "month", None)
        came = counts.raw_share()[:, 30:]
        held += ((found.low <= came) & (came <= found.high)).ravel().tolist()
    assert 0.9 < np.mean(held) < 0.99


@pytest.mark.parametrize(
    "position", [np.arange(6.0), np.array([0.0, 1, 2, 6, 7, 12, 13, 20, 21, 22])], ids=["few", "gaps"]
)
def test_nothing_is_forecast_from_too_little(position):
    assert look_ahead(counts_of(np.zeros((3, len(position)))), position, "month", None) is None


def test_forecasts_of_the_past_know_nothing_later():
    random = np.random.default_rng(3)
    series = random.normal(size=(5, 30))
    changed = series.copy()
    changed[:, 20:] += 10
    for way in (forecast_naive, forecast_smooth):
        before, after = (way(s, (10, 19), 3, 1).values for s in (series, changed))
        assert (before == after).all()


def test_a_period_without_garments_is_passed_over():
    series = np.full((1, 20), 0.5)
    series[0, 7] = np.nan
    assert forecast_smooth(series, (19,), 2, 1).values == pytest.approx(0.5, abs=1e-6)
