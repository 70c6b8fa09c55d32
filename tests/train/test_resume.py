"""A run that is stopped anywhere and resumed is the run that was never stopped."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

import attire
from attire.dataset import open_dataset
from attire.errors import DataError, RecipeError
from attire.train import TrainingModule, train
from attire.train.history import read_history

TOLERANCE = 1e-6
STEPS = 9
"""Three epochs of three steps."""


class StoppedError(Exception):
    pass


@pytest.fixture(autouse=True)
def no_curves(monkeypatch):
    """Save the second that drawing takes."""
    monkeypatch.setattr("attire.train.fit.draw_curves", lambda rows, path: None)


@pytest.fixture
def run_until(monkeypatch):
    """Train, but raise just before the losses of a step (from 0) are computed."""

    def run(step, *args, stop=StoppedError, **options) -> None:
        original = TrainingModule.training_step

        def deadly(self, batch, batch_idx):
            if self.trainer.global_step == step:
                raise stop
            return original(self, batch, batch_idx)

        with monkeypatch.context() as patch:
            patch.setattr(TrainingModule, "training_step", deadly)
            with pytest.raises(stop):
                train(*args, **options)

    return run


def assert_same_run(one: Path, other: Path) -> None:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    assert max(float((first[n].double() - second[n].double()).abs().max()) for n in first) <= TOLERANCE
    assert (one.parent / "log.csv").read_text() == (other.parent / "log.csv").read_text()


@pytest.mark.parametrize(
    ("step", "every", "changes"),
    [
        pytest.param(2, 1, {"workers": 2}, id="in mid-epoch, with worker processes"),
        pytest.param(3, 3, {}, id="at the end of an epoch, after validation, where frozen layers thaw"),
        pytest.param(5, 2, {"ema_decay": 0.9}, id="a step after the last state, with a moving average"),
        pytest.param(3, 1, {"accumulate": 2}, id="where an update takes two passes"),
        pytest.param(8, 5, {"optimizer": "adamw"}, id="three steps after the last state"),
        pytest.param(4, 1, {"max_steps": 5}, id="in a run that ends in mid-epoch", marks=pytest.mark.slow),
        pytest.param(1, 5, {}, id="before there was any state", marks=pytest.mark.slow),
        pytest.param(7, 1, {"validate_every": 2}, id="in the last epoch", marks=pytest.mark.slow),
    ],
)
def test_a_run_resumed_equals_one_uninterrupted(
    step, every, changes, looks, tiny, tmp_path, run_until
) -> None:
    recipe = replace(tiny, **changes)
    whole = train(recipe, looks, tmp_path / "whole", accelerator="cpu")
    options = {"accelerator": "cpu", "checkpoint_steps": every}
    run_until(step, recipe, looks, tmp_path / "cut", **options)
    assert_same_run(whole, train(recipe, looks, tmp_path / "cut", resume=True, **options))


SCRIPT = """
import json, os, signal, sys, time
import torch
torch.set_num_threads(1)
from attire.dataset import open_dataset
from attire.train import Recipe, TrainingModule, train

data, out, step, recipe = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
original = TrainingModule.training_step

def deadly(self, batch, batch_idx):
    if self.trainer.global_step == step:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(self, batch, batch_idx)

TrainingModule.training_step = deadly
train(Recipe.from_dict(recipe), open_dataset(data), out, accelerator="cpu", checkpoint_steps=2)
"""


def test_a_run_killed_in_mid_epoch_goes_on_exactly(make_folder, tiny, tmp_path) -> None:
    folder, recipe = make_folder(), replace(tiny, ema_decay=0.9)
    arguments = [str(folder), str(tmp_path / "cut"), "5", json.dumps(recipe.to_dict())]
    source = str(Path(attire.__file__).parents[1])
    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env=os.environ | {"PYTHONPATH": source},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert [row.step for row in read_history(tmp_path / "cut/log.csv")][-1] == 5
    half_written = tmp_path / "cut/.resume-x.part.ckpt"
    half_written.touch()
    whole = train(recipe, open_dataset(folder), tmp_path / "whole", accelerator="cpu")
    cut = train(recipe, open_dataset(folder), tmp_path / "cut", resume=True, accelerator="cpu")
    assert_same_run(whole, cut)
    assert not half_written.exists()


def test_the_state_holds_nothing_that_could_run_code_and_goes_when_the_model_is_there(
    looks, tiny, tmp_path, run_until
) -> None:
    run_until(2, tiny, looks, tmp_path, accelerator="cpu", checkpoint_steps=1)
    state = torch.load(tmp_path / "resume.ckpt", weights_only=True)
    assert state["global_step"] == 2
    model = train(tiny, looks, tmp_path, resume=True, accelerator="cpu")
    assert model.exists()
    assert not (tmp_path / "resume.ckpt").exists()
    assert not [path for path in tmp_path.iterdir() if ".part" in path.name]
    assert train(tiny, looks, tmp_path, resume=True, accelerator="cpu") == model


def test_ctrl_c_saves_the_step_it_fell_into(looks, tiny, tmp_path, monkeypatch) -> None:
    original = TrainingModule.training_step

    def pressed(self, batch, batch_idx):
        if self.trainer.global_step == 4:
            signal.raise_signal(signal.SIGINT)
        return original(self, batch, batch_idx)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(TrainingModule, "training_step", pressed)
    with pytest.raises(KeyboardInterrupt):
        train(tiny, looks, tmp_path, accelerator="cpu")
    assert torch.load(tmp_path / "resume.ckpt", weights_only=True)["global_step"] == 5
    assert signal.getsignal(signal.SIGINT) is before


def test_another_run_is_not_written_over_nor_continued_by_another_recipe_or_other_data(
    looks, make_folder, tiny, tmp_path, run_until
) -> None:
    out = tmp_path / "run"
    run_until(1, tiny, looks, out, accelerator="cpu")
    with pytest.raises(RecipeError, match=r"holds an unfinished run\. Pass --resume"):
        train(tiny, looks, out)
    with pytest.raises(RecipeError, match=r"was started with batch_size = 2, now it is 3"):
        train(replace(tiny, batch_size=3), looks, out, resume=True)
    others = open_dataset(make_folder("others", seed=1))
    with pytest.raises(DataError, match="was started on data with fingerprint"):
        train(tiny, others, out, resume=True)
    assert not (out / "model.safetensors").exists()
