"""A search for a recipe: what its figures are, that nothing of it is lost, and how workers share it."""

import csv
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import optuna
import pytest
from optuna.trial import TrialState

import attire
from attire.dataset import open_dataset
from attire.errors import DataError, RecipeError
from attire.predict import Predictor
from attire.train import DivergedError, read_recipe
from attire.tune import claims, searching
from attire.tune.claims import claim, first_attempt
from attire.tune.measure import measure
from attire.tune.results import best_row, rows_of
from attire.tune.searching import begin, open_plan, search, work
from attire.tune.side_by_side import search_side_by_side
from attire.tune.space import Range
from attire.tune.study import JOURNAL, distributions
from attire.tune.trial import Job, run_trial


@pytest.fixture
def no_training(monkeypatch):
    """Let a trial's figure be its learning rate, without training; gives the jobs that were run."""
    jobs: list[Job] = []

    def quick(job, watch=None):
        jobs.append(job)
        return job.recipe.stages[0].lr

    monkeypatch.setattr(searching, "run_trial", quick)
    return jobs


def test_a_trials_value_is_what_evaluating_its_folder_gives(plan) -> None:
    plan = replace(plan, kind="categories")
    rows = search(plan)
    assert [row.state for row in rows] == ["done", "done"]
    for row in rows:
        folder = plan.out_dir / "trials" / row.folder
        again = measure(Predictor.load(folder), open_dataset(plan.validation), "categories")
        assert row.value == again
        trained = read_recipe(folder / "recipe.json")
        assert trained.stages[0].lr == row.values["stages.0.lr"]
        assert list(trained.augment.scale) == json.loads(row.values["augment.scale"])
    assert rows[0].values["stages.0.lr"] == plan.recipe.stages[0].lr, "the recipe itself comes first"


def test_photos_kept_back_from_training_judge_where_there_is_no_other_set(plan) -> None:
    recipe = replace(plan.recipe, validation_share=0.3)
    job = Job(recipe=recipe, data=plan.data, out_dir=plan.out_dir, kind="ap50", accelerator="cpu")
    value = run_trial(job)
    assert 0 <= value <= 1
    assert json.loads((plan.out_dir / "run.json").read_text())["validation_photos"] > 0


def test_more_trials_go_on_where_the_others_ended(plan, no_training, capsys) -> None:
    assert len(search(plan)) == 2
    assert len(search(plan)) == 2
    rows = search(replace(plan, trials=7))
    assert [row.number for row in rows] == list(range(7))
    assert len(no_training) == 7
    assert len({row.values["stages.0.lr"] for row in rows}) == 7, "nothing is drawn twice"
    assert best_row(rows).value == max(row.value for row in rows)
    assert "Trial 006, 6 of 7 done; best so far" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (
            lambda plan: {"recipe": replace(plan.recipe, batch_size=3)},
            r"recipe batch_size = 2, now it is .*3",
        ),
        (lambda plan: {"space": plan.space[:1]}, "begun with space"),
        (lambda plan: {"data": plan.validation}, "begun with data"),
        (lambda plan: {"validation": plan.data}, "begun with validation"),
        (lambda plan: {"kind": "score2019"}, "begun with measure"),
        (lambda plan: {"storage": f"sqlite:///{plan.out_dir}/study.db"}, "holds trials of another search"),
    ],
    ids=["recipe", "space", "data", "validation", "measure", "storage"],
)
def test_another_search_is_not_mixed_in(change, part, plan, no_training) -> None:
    search(plan)
    (plan.out_dir / "trials" / "000").mkdir(parents=True)
    with pytest.raises(RecipeError, match=part):
        search(replace(plan, trials=3, **change(plan)))
    assert len(no_training) == 2


def test_nothing_begins_with_a_space_that_does_not_fit(plan, no_training) -> None:
    with pytest.raises(RecipeError, match="momentum=2"):
        search(replace(plan, space=(Range(path="momentum", low=0, high=2.0),)))
    assert not plan.out_dir.exists()


