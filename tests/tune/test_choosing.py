"""Values of post-processing: scored as the whole pipeline scores them, searched, and judged without leaks."""

from dataclasses import replace

import numpy as np
import pytest

from attire.annotations import Records, load_records
from attire.evaluate import Bootstrap
from attire.evaluate.alignment import labelled_only
from attire.evaluate.collecting import collect
from attire.instances import Instances
from attire.predict import ChoiceValues, RawDetections
from attire.samples import sample_looks
from attire.select.comparison import photo_scores
from attire.select.fitting import folds
from attire.tune import choosing
from attire.tune.choosing import choose_values, cross_fit, steps, values_of
from attire.tune.readings import Readings
from attire.tune.results import best_row, rows_of
from attire.tune.sheet import Sheets
from attire.tune.study import open_study

START = ChoiceValues()


@pytest.fixture(scope="module")
def truth() -> Records:
    records = load_records(sample_looks())
    return records.select(np.arange(12))


@pytest.fixture(scope="module")
def readings(truth) -> Readings:
    """Boxes of the truth, moved a little, twice over, with noise under other names; and soft masks."""
    random = np.random.default_rng(0)
    parts, counts, sizes = [], [], []
    for place in range(len(truth)):
        real: Instances = truth.instances(place)
        source = np.repeat(np.arange(len(real)), 3)
        n = len(source)
        boxes = real.boxes[source] + random.normal(0, 3, (n, 4)).astype(np.float32)
        boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 2)
        right = random.random(n) < 0.6
        labels = np.where(right, real.category_ids[source], random.integers(0, 46, n)) + 1
        scores = np.clip(random.beta(2, 2, n) * 0.5 + 0.45 * right, 0.01, 0.99)
        y, x = np.mgrid[-1:1:28j, -1:1:28j]
        masks = np.clip(1.2 - (x**2 + y**2)[None] * random.uniform(0.4, 1.0, (n, 1, 1)), 0, 1)
        probs = random.beta(1, 9, (n, len(truth.ontology.attributes))) + 0.4 * real.attributes[source]
        order = np.argsort(-scores)
        parts.append((boxes[order], labels[order], scores[order], masks[order], np.clip(probs, 0, 1)[order]))
        counts.append(n)
        sizes.append((*real.size, *real.size, *real.size))
    boxes, labels, scores, masks, probs = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Readings(
        image_ids=tuple(truth.image_ids.tolist()),
        geometry=np.array(sizes, np.int64),
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        raw=RawDetections(
            boxes=boxes.astype(np.float32),
            labels=labels.astype(np.int64),
            scores=scores.astype(np.float32),
            masks=masks.astype(np.float32),
            attribute_probs=probs.astype(np.float32),
        ),
        carriers=tuple(range(13)),
    )


@pytest.fixture(scope="module")
def sheets(truth, readings) -> Sheets:
    return Sheets(truth, readings)


@pytest.mark.parametrize(
    "values",
    [
        START,
        ChoiceValues(least_score=0.0, rival_iou=1.0, repeat_iou=1.0),
        ChoiceValues(least_score=0.55, rival_iou=0.4),
        ChoiceValues(least_score=0.4, rival_iou=0.8, repeat_iou=0.3),
        ChoiceValues(least_score=0.3, mask_threshold=0.7, repeat_iou=0.5),
        ChoiceValues(least_score=0.5, single_choice=0.6, others=0.2),
    ],
    ids=lambda values: f"{values.least_score} {values.rival_iou} {values.repeat_iou}",
)
def test_values_score_what_the_whole_pipeline_scores(values, truth, readings, sheets) -> None:
    looks = list(readings.looks(truth.ontology, values.mask_threshold))
    decided = [
        replace(
            look,
            attributes=values.rule.decide(
                look.attribute_probs, look.category_ids, truth.ontology, readings.carriers
            ),
        )
        for look in looks
    ]
    kept = labelled_only(truth, collect([values.selector(look) for look in decided], truth.ontology))
    category, full = photo_scores(truth, kept)
    found_category, found_full = sheets.scores(values)
    np.testing.assert_allclose(found_category, category, atol=1e-9)
    np.testing.assert_allclose(found_full, full, atol=1e-9)
    assert sheets.said(values) == len(kept.category_ids)
    assert 0 < category.mean() < 1


