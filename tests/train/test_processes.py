"""Several processes that train together do what one does that makes as many passes per update."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.torch import load_file

import attire
from attire.dataset import open_dataset
from attire.dataset.sampler import EpochSampler
from attire.errors import RecipeError
from attire.train import Recipe, Stage, TrainingModule, train
from attire.train.history import read_history
from attire.train.processes import find_processes

TOLERANCE = 1e-5
"""Largest difference of any weight or running statistic, relative to the largest of its tensor."""
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(attire.__file__).parents[1]),
    "OMP_NUM_THREADS": "1",
    "TORCH_CPP_LOG_LEVEL": "ERROR",
}
ATTIRE = ["-m", "attire.cli.app"]


@pytest.fixture
def recipe(tiny) -> Recipe:
    """Batch normalisation that learns, a moving average, 12 updates, the last of each epoch of one photo."""
    stages = (Stage(epochs=1, lr=0.02, layers="4+"), Stage(epochs=3, lr=0.01, schedule="cosine"))
    return replace(tiny, stages=stages, batch_size=1, ema_decay=0.9)


@pytest.fixture
def command(make_folder, recipe, tmp_path) -> list[str]:
    """Arguments of ``attire``: 5 photos to learn from and 3 for validation, on processors."""
    (tmp_path / "recipe.json").write_text(json.dumps(recipe.to_dict()))
    data, val = make_folder("looks", photos=5), make_folder("val", photos=3, seed=1)
    where = [str(tmp_path / "recipe.json"), str(data), "--val", str(val), "--accelerator", "cpu"]
    return ["train", *where, "--checkpoint-minutes", "0"]


@pytest.fixture
def alone(command, recipe, tmp_path) -> Path:
    """Model of one process that makes two passes per update."""
    return train(
        replace(recipe, accumulate=2),
        open_dataset(tmp_path / "looks"),
        tmp_path / "alone",
        validation=open_dataset(tmp_path / "val"),
        accelerator="cpu",
    )


def run(*arguments: object, launcher: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *launcher, *ATTIRE, *map(str, arguments)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out, err


def assert_same(one: Path, other: Path, tolerance: float = TOLERANCE) -> None:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    for name, value in first.items():
        scale = max(float(value.double().abs().max()), 1e-3)
        assert float((value.double() - second[name].double()).abs().max()) <= tolerance * scale, name


def assert_same_losses(one: Path, other: Path) -> None:
    for first, second in zip(*(read_history(folder / "log.csv") for folder in (one, other)), strict=True):
        assert (first.part, first.step, first.lr) == (second.part, second.step, second.lr)
        assert second.values == pytest.approx(first.values, rel=TOLERANCE)


def processes_of(parent: int) -> dict[int, int]:
    """Rank → process of those that a command started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            own = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            names = dict(
                entry.partition("=")[::2] for entry in (folder / "environ").read_text().split("\0") if entry
            )
            if own == parent and "RANK" in names:
                found[int(names["RANK"])] = int(folder.name)
    return found


def test_two_processes_train_as_one_that_makes_two_passes_per_update(command, alone, tmp_path) -> None:
    out, err = finished(run(*command, "-o", tmp_path / "two", "--devices", 2))
    assert_same(alone, tmp_path / "two/model.safetensors")
    assert_same_losses(alone.parent, tmp_path / "two")
    steps = [row.step for row in read_history(tmp_path / "two/log.csv") if row.part == "train"]
    assert steps == [*range(1, 13)]
    assert out.count("Model  ") == 1, "the first process speaks for both"
    assert (err.count(" validation: "), err.count("Note: ")) == (4, 0), err
    assert json.loads((tmp_path / "two/run.json").read_text())["processes"] == 2


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds processes in /proc, as on Linux")
@pytest.mark.parametrize("victim", [1, pytest.param(0, marks=pytest.mark.slow)])
def test_a_killed_process_ends_the_others_and_two_machines_go_on(command, alone, tmp_path, victim) -> None:
    cut = run(*command, "-o", tmp_path / "cut", "--devices", 2)
    log = tmp_path / "cut/log.csv"
    while not log.exists() or len(log.read_text().splitlines()) < 5:
        assert cut.poll() is None, cut.communicate()[1]
        time.sleep(0.02)
    os.kill(processes_of(cut.pid)[victim], signal.SIGKILL)
    began = time.monotonic()
    _, err = cut.communicate(timeout=60)
    assert time.monotonic() - began < 40
    assert cut.returncode == 2, err
    assert "with --resume goes on" in err.replace("\n", " ")
    assert "Traceback" not in err
    assert not (tmp_path / "cut/model.safetensors").exists()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = ("--nnodes=2", "--nproc-per-node=1", "--rdzv-backend=c10d", f"--rdzv-endpoint=localhost:{port}")
    machines = [
        run(*command, "-o", tmp_path / "cut", "--resume", launcher=("-m", "torch.distributed.run", *where))
        for _ in range(2)
    ]
    said = [finished(machine)[0] for machine in machines]
    assert sorted(out.count("Model  ") for out in said) == [0, 1]
    assert_same(alone, tmp_path / "cut/model.safetensors")
    assert_same_losses(alone.parent, tmp_path / "cut")


