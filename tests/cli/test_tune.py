"""``attire tune``: a search for a recipe and one for values of post-processing, from the command line."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.tune.small_recipe import SMALL
from typer.testing import CliRunner

from attire.annotations import load_records, write_imaterialist
from attire.cli.app import app
from attire.errors import AttireError, DataError, RecipeError
from attire.samples import sample_looks
from attire.train import find_recipe

SETTINGS = [part for key, value in SMALL.items() for part in ("--set", f"{key}={json.dumps(value)}")]


def attire(*arguments: object):
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def folder(tmp_path: Path, make_records) -> Path:
    (tmp_path / "looks/photos").mkdir(parents=True)
    contents = {}
    for i in range(4):
        pixels = np.full((64, 48, 3), 220, np.uint8)
        pixels[8:40, 4 + i : 30 + i] = (40, 60, 200)
        Image.fromarray(pixels).save(tmp_path / f"looks/photos/{i}.png")
        contents[f"{i}.png"] = ((64, 48), [(0, (4 + i, 8, 30 + i, 40), [5, 20])])
    write_imaterialist(make_records(contents), tmp_path / "looks/train.csv")
    return tmp_path / "looks"


def test_a_search_for_a_recipe(folder, tmp_path) -> None:
    out, space = tmp_path / "search", tmp_path / "space.json"
    space.write_text(json.dumps([{"path": "stages.0.lr", "low": 1e-4, "high": 1e-2, "log": True}]))
    common = ["tune", "quick", folder, "--val", folder, "-o", out, "--search", space, "--limit-steps", 2]
    common += [*SETTINGS, "--accelerator", "cpu", "--no-prune"]
    done = attire(*common, "--trials", 1)
    assert done.exit_code == 0, done.output
    assert "Best trials: mask AP50" in done.stdout
    more = attire(*common, "--trials", 2, "--json")
    assert more.exit_code == 0, more.output
    said = json.loads(more.stdout)
    assert (said["trials"], said["states"]) == (2, {"done": 2})
    best = find_recipe(str(out / "best.json"))
    assert best.name == "quick-tuned"
    assert best.stages[0].lr == said["best"]["values"]["stages.0.lr"]
    assert (best.max_steps, best.input.height) == (2, 64)
    with (out / "trials.csv").open(newline="") as file:
        assert [row["trial"] for row in csv.DictReader(file)] == ["000", "001"]
    assert (out / "history.png").exists()
    recipe = json.loads((out / f"trials/{said['best']['trial']:03d}/recipe.json").read_text())
    assert recipe == best.to_dict() | {"name": recipe["name"], "about": recipe["about"]}


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Path:
    """Folder with four of the looks in the box."""
    folder = tmp_path_factory.mktemp("few")
    records = load_records(sample_looks()).select([0, 1, 2, 3])
    write_imaterialist(records, folder / "train.csv")
    (folder / "photos").mkdir()
    for name in records.image_ids.tolist():
        shutil.copy(sample_looks() / "photos" / name, folder / "photos")
    return folder


@pytest.fixture(scope="module")
def found(few, tmp_path_factory):
    """Folder of a search for values of the model in the box, and what the command printed."""
    out = tmp_path_factory.mktemp("values")
    done = attire("tune", "select", few, "-o", out, "--trials", 6, "--resamples", 50, "--json")
    assert done.exit_code == 0, done.output
    return out, json.loads(done.stdout)


def test_a_search_for_values_says_what_is_optimistic_and_what_holds(found) -> None:
    out, said = found
    honesty = said["honesty"]
    assert honesty["best"]["value"] == said["best"]["value"] >= honesty["before"]["value"]
    assert (
        honesty["cross_fitted"]["low"] <= honesty["cross_fitted"]["value"] <= honesty["cross_fitted"]["high"]
    )
    assert "4 photos of few" in said["about"]
    assert json.loads((out / "best.json").read_text())["values"] == said["values"]
    with (out / "trials.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 6
    assert (out / "history.png").exists()


def test_what_it_found_is_what_evaluating_with_it_gives(few, found) -> None:
    out, said = found
    done = attire("evaluate", few, "--values", out / "best.json", "--json", "--resamples", 0)
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["score_categories"]["image"]["value"] == pytest.approx(said["best"]["value"], abs=1e-9)
    assert report["provenance"]["selection"] == "values of best.json select"


def test_the_same_command_reads_no_photo_again_and_tables_say_what_to_expect(few, found, monkeypatch) -> None:
    out, _ = found
    monkeypatch.setattr("attire.predict.Predictor.detect", None)
    done = attire("tune", "select", few, "-o", out, "--trials", 6, "--resamples", 50)
    assert done.exit_code == 0, done.output
    for words in ("optimistic", "what to expect", "Best trials", "least_score"):
        assert words in done.stdout


def test_readings_of_another_model_or_other_data_are_refused(few, found, tiny_model, folder) -> None:
    out, _ = found
    other = attire("tune", "select", few, "-o", out, "--model", tiny_model)
    assert isinstance(other.exception, DataError)
    assert "model with SHA-256" in str(other.exception)
    other = attire("tune", "select", folder, "-o", out)
    assert "data with fingerprint" in str(other.exception)
    other = attire("tune", "select", few, "-o", out, "--measure", "score2019")
    assert isinstance(other.exception, RecipeError)
    assert "begun with measure" in str(other.exception)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["nothing", "{looks}"], "There is no recipe 'nothing'"),
        (["quick", "{looks}", "--measure", "beauty"], "no figure 'beauty'"),
        (["quick", "{looks}", "--search", "none.json"], "none.json: no such file"),
        (["quick", "{looks}", "--model", "m"], "--model goes with select"),
        (["select", "{looks}", "--val", "x"], "--val goes with a recipe"),
        (["select", "{looks}", "--measure", "ap50"], "no figure 'ap50' to search for with select"),
        (["select", "{looks}/photos"], "without annotations"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is(arguments, part, tmp_path) -> None:
    filled = [word.format(looks=sample_looks()) for word in arguments]
    done = attire("tune", *filled, "-o", tmp_path / "search")
    assert isinstance(done.exception, AttireError)
    assert part in str(done.exception)
    assert not (tmp_path / "search").exists()
