"""What is learnt is judged on other photos, means what it says, and survives being written."""

from dataclasses import replace

import numpy as np
import pytest

from attire.errors import DataError, RecipeError, WeightsError
from attire.evaluate import Bootstrap
from attire.evaluate.reliability import reliability
from attire.predict.selection import FEATURES, LearnedSelector
from attire.select import compare, cross_fitted, fit_hit_model, fit_selector, gather
from attire.select.fitting import KINDS, folds, precision_levels


@pytest.fixture(scope="module")
def evidence(truth, looks):
    return gather(truth, looks)


@pytest.fixture(scope="module")
def fit(evidence):
    return fit_selector(evidence, about="looks")


def test_evidence_is_what_the_truth_says(truth, looks, evidence):
    assert evidence.features.shape == (len(evidence.photo), len(FEATURES))
    assert evidence.truths.sum() == len(truth.category_ids)
    assert set(evidence.category_ids) <= set(truth.category_ids)
    assert (evidence.hits[:, 0] == (evidence.ious > 0.5)).all()
    # Masks are the truth's own, so what hits hits at every threshold, and no truth is hit twice.
    assert (evidence.hits[:, 0] == evidence.hits[:, -1]).all()
    assert 0 < evidence.hits[:, 0].sum() <= len(truth.category_ids)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_far_less_wrong_than_the_network(kind, evidence):
    given = cross_fitted(evidence, kind)
    right = evidence.hits[:, 0]
    none = Bootstrap(resamples=0)
    count = len(evidence.truths)
    before = reliability(evidence.scores, right, evidence.photo, count, none)
    after = reliability(given[:, 0], right, evidence.photo, count, none)
    assert before.ece > 0.25
    assert after.ece < 0.1
    assert (np.diff(given, axis=1) <= 0).all()


def test_no_photo_is_judged_by_what_it_taught(evidence, monkeypatch):
    seen = []

    def spy(own, kind, chosen=None):
        seen.append(set(own.photo[chosen].tolist()))
        return fit_hit_model(own, kind, chosen)

    monkeypatch.setattr("attire.select.fitting.fit_hit_model", spy)
    cross_fitted(evidence, "isotonic")
    parts = [set(np.flatnonzero(part).tolist()) for part in folds(len(evidence.truths), 5, 0)]
    assert [own & learnt for own, learnt in zip(parts, seen, strict=True)] == [set()] * 5
    assert set.union(*parts) == set(range(len(evidence.truths)))


def test_the_kind_with_the_least_loss_is_taken(fit):
    assert fit.selector.hit_model.kind == min(fit.log_loss, key=lambda kind: fit.log_loss[kind])
    assert set(fit.log_loss) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_selector_survives_being_written(kind, evidence, fit, looks):
    selector = replace(fit.selector, hit_model=fit_hit_model(evidence, kind)).aimed_at("precision=0.9")
    arrays, rest = selector.to_arrays()
    again = LearnedSelector.from_arrays({name: array.copy() for name, array in arrays.items()}, rest)
    assert again.target == selector.target
    assert again.about == "looks"
    for look in looks[:5]:
        one, other = selector.rate(look), again.rate(look)
        assert (one.scores == other.scores).all()
        assert selector(look).category_ids.tolist() == again(look).category_ids.tolist()


def test_damaged_selectors_are_refused(fit):
    arrays, rest = fit.selector.to_arrays()
    for name in ("rates", "levels"):
        with pytest.raises(WeightsError, match="Fit it again"):
            LearnedSelector.from_arrays({k: v for k, v in arrays.items() if k != name}, rest)
    with pytest.raises(WeightsError, match="damaged"):
        LearnedSelector.from_arrays(arrays, "{}")
    with pytest.raises(WeightsError, match="newer"):
        LearnedSelector.from_arrays(arrays, rest.replace('"format": 1', '"format": 99'))


def test_rating_keeps_the_networks_scores_and_puts_the_surest_first(fit, looks):
    rated = fit.selector.rate(looks[0])
    assert sorted(rated.network_scores.tolist()) == sorted(looks[0].scores.tolist())
    assert (np.diff(rated.scores) <= 0).all()
    assert (rated.scores == rated.hit_probs[:, 0]).all()
    assert "not sure" in rated.sureness(len(rated) - 1)
    assert rated.to_coco()[0]["network_score"] == pytest.approx(float(rated.network_scores[0]), abs=1e-6)


def test_a_model_of_other_categories_is_refused(fit, looks):
    other = replace(fit.selector, hit_model=replace(fit.selector.hit_model, rates=np.full(3, 0.5)))
    with pytest.raises(RecipeError, match="3 categories"):
        other.rate(looks[0])


def test_so_many_are_right_as_precision_asks(evidence, fit):
    given, right = fit.out_of_fold[:, 0], evidence.hits[:, 0]
    levels = precision_levels(given, right)
    assert (np.diff(levels) >= 0).all()
    for share in (0.5, 0.7):
        kept = given >= levels[round(100 * share) - 1]
        assert right[kept].mean() >= share


def test_the_rule_pays_on_photos_it_has_not_seen(truth, looks):
    found = compare(truth, looks, repeats=1, bootstrap=Bootstrap(resamples=50))
    plain, single, category, rule, literal = found.ways
    assert plain.name == "cut at 0.5"
    assert rule.score.value > 1.15 * plain.score.value
    assert rule.score.value > single.score.value - 0.01
    assert rule.gain.value == pytest.approx(rule.score.value - plain.score.value)
    assert plain.gain.value == 0
    assert category.kept < plain.kept
    assert literal.with_sets.value > plain.with_sets.value


def test_nothing_to_learn_from_is_said(truth, looks):
    with pytest.raises(DataError, match="annotated"):
        gather(truth.select([]), [])
    with pytest.raises(DataError, match="two photos"):
        compare(truth.select([0]), looks[:1])