PATIENT = """
import json, sys, time
from datetime import timedelta
import torch
torch.set_num_threads(1)
from attire.dataset import open_dataset
from attire.train import Recipe, Scoring, TrainingModule, train

looks, val, out, recipe = sys.argv[1:]

def slow(model, dataset, photos):
    time.sleep(8)
    return {"answer": 42.0}

def hasty(self):
    torch.distributed.distributed_c10d._set_pg_timeout(timedelta(seconds=5))
    begin(self)

begin, TrainingModule.on_validation_epoch_start = TrainingModule.on_validation_epoch_start, hasty

original = TrainingModule.on_validation_epoch_end

def noting(self):
    original(self)
    print(json.dumps([self.validation_values]), flush=True)

TrainingModule.on_validation_epoch_end = noting
train(
    Recipe.from_dict(json.loads(recipe)), open_dataset(looks), out, validation=open_dataset(val),
    scoring=Scoring(names=("answer",), score=slow), accelerator="cpu", devices=2,
)
"""


def test_validation_of_two_is_that_of_one_to_the_last_bit_and_they_wait_for_a_long_scoring(
    command, recipe, tmp_path, monkeypatch
) -> None:
    # So slow a rate moves no weight at all, and groups have no running statistics: both validate the same.
    recipe = replace(
        recipe,
        model=replace(recipe.model, norm="group"),
        stages=(Stage(epochs=1, lr=1e-30),),
        batch_size=2,
        ema_decay=None,
    )
    (tmp_path / "patient.py").write_text(PATIENT)
    where = [tmp_path / name for name in ("looks", "val", "two")]
    process = subprocess.run(
        [sys.executable, tmp_path / "patient.py", *where, json.dumps(recipe.to_dict())],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    lines = [json.loads(line) for line in process.stdout.splitlines() if line.startswith("[{")]
    assert lines == [[{**lines[0][0], "answer": 42.0}]], "the first process speaks for both"
    noted = []
    original = TrainingModule.on_validation_epoch_end

    def noting(self) -> None:
        original(self)
        noted.append(self.validation_values)

    monkeypatch.setattr(TrainingModule, "on_validation_epoch_end", noting)
    train(
        recipe,
        open_dataset(tmp_path / "looks"),
        tmp_path / "one",
        validation=open_dataset(tmp_path / "val"),
        accelerator="cpu",
    )
    assert lines[0][0] == {**noted[0], "answer": 42.0}


def test_a_run_is_not_resumed_by_another_number_of_processes(command, recipe, tmp_path) -> None:
    data = open_dataset(tmp_path / "looks")
    train(replace(recipe, max_steps=1), data, tmp_path / "run", accelerator="cpu")
    (tmp_path / "run/model.safetensors").unlink()
    facts = json.loads((tmp_path / "run/run.json").read_text())
    (tmp_path / "run/run.json").write_text(json.dumps({**facts, "processes": 2}))
    with pytest.raises(RecipeError, match="was started with 2 processes, now there are 1"):
        train(replace(recipe, max_steps=1), data, tmp_path / "run", resume=True, accelerator="cpu")


def test_as_many_as_torchrun_started_train_together() -> None:
    started = {"TORCHELASTIC_RUN_ID": "7", "RANK": "1", "WORLD_SIZE": "3", "LOCAL_WORLD_SIZE": "2"}
    with pytest.raises(RecipeError, match="--devices 3, but torchrun started 2"):
        find_processes(3, started)
    with pytest.raises(RecipeError, match="2 of 3 processes on this machine"):
        find_processes(2, started)


@pytest.mark.parametrize(("photos", "batch_size", "world_size"), [(7, 1, 2), (7, 3, 2), (5, 4, 3), (8, 2, 4)])
def test_processes_are_dealt_the_batches_that_one_would_make(photos, batch_size, world_size) -> None:
    alone = list(EpochSampler(photos, seed=3, batch_size=batch_size))
    batches = [alone[place : place + batch_size] for place in range(0, photos, batch_size)]
    dealt = {}
    for rank in range(world_size):
        sampler = EpochSampler(photos, seed=3, batch_size=batch_size, rank=rank, world_size=world_size)
        own = list(sampler)
        assert len(own) == len(sampler)
        for batch, place in enumerate(range(0, len(own), batch_size)):
            dealt[batch * world_size + rank] = own[place : place + batch_size]
    assert len(dealt) == -(-len(batches) // world_size) * world_size, "all make as many passes"
    for number, batch in sorted(dealt.items()):
        assert batch == batches[number] if number < len(batches) else len(batch) == 1