def test_a_storage_that_cannot_be_opened_is_said(plan) -> None:
    with pytest.raises(RecipeError, match=r"--storage nonsense: cannot be opened"):
        search(replace(plan, storage="nonsense"))


def test_values_that_do_not_go_together_are_given_up_and_the_search_goes_on(plan, no_training) -> None:
    # Each end is fine with the recipe's own other end (0.8 … 1.25), the two together are not.
    space = (
        Range(path="augment.scale.0", low=0.8, high=1.2),
        Range(path="augment.scale.1", low=0.85, high=2),
    )
    rows = search(replace(plan, space=space, trials=12))
    given_up = [row for row in rows if row.state == "given up"]
    assert given_up
    assert all("the recipe refuses this" in row.why for row in given_up)
    assert len(no_training) == 12 - len(given_up)


def test_a_trial_that_diverges_is_given_up(plan, monkeypatch) -> None:
    def diverge(job, watch=None):
        raise DivergedError("Training diverged at step 1.")

    monkeypatch.setattr(searching, "run_trial", diverge)
    rows = search(plan)
    assert [(row.state, row.why) for row in rows] == [("given up", "Training diverged at step 1.")] * 2


def test_a_trial_that_fails_stops_the_search_and_is_tried_again_thrice(
    plan, monkeypatch, no_training
) -> None:
    calls = []

    def broken(job, watch=None):
        calls.append(job.out_dir.name)
        raise DataError("A photo is missing.")

    with monkeypatch.context() as patch:
        patch.setattr(searching, "run_trial", broken)
        for _ in range(3):
            with pytest.raises(DataError, match="missing"):
                search(plan)
    assert calls == ["000"] * 3
    rows = search(plan)
    assert [(row.number, row.state, row.attempts) for row in rows] == [
        (0, "failed", 3),
        (3, "done", 1),
    ]
    assert "DataError: A photo is missing." in rows[0].why


def test_ctrl_c_lets_go_of_the_trial_and_the_same_command_takes_it_up(plan, monkeypatch, no_training) -> None:
    def stopped(job, watch=None):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(searching, "run_trial", stopped)
        for _ in range(12):  # however often
            with pytest.raises(KeyboardInterrupt):
                search(plan)
    rows = search(plan)
    assert [row.state for row in rows] == ["done", "done"]
    assert no_training[0].out_dir.name == "000"
    assert rows[0].values["stages.0.lr"] == plan.recipe.stages[0].lr


def test_pruning_gives_up_what_falls_behind(plan, monkeypatch) -> None:
    figures = iter([0.5, 0.6, 0.7, 0.6, 0.5, 0.1])
    seen = []

    def course(job, watch):
        value = next(figures)
        for place in range(4):
            seen.append((job.out_dir.name, place))
            if not watch(place, value):
                raise searching.GivenUpError("behind")
        return value

    monkeypatch.setattr(searching, "run_trial", course)
    rows = search(replace(plan, trials=6, prune=True))
    assert [row.state for row in rows] == ["done"] * 5 + ["given up"]
    assert ("005", 1) in seen
    assert ("005", 2) not in seen, "the second validation is the first that is judged"
    assert rows[5].value == 0.1
    assert best_row(rows).number == 2


def test_a_training_asks_at_every_validation_and_stops_when_told(plan) -> None:
    recipe = replace(plan.recipe, max_steps=None)
    job = Job(
        recipe=recipe, data=plan.data, out_dir=plan.out_dir, validation=plan.validation, accelerator="cpu"
    )
    asked = []

    def watch(place, value):
        asked.append(place)
        return place < 1

    with pytest.raises(searching.GivenUpError, match=r"mask AP50 .* at validation 2"):
        run_trial(job, watch)
    assert asked == [0, 0, 1], "earlier validations are told again, so that a resumed trial has them all"
    assert not (plan.out_dir / "model.safetensors").exists()


