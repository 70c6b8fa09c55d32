"""A search on a cluster of two processors: a worker is killed, and all trials come to their figures."""

import csv
import json
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.tune.small_recipe import SMALL
from typer.testing import CliRunner

from attire.annotations import write_imaterialist
from attire.cli.app import app
from attire.dataset import open_dataset
from attire.errors import ClusterError
from attire.predict import Predictor
from attire.train import find_recipe
from attire.train.history import read_history
from attire.train.overrides import override
from attire.tune.measure import measure
from attire.tune.results import rows_of
from attire.tune.searching import Plan, begin, open_plan
from attire.tune.space import Range

ray = pytest.importorskip("ray")
from attire.scale.tuning import search_on_ray  # noqa: E402
from attire.scale.tuning.searcher import StudySearcher  # noqa: E402

RECIPE = {
    **SMALL,
    "min_steps": 0,
    "stages": [{"epochs": 3, "lr": 0.001}],
}
SPACE = (Range(path="stages.0.lr", low=1e-4, high=1e-2, log=True),)


@pytest.fixture(scope="module")
def cluster():
    from attire.scale import on_cluster

    assert not ray.is_initialized()
    with on_cluster(cpus=2) as found:
        yield found
    assert not ray.is_initialized()


@pytest.fixture
def plan(make_records, tmp_path) -> Plan:
    for name, photos in (("train", 4), ("val", 2)):
        (tmp_path / name / "photos").mkdir(parents=True)
        contents = {}
        for i in range(photos):
            x = 4 + 3 * i
            pixels = np.full((64, 48, 3), 220, np.uint8)
            pixels[8:40, x : x + 26] = (40, 60, 200)
            Image.fromarray(pixels).save(tmp_path / name / f"photos/{i}.png")
            contents[f"{i}.png"] = ((64, 48), [(0, (x, 8, x + 26, 40), [5, 20])])
        write_imaterialist(make_records(contents), tmp_path / name / "train.csv")
    return Plan(
        recipe=override(find_recipe("quick"), RECIPE),
        space=SPACE,
        data=tmp_path / "train",
        validation=tmp_path / "val",
        out_dir=tmp_path / "search",
        trials=3,
        accelerator="cpu",
    )


def workers_of(folder: Path) -> list[int]:
    """Processes that have the output of a trial open."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            opened = [str(link.readlink()) for link in (process / "fd").iterdir()]
        except OSError:
            continue
        if str(folder / "output.txt") in opened:
            found.append(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds processes in /proc, as on Linux")
def test_a_trial_whose_worker_is_killed_goes_on_and_the_files_are_those_of_any_search(
    plan, cluster, tmp_path
) -> None:
    killed: list[int] = []

    def kill() -> None:
        log = plan.out_dir / "trials/000/log.csv"
        while not killed:
            time.sleep(0.01)
            if log.exists() and any(row.part == "val" for row in read_history(log)):
                killed.extend(workers_of(log.parent))
                for process in killed:
                    os.kill(process, signal.SIGKILL)

    (tmp_path / "recipe.json").write_text(json.dumps(plan.recipe.to_dict()))
    (tmp_path / "space.json").write_text(
        json.dumps([{"path": "stages.0.lr", "low": 1e-4, "high": 1e-2, "log": True}])
    )
    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    where = ["--val", str(plan.validation), "--search", str(tmp_path / "space.json"), "-o", str(plan.out_dir)]
    command = ["tune", str(tmp_path / "recipe.json"), str(plan.data), *where]
    result = CliRunner().invoke(
        app, [*command, "--on", "ray", "--trials", "3", "--accelerator", "cpu", "--json"]
    )
    assert result.exit_code == 0, result.output
    assert len(killed) == 1, "one worker was killed in the middle"
    said = json.loads(result.stdout)
    rows = rows_of(open_plan(plan))
    assert [row.folder for row in rows] == ["000", "001", "002"]
    assert {row.state for row in rows} <= {"done", "given up"}
    assert rows[0].attempts == 2, "begun again, and under the same number"
    assert said["trials"] == 3
    assert said["best"]["value"] == max(row.value for row in rows if row.state == "done")
    steps = [row.step for row in read_history(plan.out_dir / "trials/000/log.csv") if row.part == "train"]
    assert steps == sorted(set(steps)), "its training went on in its folder"
    best = plan.out_dir / "trials" / f"{said['best']['trial']:03d}" / "model.safetensors"
    assert measure(Predictor.load(best), open_dataset(plan.validation), "ap50") == said["best"]["value"]
    with (plan.out_dir / "trials.csv").open(newline="") as file:
        assert [row["trial"] for row in csv.DictReader(file)] == ["000", "001", "002"]
    assert (plan.out_dir / "history.png").stat().st_size > 5_000
    assert find_recipe(str(plan.out_dir / "best.json")).name == "quick-tuned"
    assert not (plan.out_dir / "ray").exists(), "what Ray noted down is in the study"


def test_a_trial_that_fits_no_machine_is_refused(plan, cluster) -> None:
    with pytest.raises(ClusterError, match=r"3 processors, and the largest machine of the cluster has 2"):
        search_on_ray(plan, cpus=3)


def test_what_ray_says_of_trials_is_what_the_study_knows(plan) -> None:
    begin(plan)
    searcher = StudySearcher(plan)
    assert searcher.suggest("a")["job"].out_dir == plan.out_dir / "trials/000"
    searcher.on_trial_result("a", {"value": 0.3, "validation": 1})
    searcher.on_trial_result("a", {"value": 0.2, "validation": 2})
    searcher.on_trial_complete("a", {"value": 0.2, "validation": 2})
    searcher.suggest("b")
    searcher.on_trial_complete("b", {"value": 0.7, "end": "done"})
    searcher.suggest("c")
    searcher.begun_again("c")
    searcher.on_trial_complete("c", error=True)
    given_up, done, failed = rows_of(open_plan(plan))
    assert (given_up.state, given_up.value) == ("given up", 0.2)
    assert given_up.why == "mask AP50 0.200 at validation 2: others did better by then (ASHA)."
    assert (done.state, done.value) == ("done", 0.7)
    assert (failed.state, failed.attempts) == ("failed", 2)
    assert searcher.suggest("d") == StudySearcher.FINISHED, "after an error none is begun any more"
    assert StudySearcher(plan).suggest("e") == StudySearcher.FINISHED, "nine deaths are enough"


def test_a_search_that_was_stopped_goes_on_with_its_trials(plan) -> None:
    begin(plan)
    searcher = StudySearcher(plan)
    searcher.suggest("a")
    assert searcher.let_go() == 1
    assert StudySearcher(plan).suggest("b")["job"].out_dir == plan.out_dir / "trials/000"
