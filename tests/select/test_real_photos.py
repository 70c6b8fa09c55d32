"""What docs/select.md says of real street photos."""

import pytest

from attire.dataset import open_dataset
from attire.evaluate import Bootstrap
from attire.evaluate.predicting import read_dataset
from attire.evaluate.reliability import reliability
from attire.predict import Predictor
from attire.select import compare, fit_selector, gather

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def read(ccp):
    """Truth of the validation photos, what the model in the box says of them, and labels of the others."""
    val = open_dataset(ccp / "val")
    looks = list(read_dataset(val, Predictor.load(calibrated=False)))
    return val.records, looks, open_dataset(ccp / "train").records


def test_confidence_means_what_it_says(read):
    truth, looks, labels = read
    evidence = gather(truth, looks, labels=labels)
    fit = fit_selector(evidence)
    right, bootstrap = evidence.hits[:, 0], Bootstrap(resamples=300)
    before, after = (
        reliability(scores, right, evidence.photo, len(truth), bootstrap, least=0)
        for scores in (evidence.scores, fit.out_of_fold[:, 0])
    )
    assert before.ece > 0.15
    assert after.ece < 0.03
    assert after.debiased.low < 0.03


def test_the_rule_pays(read):
    truth, looks, labels = read
    plain, _, category, rule, sets = compare(truth, looks, labels=labels).ways
    assert rule.score.value > 1.12 * plain.score.value
    assert rule.score.value > category.score.value - 0.005
    assert rule.gain.low > 0
    assert sets.with_sets.value > 1.25 * plain.with_sets.value
