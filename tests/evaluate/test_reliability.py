"""Confidence that is right shows no error beyond chance, and confidence that is wrong shows its own."""

import numpy as np
import pytest

from attire.evaluate import Bootstrap
from attire.evaluate.reliability import reliability

BOOTSTRAP = Bootstrap(resamples=200)
PHOTOS, EACH = 200, 15


def draw(seed: int = 0):
    """Probabilities, what happened, and the photo of each."""
    random = np.random.default_rng(seed)
    p = random.beta(0.7, 1.2, PHOTOS * EACH) * 0.94 + 0.05
    return p, random.random(len(p)) < p, np.repeat(np.arange(PHOTOS), EACH)


def test_perfect_confidence_errs_as_much_as_chance():
    p, right, photo = draw()
    found = reliability(p, right, photo, PHOTOS, BOOTSTRAP)
    assert found.detections == len(p)
    assert found.ece == pytest.approx(found.floor, abs=0.012)
    assert found.debiased.low == 0
    assert found.debiased.value < 0.02


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_holds_an_error_that_is_there(seed):
    p, right, photo = draw(seed)
    said = np.clip(p + 0.1, 0, 1)
    found = reliability(said, right, photo, PHOTOS, BOOTSTRAP)
    real = float(np.sqrt(((said - p) ** 2).mean()))
    assert found.debiased.low < real < found.debiased.high
    assert found.debiased.value == pytest.approx(real, abs=0.025)
    assert found.ece == pytest.approx(0.1, abs=0.02)


def test_bins_say_what_they_hold():
    p = np.repeat([0.2, 0.9], 500)
    right = np.concatenate([np.arange(500) < 150, np.arange(500) < 450])
    found = reliability(p, right, np.zeros(1000, np.int64), 1, BOOTSTRAP)
    assert sum(own.count for own in found.bins) == 1000
    low = [own for own in found.bins if own.confidence == pytest.approx(0.2)]
    assert sum(own.right * own.count for own in low) == pytest.approx(150)
    assert found.brier == pytest.approx((150 * 0.64 + 350 * 0.04 + 450 * 0.01 + 50 * 0.81) / 1000)


def test_the_faint_do_not_count():
    found = reliability(
        np.array([0.01, 0.5]), np.array([True, True]), np.array([0, 0]), 1, Bootstrap(resamples=0)
    )
    assert found.detections == 1
    none = reliability(np.array([0.01]), np.array([True]), np.array([0]), 1, BOOTSTRAP)
    assert none is None
