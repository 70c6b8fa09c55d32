"""The tool that runs the ladder, the learning curve and the sizes at one budget."""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from attire.bundled import bundled_model
from attire.samples import sample_looks
from attire.train import find_recipe

TOOL = Path(__file__).parents[1] / "tools" / "experiments.py"
STEPS = 12


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("experiments", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def options(tmp_path) -> argparse.Namespace:
    looks = sample_looks()
    return argparse.Namespace(
        train=looks, val=looks, start=bundled_model(), also=looks, steps=STEPS, out=tmp_path
    )


def test_the_ladder_changes_only_what_its_rungs_say(tool, options) -> None:
    runs = list(tool.ladder(options))
    assert [run.name for run in runs] == [*tool.LADDER, "box"]
    assert {run.recipe.max_steps for run in runs} == {STEPS}
    assert [run.recipe.photos for run in runs] == [8, 8, 8, 24, 24, 24]
    assert len({run.recipe.input for run in runs}) == 1
    for run in runs[:-1]:
        rung = find_recipe(run.name)
        assert run.recipe.loss_weights == rung.loss_weights
        assert run.recipe.augment == rung.augment
        assert [s.lr for s in run.recipe.stages] == [s.lr for s in rung.stages]
        assert [s.layers for s in run.recipe.stages] == [s.layers for s in rung.stages]
        assert run.recipe.weights == str(bundled_model())
    assert runs[4].recipe.resampling.photos == 5, "a fifth of 24 again"
    assert runs[4].report == options.out / "photos15k-2019" / "evaluation" / "report.json"
    assert [run.report for run in runs[:4]] == [None] * 4
    assert runs[-1].also == (options.also,)


def test_the_curve_shows_less_of_the_same_photos(tool, options) -> None:
    runs = list(tool.curve(options))
    assert [run.recipe.photos for run in runs] == [6, 12, 24]
    assert {run.recipe.max_steps for run in runs} == {STEPS}
    assert [sum(s.epochs for s in run.recipe.stages) for run in runs] == [8, 4, 2]


def test_sizes_learn_looks_first(tool, options) -> None:
    runs = list(tool.sizes(options))
    assert len(runs) >= 3
    for run in runs:
        assert run.before.recipe.model == run.recipe.model
        assert run.recipe.weights == str(options.out / run.before.name / "model.safetensors")
        assert run.before.recipe.weights == "none"


def test_what_is_done_is_not_done_again(tool, options, monkeypatch, tmp_path) -> None:
    run = next(tool.curve(options))
    asked = []

    def attire(words):
        asked.append(words[0])
        (tmp_path / "run" / "model.safetensors").touch()

    monkeypatch.setattr(tool, "attire", attire)
    first = tool.train(run, tmp_path / "run")
    assert tool.train(run, tmp_path / "run") == first > 0
    assert asked == ["train"]
    assert json.loads((tmp_path / "run" / "asked.json").read_text())["max_steps"] == STEPS


def test_a_row_names_the_weakest_of_the_frequent(tool, options) -> None:
    value = {"value": 0.2, "low": 0.1, "high": 0.3}
    readings = dict.fromkeys(("image", "pooled", "image_class"), value)
    categories = [{"name": f"thing {i}, or so", "truths": 20 - i, "sensitivity": i / 20} for i in range(12)]
    report = {
        "score": readings,
        "score_categories": readings,
        "coco": {"mask": {"ap50": 0.4, "ap": 0.2}},
        "categories": categories,
    }
    row = tool.row(next(tool.curve(options)), report, 90)
    assert row.startswith("| `box-25` | 12 | 6 | 2 | 0.400 / 0.200 | 0.200 (0.100 – 0.300) / 0.200 / 0.200 |")
    assert row.endswith("| thing 0 0.00, thing 1 0.05, thing 2 0.10, thing 3 0.15, thing 4 0.20 |")