SHARED = """
import pickle, sys, time
from pathlib import Path
from attire.tune import searching
from attire.tune.searching import begin, work
plan = pickle.loads(Path(sys.argv[1]).read_bytes())

def quick(job, watch=None):
    job.out_dir.mkdir(parents=True)  # fails where another one was
    time.sleep(0.2)
    return job.recipe.stages[0].lr

searching.run_trial = quick
begin(plan)
while not Path(sys.argv[2]).exists():
    time.sleep(0.05)
work(plan, int(sys.argv[3]))
"""


def test_two_commands_share_a_journal(plan, tmp_path) -> None:
    plan = replace(plan, trials=9)
    (tmp_path / "plan").write_bytes(pickle.dumps(plan))
    source = str(Path(attire.__file__).parents[1])
    begin(plan)
    commands = [
        subprocess.Popen(
            [sys.executable, "-c", SHARED, str(tmp_path / "plan"), str(tmp_path / "go"), str(worker)],
            env=os.environ | {"PYTHONPATH": source},
        )
        for worker in range(2)
    ]
    time.sleep(3)
    (tmp_path / "go").touch()
    assert [command.wait(timeout=120) for command in commands] == [0, 0]
    rows = rows_of(open_plan(plan))
    assert [row.state for row in rows] == ["done"] * 9
    assert len({row.values["stages.0.lr"] for row in rows}) == 9
    done = [t for t in open_plan(plan).get_trials() if t.state == TrialState.COMPLETE]
    assert len({trial.user_attrs["worker"] for trial in done}) == 2, "both had a share"


KILLED = """
import os, pickle, signal, sys
from pathlib import Path
from attire.tune import searching
from attire.tune.searching import begin, work
plan = pickle.loads(Path(sys.argv[1]).read_bytes())

def deadly(job, watch=None):
    os.kill(os.getpid(), signal.SIGKILL)

searching.run_trial = deadly
begin(plan)
work(plan)
"""


@pytest.mark.parametrize("storage", [None, "sqlite:///{}/study.db"], ids=["journal", "sqlite"])
def test_a_killed_search_goes_on_with_the_trial_that_was_running(
    plan, storage, tmp_path, no_training
) -> None:
    plan = replace(plan, storage=None if storage is None else storage.format(tmp_path))
    (tmp_path / "plan").write_bytes(pickle.dumps(plan))
    source = str(Path(attire.__file__).parents[1])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "plan")],
        env=os.environ | {"PYTHONPATH": source},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert [row.state for row in rows_of(open_plan(plan))] == ["running"]
    rows = search(plan)
    assert [(row.state, row.attempts) for row in rows] == [("done", 2), ("done", 1)]
    assert [job.out_dir.name for job in no_training] == ["000", "002"]
    assert no_training[0].recipe.stages[0].lr == plan.recipe.stages[0].lr, "with the same values"


def test_a_trial_of_a_live_worker_is_left_alone_and_that_of_a_silent_one_taken_over(plan) -> None:
    study = begin(plan)
    drawn_from = distributions(plan.space)
    first = claim(study, 1, drawn_from)
    assert first is not None
    assert claim(study, 1, drawn_from) is None, "it is ours, and we are alive"
    first.set_user_attr("worker", "elsewhere 1 77")
    assert claim(study, 1, drawn_from) is None, "elsewhere, and not silent for long"
    first.set_user_attr("seen", time.time() - claims.SILENT_S - 1)
    second = claim(study, 1, drawn_from)
    assert second is not None
    assert first_attempt(second) == first.number
    assert second.params == first.params


def test_a_running_trial_gives_signs_of_life(plan) -> None:
    trial = claim(begin(plan), 1, distributions(plan.space))
    before = trial.user_attrs["seen"]
    with claims.heartbeat(trial, beat_s=0.02):
        time.sleep(0.3)
    seen = open_plan(plan).get_trials()[0].user_attrs["seen"]
    assert before < seen <= time.time()
    time.sleep(0.1)
    assert open_plan(plan).get_trials()[0].user_attrs["seen"] == seen, "and stops with it"


