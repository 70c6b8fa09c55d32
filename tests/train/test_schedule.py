import pytest

from attire.errors import RecipeError
from attire.train import Schedule, Stage, stretch


def schedule(**changes) -> Schedule:
    stages = (Stage(epochs=2, lr=1.0, layers="heads"), Stage(epochs=3, lr=0.1))
    return Schedule(**({"stages": stages, "steps_per_epoch": 4} | changes))


def test_a_constant_stage_keeps_its_rate_and_the_next_begins_at_its_first_step() -> None:
    plan = schedule()
    assert [plan.learning_rate(step) for step in (0, 7, 8, 19)] == [1.0, 1.0, 0.1, 0.1]
    assert (plan.epochs, plan.steps, plan.boundaries) == (5, 20, (2, 5))


def test_stages_follow_from_the_epoch() -> None:
    plan = schedule()
    assert [plan.stage_of_epoch(epoch).layers for epoch in range(6)] == ["heads"] * 2 + ["all"] * 4


def test_warm_up_rises_in_a_straight_line_across_stages() -> None:
    plan = schedule(warmup_steps=10)
    assert plan.learning_rate(0) == pytest.approx(0.1)
    assert plan.learning_rate(7) == pytest.approx(0.8)
    assert plan.learning_rate(8) == pytest.approx(0.1 * 0.9)
    assert plan.learning_rate(12) == pytest.approx(0.1)


def test_a_cosine_starts_at_its_rate_and_is_halved_in_the_middle_of_its_stage() -> None:
    plan = schedule(stages=(Stage(epochs=2, lr=1.0, schedule="cosine"),))
    assert plan.learning_rate(0) == 1.0
    assert plan.learning_rate(4) == pytest.approx(0.5)
    assert plan.learning_rate(7) == pytest.approx(0.0380602)


def test_a_cosine_cut_short_falls_to_zero_where_the_run_ends() -> None:
    plan = schedule(stages=(Stage(epochs=2, lr=1.0, schedule="cosine"),), max_steps=4)
    assert plan.steps == 4
    assert plan.learning_rate(2) == pytest.approx(0.5)


def test_steps_drop_tenfold_after_two_thirds_and_after_eight_ninths() -> None:
    plan = schedule(stages=(Stage(epochs=9, lr=1.0, schedule="step"),), steps_per_epoch=1)
    rates = [plan.learning_rate(step) for step in range(9)]
    assert rates == pytest.approx([1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.01])


@pytest.mark.parametrize(
    ("epochs", "expected"),
    [(30, [10, 20]), (3, [1, 2]), (60, [20, 40]), (1, [1])],
    ids=["as they are", "fewer", "more", "one epoch goes to the longer stage"],
)
def test_stretching_keeps_proportions(epochs, expected) -> None:
    stages = (Stage(epochs=10, lr=1e-3), Stage(epochs=20, lr=1e-4))
    assert [stage.epochs for stage in stretch(stages, epochs)] == expected


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"epochs": 0}, "at least|1 epoch"),
        ({"lr": 0.0}, "between 0 and 100"),
        ({"layers": "6+"}, "heads, 5\\+"),
        ({"schedule": "linear"}, "cosine"),
    ],
    ids=["no epochs", "no rate", "unknown layers", "unknown schedule"],
)
def test_a_stage_refuses_what_cannot_run(changes, part) -> None:
    with pytest.raises(RecipeError, match=part):
        Stage(**({"epochs": 1, "lr": 0.1} | changes))
