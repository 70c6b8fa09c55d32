"""What is said is what pays, shown against all other choices."""

from itertools import combinations

import numpy as np
import pytest

from attire.errors import RecipeError
from attire.predict.selection import Target, choose, parse_target


def expected_score(hits: np.ndarray, said: tuple[int, ...], truths: float) -> float:
    """The score of 2019 expected of one choice, written down as it is defined."""
    found = hits[list(said)].sum(axis=0)
    return float((found / (len(said) + truths - found)).mean())


@pytest.mark.parametrize("seed", range(8))
def test_no_other_choice_is_expected_to_score_more(seed):
    random = np.random.default_rng(seed)
    first = random.beta(0.6, 0.9, size=(9, 1))
    hits = np.minimum.accumulate(first * random.uniform(0.7, 1, (9, 10)), axis=1)
    missed = float(random.uniform(0, 2))
    chosen = choose(hits, None, Target("categories"), missed=missed)
    truths = hits[:, 0].sum() + missed
    best = max(expected_score(hits, said, truths) for n in range(1, 10) for said in combinations(range(9), n))
    assert expected_score(hits, tuple(chosen), truths) == pytest.approx(best, rel=0.01)


def test_the_next_one_is_said_while_its_odds_exceed_the_score():
    hits = np.repeat([[0.9], [0.5], [0.3], [0.2], [0.1]], 10, axis=1)
    chosen = choose(hits, None, Target("categories"), missed=0.0)
    found, said, truths = 0.0, 0, hits[:, 0].sum()
    for p in hits[:, 0]:
        score = found / (said + truths - found)
        if p / (1 - p) <= score:
            break
        found, said = found + p, said + 1
    assert chosen.tolist() == list(range(said))


def test_a_doubtful_attribute_set_costs_its_garment_only_where_sets_count():
    hits = np.repeat([[0.9], [0.8]], 10, axis=1)
    sets = np.array([0.02, 1.0])
    assert choose(hits, sets, Target("categories"), missed=0.0).tolist() == [0, 1]
    assert choose(hits, sets, Target("score2019"), missed=0.0).tolist() == [1]


def test_where_nothing_seems_to_be_nothing_is_said():
    assert len(choose(np.full((3, 10), 0.004), None, Target("categories"), missed=0.0)) == 0
    assert len(choose(np.zeros((0, 10)), None, Target("f1"), missed=1.0)) == 0


def test_in_a_photo_that_surely_holds_something_a_doubtful_thing_is_said():
    doubtful = np.full((1, 10), 0.1)
    assert len(choose(doubtful, None, Target("categories"), missed=0.5)) == 0
    assert choose(doubtful, None, Target("categories"), missed=0.5, blank=0.01).tolist() == [0]
    assert len(choose(doubtful / 100, None, Target("categories"), missed=0.5, blank=0.01)) == 0


def test_f1_asks_for_half_of_what_it_reaches():
    hits = np.repeat([[0.9], [0.8], [0.5], [0.3], [0.1]], 10, axis=1)
    chosen = choose(hits, None, Target("f1"), missed=0.0)
    truths = hits[:, 0].sum()
    f1 = [2 * hits[:n, 0].sum() / (n + truths) for n in range(1, 6)]
    assert len(chosen) == int(np.argmax(f1)) + 1
    assert hits[chosen[-1], 0] > max(f1) / 2 > hits[len(chosen), 0]


def test_precision_keeps_what_is_sure_and_all_keeps_all():
    hits = np.repeat([[0.2], [0.96], [0.7]], 10, axis=1)
    assert choose(hits, None, Target("precision", 0.95), missed=0.0, least=0.9).tolist() == [1]
    assert choose(hits, None, Target("all"), missed=0.0).tolist() == [0, 1, 2]


@pytest.mark.parametrize("text", ["", "best", "precision", "precision=", "precision=2", "f1=0.3"])
def test_targets_that_are_none_are_refused(text):
    with pytest.raises(RecipeError, match="arget"):
        parse_target(text)


@pytest.mark.parametrize("text", ["categories", "score2019", "f1", "precision=0.95", "all"])
def test_targets_survive_being_written(text):
    assert str(parse_target(text)) == text
