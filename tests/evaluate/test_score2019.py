"""The score of 2019, worked by hand."""

import numpy as np
import pytest

from attire.evaluate import Bootstrap, evaluate

SIZE = (10, 20)
WHOLE = (0, 0, 10, 10)


def photo(*instances):
    return (SIZE, list(instances))


def garment(category_id, box=WHOLE, attributes=None):
    return (category_id, box, attributes)


@pytest.fixture
def scored(make_records, quick):
    def run(truth, predictions):
        return evaluate(make_records(truth), make_records(predictions), bootstrap=quick)

    return run


def values(score):
    return score.image.value, score.pooled.value, score.image_class.value


def test_one_hit_one_missed_one_invented(scored):
    report = scored(
        {"a": photo(garment(0), garment(6, (10, 0, 20, 10))), "b": photo(garment(9))},
        {"a": photo(garment(0)), "b": photo(garment(9), garment(9, (10, 0, 20, 10)))},
    )
    # a: 1 of 1 + 0 + 1; b: 1 of 1 + 1 + 0. Pooled: 2 of 2 + 1 + 1. By category: (1 + 0) / 2, and 1 / 2.
    assert values(report.score_categories) == pytest.approx((0.5, 0.5, 0.5))


def test_three_averagings_differ_when_photos_differ_in_number(scored):
    report = scored(
        {
            "a": photo(garment(0)),
            "b": photo(garment(0), garment(0, (10, 0, 20, 10)), garment(6, (0, 5, 9, 9))),
        },
        {"a": photo(garment(0)), "b": photo(garment(0))},
    )
    # b by category: shirts 1 of 2, pants 0 of 1.
    assert values(report.score_categories) == pytest.approx(
        ((1 + 1 / 3) / 2, 2 / 4, (1 + (1 / 2 + 0) / 2) / 2)
    )


@pytest.mark.parametrize(
    ("rows", "passed"),
    [(10, 10), (6, 2), (5, 0), (9, 8)],
    ids=[
        "IoU 1 passes all",
        "IoU 0.6 passes 0.50 and 0.55 only",
        "IoU 0.5 passes none",
        "IoU 0.9 fails 0.90",
    ],
)
def test_hit_needs_more_than_the_threshold(scored, rows, passed):
    report = scored({"a": photo(garment(0))}, {"a": photo(garment(0, (0, 0, 10, rows)))})
    assert values(report.score_categories) == pytest.approx((passed / 10,) * 3)


def test_empty_sides(scored):
    report = scored(
        {"both empty": photo(), "truth empty": photo(), "predictions empty": photo(garment(0))},
        {"both empty": photo(), "truth empty": photo(garment(0)), "predictions empty": photo()},
    )
    assert values(report.score) == pytest.approx((1 / 3, 0.0, 1 / 3))


def test_nothing_anywhere_counts_one(scored):
    assert values(scored({"a": photo()}, {"a": photo()}).score) == (1.0, 1.0, 1.0)


def test_photo_left_out_of_the_predictions_has_none(scored):
    report = scored({"a": photo(garment(0)), "b": photo(garment(0))}, {"b": photo(garment(0))})
    assert values(report.score) == (0.5, 0.5, 0.5)


def test_class_id_is_compared_literally(scored):
    truth = {
        "exact": photo(garment(10, attributes=[1, 20])),
        "other set": photo(garment(10, attributes=[1, 20])),
        "subset": photo(garment(10, attributes=[1, 20])),
        "bare truth, bare prediction": photo(garment(23)),
        "bare truth, said something": photo(garment(10)),
    }
    said = {
        "exact": photo(garment(10, attributes=[1, 20])),
        "other set": photo(garment(10, attributes=[1, 21])),
        "subset": photo(garment(10, attributes=[1])),
        "bare truth, bare prediction": photo(garment(23)),
        "bare truth, said something": photo(garment(10, attributes=[20])),
    }
    report = scored(truth, said)
    assert report.score.image.value == pytest.approx(2 / 5)
    assert report.score_categories.image.value == 1.0
    assert report.score_stripped.image.value == pytest.approx(2 / 5)  # both bare truths, not the exact set


def test_greedy_takes_the_best_overlap_first(scored):
    # The wide prediction overlaps the truth by 0.8, the exact one by 1: one hit, at all thresholds.
    report = scored({"a": photo(garment(0))}, {"a": photo(garment(0, (0, 0, 10, 8)), garment(0))})
    assert values(report.score) == pytest.approx((0.5, 0.5, 0.5))


def test_duplicates_cost_and_second_truth_is_reached(scored):
    report = scored(
        {"a": photo(garment(0), garment(0, (0, 0, 10, 9)))},
        {"a": photo(garment(0), garment(0))},
    )
    # The second prediction meets the second truth at 0.9: two hits below 0.90, one at 0.90 and above.
    assert report.score.image.value == pytest.approx((8 * 1 + 2 * 1 / 3) / 10)


def test_thresholds_and_categories_count_the_same(scored):
    report = scored(
        {"a": photo(garment(0), garment(6, (10, 0, 20, 10)))},
        {"a": photo(garment(0, (0, 0, 10, 8)), garment(9, (10, 0, 20, 10)))},
    )
    first, last = report.thresholds["score"][0], report.thresholds["score"][-1]
    assert (first.iou, first.tp, first.fp, first.fn) == (0.5, 1, 1, 1)
    assert (last.iou, last.tp, last.fp, last.fn) == (0.95, 0, 2, 2)
    assert (first.sensitivity, first.precision, first.image) == (0.5, 0.5, pytest.approx(1 / 3))
    rows = {row.id: row for row in report.categories}
    assert sorted(rows) == [0, 6, 9]
    assert rows[0].tp == (1,) * 6 + (0,) * 4
    assert rows[0].mean_sensitivity == pytest.approx(0.6)
    assert (rows[6].sensitivity, rows[6].fn) == (0.0, (1,) * 10)
    assert np.isnan(rows[6].precision)
    assert np.isnan(rows[9].sensitivity)
    mean = np.mean([row.image for row in report.thresholds["score_categories"]])
    assert mean == pytest.approx(report.score_categories.image.value)


def test_interval_holds_the_value_and_is_seeded(made_up, mishaps):
    truth = made_up(40)
    said = mishaps["muddled"](truth)
    first = evaluate(truth, said, bootstrap=Bootstrap(resamples=200, seed=3))
    again = evaluate(truth, said, bootstrap=Bootstrap(resamples=200, seed=3))
    other = evaluate(truth, said, bootstrap=Bootstrap(resamples=200, seed=4))
    assert first.score_categories == again.score_categories
    assert first.score_categories.image.low != other.score_categories.image.low
    for value in (first.score_categories.image, first.score_categories.pooled, first.attributes.f1):
        assert value.low < value.value < value.high


def test_interval_narrows_with_photos(made_up, mishaps):
    def width(photos):
        truth = made_up(photos)
        image = evaluate(truth, mishaps["muddled"](truth)).score_categories.image
        return image.high - image.low

    assert width(200) < width(20) / 2
