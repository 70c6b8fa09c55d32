"""Every point that is lost is in the ledger, once."""

import numpy as np
import pytest

from attire.evaluate import Bootstrap, evaluate
from attire.evaluate.ledger import CAUSES

SIZE = (10, 20)
WHOLE, FIRST_HALF, OTHER = (0, 0, 10, 10), (0, 0, 10, 5), (10, 0, 20, 10)


@pytest.fixture
def ledger(make_records, quick):
    def run(truth, predictions):
        photos = [make_records({"a": (SIZE, rows)}) for rows in (truth, predictions)]
        return evaluate(*photos, bootstrap=quick).ledger

    return run


@pytest.mark.parametrize(
    ("truth", "predictions", "expected"),
    [
        ([(0, WHOLE, None)], [], {"missed": (0, 1)}),
        ([], [(0, WHOLE, None)], {"background": (1, 0)}),
        ([(0, WHOLE, None)], [(0, OTHER, None)], {"missed": (0, 1), "background": (1, 0)}),
        ([(0, WHOLE, None)], [(6, WHOLE, None)], {"wrong_category": (1, 1)}),
        ([(0, WHOLE, [1])], [(0, WHOLE, [2])], {"wrong_attributes": (1, 1)}),
        ([(0, WHOLE, [1])], [(0, WHOLE, None)], {"wrong_attributes": (1, 1)}),
        ([(0, WHOLE, None)], [(0, FIRST_HALF, None)], {"poor_mask": (1, 1)}),
        ([(0, WHOLE, [1])], [(0, FIRST_HALF, [2])], {"poor_mask_and_attributes": (1, 1)}),
        ([(0, WHOLE, None)], [(0, WHOLE, None), (0, WHOLE, None)], {"duplicate": (1, 0)}),
        ([(0, WHOLE, None)], [(0, WHOLE, None), (6, WHOLE, None)], {"duplicate": (1, 0)}),
        ([(0, WHOLE, None)], [(0, WHOLE, None), (0, FIRST_HALF, None)], {"duplicate": (1, 0)}),
        ([(0, WHOLE, None)], [(6, FIRST_HALF, None)], {"missed": (0, 1), "background": (1, 0)}),
    ],
    ids=[
        "nothing predicted",
        "nothing there",
        "elsewhere",
        "another category",
        "other attributes",
        "attributes left out",
        "half the mask",
        "half the mask and other attributes",
        "said twice",
        "said again as something else",
        "part of it said again",
        "other category on half of it has nothing to do with it",
    ],
)
def test_one_mishap_has_one_cause(ledger, truth, predictions, expected):
    found = ledger(truth, predictions).causes
    assert {name: (c.fp, c.fn) for name, c in found.items() if c.fp or c.fn} == expected
    assert list(found) == list(CAUSES)


def test_cause_depends_on_the_threshold(ledger):
    # IoU 0.8: a hit at 0.50 … 0.75, a poor mask at 0.80 … 0.95.
    found = ledger([(0, WHOLE, None)], [(0, (0, 0, 10, 8), None)])
    assert (found.hits, found.causes["poor_mask"].fn) == (1, 0)
    assert found.mean_hits == pytest.approx(0.6)
    assert found.mean_causes["poor_mask"].points == pytest.approx(0.4)


def check_sums(truth, said):
    report = evaluate(truth, said, bootstrap=Bootstrap(resamples=0))
    first, rows = report.thresholds["score"][0], report.thresholds["score"]
    causes, mean = report.ledger.causes.values(), report.ledger.mean_causes.values()
    assert report.ledger.hits == first.tp
    assert sum(c.fp for c in causes) == first.fp
    assert sum(c.fn for c in causes) == first.fn
    assert sum(c.points for c in causes) == pytest.approx(1 - first.image)
    assert report.ledger.mean_hits == pytest.approx(np.mean([row.tp for row in rows]))
    assert sum(c.fp for c in mean) == pytest.approx(np.mean([row.fp for row in rows]))
    assert sum(c.fn for c in mean) == pytest.approx(np.mean([row.fn for row in rows]))
    assert sum(c.points for c in mean) == pytest.approx(1 - report.score.image.value)
    return report.ledger


@pytest.mark.parametrize("mishap", ["perfect", "shifted by 4", "dropped", "duplicated", "muddled"])
def test_adds_up_on_made_up_photos(made_up, mishaps, mishap):
    truth = made_up(30)
    check_sums(truth, mishaps[mishap](truth))


@pytest.mark.data
def test_adds_up_on_real_photos(street, mishaps):
    ledger = check_sums(street, mishaps["muddled"](street))
    assert all(cause.points > 0 for cause in ledger.mean_causes.values())