def test_values_matter_here(sheets) -> None:
    figures = {
        round(float(sheets.scores(values)[1].mean()), 6)
        for values in (START, *(replace(START, **{name: 0.45}) for name in steps("score2019")))
    }
    assert len(figures) == 1 + len(steps("score2019")), "each of them changes the score with sets"


@pytest.fixture(scope="module")
def searched(sheets, tmp_path_factory):
    study = open_study(tmp_path_factory.mktemp("search"), "select", prune=False)
    choose_values(study, sheets, "categories", 30, START)
    return study


def test_a_search_begins_with_the_models_own_values_and_is_never_worse(searched, sheets) -> None:
    rows = rows_of(searched)
    assert [row.state for row in rows] == ["done"] * 30
    assert values_of(dict(rows[0].values), START) == START
    assert rows[0].value == sheets.scores(START)[0].mean()
    best = best_row(rows)
    assert best.value == sheets.scores(values_of(dict(best.values), START))[0].mean()
    assert best.value > rows[0].value


def test_a_search_goes_on_where_it_ended(searched, sheets) -> None:
    before = [row.value for row in rows_of(searched)]
    choose_values(searched, sheets, "categories", 30, START)
    assert [row.value for row in rows_of(searched)] == before


def test_photos_are_judged_by_searches_that_never_saw_them(sheets, monkeypatch) -> None:
    """Spoil the scores of the photos that judge: no search may notice."""
    original, told = choosing._search, []

    def spoilt(sheets, aim, chosen, trials, start, seed):
        real = sheets.scores

        def scores(values):
            return tuple(np.where(chosen, column, np.nan) for column in real(values))

        with monkeypatch.context() as patch:
            patch.setattr(sheets, "scores", scores)
            found = original(sheets, aim, chosen, trials, start, seed)
        told.append((chosen, found))
        return found

    best = replace(START, least_score=0.5)
    straight = cross_fit(sheets, "categories", 8, START, best, repeats=1)
    monkeypatch.setattr(choosing, "_search", spoilt)
    assert cross_fit(sheets, "categories", 8, START, best, repeats=1) == straight
    assert len(told) == 5
    assert (sum(~chosen for chosen, _ in told) == 1).all(), "each photo judges once"
    by_hand = np.zeros(len(sheets.truth))
    for chosen, found in told:
        by_hand[~chosen] = sheets.scores(found)[0][~chosen]
    assert straight.cross_fitted.value == pytest.approx(by_hand.mean())


def test_where_values_cannot_help_cross_fitting_shows_no_gain_but_the_best_does(truth, readings) -> None:
    """Scores that say nothing: whatever is chosen looks better on the photos it was chosen by."""
    random = np.random.default_rng(3)
    raw = readings.raw
    blind = replace(readings, raw=replace(raw, scores=random.permutation(raw.scores)))
    order = np.concatenate(
        [
            start + np.argsort(-blind.raw.scores[start:end], kind="stable")
            for start, end in zip(blind.offsets[:-1], blind.offsets[1:], strict=True)
        ]
    )
    sheets = Sheets(truth, replace(blind, raw=blind.raw[order]))
    best = choosing._search(sheets, "categories", np.ones(len(truth), bool), 15, START, (0,))
    honest = cross_fit(sheets, "categories", 15, START, best, bootstrap=Bootstrap(resamples=50))
    assert honest.best.value > honest.cross_fitted.value
    assert honest.gain.low <= honest.gain.value <= honest.gain.high
    assert honest.gain.value == pytest.approx(honest.cross_fitted.value - honest.before.value)
    assert (honest.photos, honest.parts, honest.repeats) == (12, 5, 2)
    assert len(folds(12, 5, 0)) == 5
