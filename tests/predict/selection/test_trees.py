"""Trees answer as scikit-learn's do, and arrays that are no trees are refused."""

from dataclasses import replace

import numpy as np
import pytest

from attire.errors import WeightsError
from attire.predict.selection import Trees
from attire.select.fitting import _trees


@pytest.fixture(scope="module")
def data():
    random = np.random.default_rng(0)
    rows = random.normal(size=(3000, 5))
    odds = rows[:, 0] + np.sin(3 * rows[:, 2]) * 2 - rows[:, 4]
    return rows, random.random(3000) < 1 / (1 + np.exp(-odds))


def test_they_answer_as_scikit_learn_does(data, monkeypatch):
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows, answers = data
    kept = []
    fit = HistGradientBoostingClassifier.fit

    def remember(self, *given):
        kept.append(self)
        return fit(self, *given)

    monkeypatch.setattr(HistGradientBoostingClassifier, "fit", remember)
    trees = _trees(rows, answers)
    new = np.random.default_rng(1).normal(size=(500, 5))
    assert trees(new) == pytest.approx(kept[0].decision_function(new), abs=1e-9)
    assert np.ptp(trees(new)) > 1


def test_they_rise_with_the_first_column_and_fall_with_the_last(data):
    trees = _trees(*data)
    rows = np.zeros((50, 5))
    rows[:, 0] = np.linspace(-3, 3, 50)
    assert (np.diff(trees(rows)) >= 0).all()
    assert (np.diff(trees(rows[:, ::-1])) <= 0).all()


def test_arrays_that_would_never_end_are_refused(data):
    trees = _trees(*data)
    inner = int(np.flatnonzero(trees.feature >= 0)[1])
    back = trees.left.copy()
    back[inner] = 0
    with pytest.raises(WeightsError, match="out of order"):
        replace(trees, left=back)
    with pytest.raises(WeightsError, match="different lengths"):
        replace(trees, value=trees.value[:-1])
    with pytest.raises(WeightsError, match="roots"):
        replace(trees, roots=trees.roots + len(trees.feature))


def test_no_rows_are_fine():
    empty = np.zeros(0)
    whole = empty.astype(np.int32)
    none = Trees(roots=whole, feature=whole, threshold=empty, left=whole, right=whole, value=empty, start=0.5)
    assert none(np.zeros((2, 3))).tolist() == [0.5, 0.5]
    assert none.along(np.zeros((2, 2)), np.zeros(3)).tolist() == [[0.5] * 3] * 2


def chain(depth: int) -> Trees:
    """One tree that asks the two columns in turn, and ends on the right each time."""
    nodes = np.arange(2 * depth + 1)
    inner = nodes % 2 == 0
    inner[-1] = False
    return Trees(
        roots=np.array([0], np.int32),
        feature=np.where(inner, nodes // 2 % 2, -1).astype(np.int32),
        threshold=np.where(inner, depth - nodes / 2, 0),
        left=np.where(inner, nodes + 2, 0).astype(np.int32),
        right=np.where(inner, nodes + 1, 0).astype(np.int32),
        value=np.where(inner, 0, nodes + 0.1),
        start=0.5,
    )


@pytest.mark.parametrize("depth", [0, 1, 7, 63, 64, 65, 2000], ids=lambda depth: f"{depth + 1} leaves")
def test_several_last_values_at_once_are_as_one_by_one(depth):
    trees = chain(depth)
    rows, last = np.linspace(-1, depth + 1, 23)[:, None], np.linspace(-1, depth + 1, 7)
    one_by_one = [trees(np.column_stack([rows, np.full(len(rows), value)])) for value in last]
    np.testing.assert_array_equal(trees.along(rows, last), np.stack(one_by_one, axis=1))
    assert trees.along(rows[:0], last).shape == (0, 7)


def test_learnt_trees_give_the_same_to_the_bit_for_several_last_values(data):
    trees = _trees(*data)
    rows = np.random.default_rng(2).normal(size=(60, 4))
    rows[:20] = np.random.default_rng(3).choice(trees.threshold, (20, 4))
    last = np.array([-1.0, 0.0, trees.threshold[trees.feature == 4][0], 2.0])
    one_by_one = [trees(np.column_stack([rows, np.full(len(rows), value)])) for value in last]
    np.testing.assert_array_equal(trees.along(rows, last), np.stack(one_by_one, axis=1))
