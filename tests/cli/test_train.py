import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.annotations import write_imaterialist
from attire.cli.app import app
from attire.errors import RecipeError

SMALL = {
    "input.height": 64,
    "input.width": 64,
    "model.fpn_channels": 16,
    "model.box_dense": [16],
    "model.mask_convs": [8],
    "model.mask_channels": 8,
    "validation_share": 0.2,
    "precision": '"32"',
}
SETTINGS = [part for key, value in SMALL.items() for part in ("--set", f"{key}={value}")]


@pytest.fixture
def folder(tmp_path: Path, make_records) -> Path:
    (tmp_path / "looks/photos").mkdir(parents=True)
    contents = {}
    for i in range(6):
        pixels = np.full((64, 48, 3), 220, np.uint8)
        pixels[8:40, 4 + i : 30 + i] = (40, 60, 200)
        Image.fromarray(pixels).save(tmp_path / f"looks/photos/{i}.png")
        contents[f"{i}.png"] = ((64, 48), [(0, (4 + i, 8, 30 + i, 40), [5, 20])])
    write_imaterialist(make_records(contents), tmp_path / "looks/train.csv")
    return tmp_path / "looks"


def attire(*arguments: object):
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


def test_a_run_from_the_command_line(folder, tmp_path) -> None:
    out = tmp_path / "run"
    common = ["quick", folder, "-o", out, "--limit-steps", 2, "--batch-size", 2, "--workers", 0, *SETTINGS]
    done = attire(*common, "--accelerator", "cpu", "--score")
    assert done.exit_code == 0, done.output
    assert "Losses by epoch" in done.stdout
    assert "mask" in done.stdout
    assert str(out / "model.safetensors") in done.stdout.replace("\n", "")
    recipe = json.loads((out / "recipe.json").read_text())
    assert (recipe["max_steps"], recipe["batch_size"], recipe["input"]["height"]) == (2, 2, 64)
    again = attire(*common)
    assert isinstance(again.exception, RecipeError)
    assert "holds a finished run" in str(again.exception)
    resumed = attire(*common, "--resume", "--json")
    assert resumed.exit_code == 0
    assert json.loads(resumed.stdout)["last"]["train"]["step"] == 2


def test_bad_rows_stop_training_unless_skipped(folder, tmp_path) -> None:
    rows = (folder / "train.csv").read_text()
    (folder / "train.csv").write_text(rows + "5.png,1 99999,64,48,0\n")
    common = ["quick", folder, "-o", tmp_path / "run", "--limit-steps", 1, "--workers", 0, *SETTINGS]
    stopped = attire(*common, "--accelerator", "cpu")
    assert "99999" in str(stopped.exception)
    assert "--skip-bad-rows" in str(stopped.exception)
    done = attire(*common, "--accelerator", "cpu", "--skip-bad-rows")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["slow"], "There is no recipe 'slow'"),
        (["quick", "--set", "speed=9"], "--set speed"),
        (["resampled-2019", "--weights", "none"], "--report FILE"),
    ],
    ids=["unknown recipe", "unknown field", "no report"],
)
def test_what_does_not_fit_is_said(arguments, part, folder, tmp_path) -> None:
    name, *options = arguments
    done = attire(name, folder, "-o", tmp_path / "run", *options)
    assert isinstance(done.exception, RecipeError)
    assert part in str(done.exception)
    assert not (tmp_path / "run").exists()