def test_a_trial_taken_over_while_its_machine_slept_ends_without_a_word(plan, monkeypatch) -> None:
    study = begin(plan)

    def asleep(job, watch=None):
        if job.out_dir.name == "000" and len(study.get_trials()) == 1:
            study.tell(0, state=TrialState.FAIL)
        return 0.5

    monkeypatch.setattr(searching, "run_trial", asleep)
    rows = search(plan)
    assert [(row.state, row.value) for row in rows] == [("done", 0.5)] * 2
    assert rows[0].attempts == 2


def test_two_that_claim_at_once_never_make_more_trials_than_there_shall_be(plan, monkeypatch) -> None:
    study = begin(plan)
    drawn_from = distributions(plan.space)
    one, other = open_plan(plan, 0), open_plan(plan, 1)
    assert claim(one, 2, drawn_from) is not None
    original, raced = optuna.Study.ask, []

    def ask(self, *args, **options):
        if self is one and not raced:  # the other one gets in between the look and the leap
            raced.append(claim(other, 2, drawn_from))
        return original(self, *args, **options)

    monkeypatch.setattr(optuna.Study, "ask", ask)
    assert claim(one, 2, drawn_from) is None
    assert raced[0] is not None
    assert len(rows_of(study)) == 2
    assert [trial.state for trial in study.get_trials()][2:] == [TrialState.FAIL]


def test_a_journal_with_a_torn_end_is_mended(plan, no_training) -> None:
    search(plan)
    journal = plan.out_dir / JOURNAL
    with journal.open("ab") as file:
        file.write(b'{"op_code": 4, "worker')
    assert len(search(replace(plan, trials=3))) == 3


@pytest.mark.slow
def test_two_workers_share_a_journal(plan) -> None:
    rows = search_side_by_side(replace(plan, trials=3), workers=2)
    assert [row.state for row in rows] == ["done"] * 3
    study = open_plan(plan)
    by_worker = {trial.user_attrs["worker"] for trial in study.get_trials()}
    assert len(by_worker) == 2, "both had a share"
    folders = sorted(path.name for path in (plan.out_dir / "trials").iterdir())
    assert folders == [row.folder for row in rows]
    for folder in folders:
        assert "step 2/2" in (plan.out_dir / "trials" / folder / "output.txt").read_text()


@pytest.mark.slow
def test_what_goes_wrong_in_a_worker_is_said_by_the_one_who_started_it(plan) -> None:
    (plan.data / "photos" / "0.png").unlink()
    with pytest.raises(DataError, match=r"0\.png"):
        search_side_by_side(replace(plan, trials=2), workers=2)


def test_the_files_of_a_search(plan, no_training, tmp_path) -> None:
    from attire.tune.picture import draw_history
    from attire.tune.results import importances, tables, write_rows

    rows = search(replace(plan, trials=8))
    shares = importances(open_plan(plan))
    assert next(iter(shares)) == "stages.0.lr", "the figure was the learning rate"
    assert sum(shares.values()) == pytest.approx(1)
    write_rows(rows, tmp_path / "trials.csv")
    with (tmp_path / "trials.csv").open(newline="") as file:
        read = list(csv.DictReader(file))
    assert [float(row["value"]) for row in read] == [row.value for row in rows]
    assert [row["augment.scale"] for row in read] == [row.values["augment.scale"] for row in rows]
    best, mattered = tables(rows, shares, "mask AP50")
    assert (best.row_count, len(best.columns)) == (3, 6)
    assert mattered.row_count == 2
    draw_history(rows, shares, tmp_path / "history.png", "mask AP50")
    assert (tmp_path / "history.png").stat().st_size > 5_000
    assert work(plan) is None
