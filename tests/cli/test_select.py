"""``attire select`` on drawn looks with the model in the box, and what its file then does."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageColor
from typer.testing import CliRunner

from attire.bundled import bundled_model
from attire.cli.app import app
from attire.errors import AttireError, DataError, RecipeError
from attire.samples import sample_looks

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def selected(tmp_path_factory):
    """The model file with its selector, and what the command printed."""
    out = tmp_path_factory.mktemp("select") / "own.safetensors"
    done = RUNNER.invoke(
        app,
        ["select", str(sample_looks()), "-o", str(out), "--resamples", "20", "--json"],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    return out, json.loads(done.stdout)


def test_it_says_what_it_learnt_and_how_far_that_holds(selected):
    out, said = selected
    assert said["path"] == str(out)
    assert "24 photos of looks" in said["about"]
    assert said["kind"] in said["log_loss"]
    assert said["reliability"]["calibrated"]["ece"] < said["reliability"]["network"]["ece"]
    ways = {way["name"]: way for way in said["comparison"]["ways"]}
    assert set(ways) > {"cut at 0.5", "decision rule", "decision rule for sets"}
    rule, plain = ways["decision rule for sets"], ways["cut at 0.5"]
    assert rule["with_sets"]["value"] > plain["with_sets"]["value"]
    assert rule["gain"]["low"] <= rule["gain"]["value"] <= rule["gain"]["high"]
    for way in ways.values():
        apart = way["score"]["value"] - ways["best cut per category"]["score"]["value"]
        assert way["over_category"]["value"] == pytest.approx(apart)
    fixed, people, letters = said["attributes"]["ways"]
    assert said["attributes"]["garments"] > 20
    assert all(0 < way[figure] <= 1 for way in (fixed, people) for figure in ("f1", "exact"))
    assert letters["letter"] >= fixed["letter"]
    assert letters["confidence"] is None


def test_it_draws_what_it_brought(selected):
    with Image.open(selected[0].with_suffix(".png")) as picture:
        assert picture.width > picture.height > 400
        ink = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    for color in ("#b4472d", "#43525f"):  # before and after
        assert (np.abs(ink.astype(int) - ImageColor.getrgb(color)).max(axis=1) < 12).sum() > 200


def test_a_selector_judged_by_its_own_photos_is_said_to_flatter(selected):
    def evaluate(*more):
        words = ["evaluate", str(sample_looks()), "--model", str(selected[0]), "--resamples", "0", "--json"]
        done = RUNNER.invoke(app, [*words, *more], catch_exceptions=False)
        assert done.exit_code == 0
        return json.loads(done.stdout), done.stderr

    _, said = evaluate()
    assert "these scores flatter" in said
    assert "flatter" not in evaluate("--target", "network")[1]


def test_the_network_can_be_heard_without_its_selector(selected, tmp_path):
    photo = str(sorted((sample_looks() / "photos").glob("*.jpg"))[0])

    def predict(model):
        words = [
            "predict",
            photo,
            "-o",
            str(tmp_path),
            "--model",
            str(model),
            "--target",
            "network",
            "--json",
        ]
        return json.loads(RUNNER.invoke(app, words, catch_exceptions=False).stdout)

    heard = predict(selected[0])
    assert heard == predict(bundled_model())
    assert heard
    assert not any("network_score" in row for row in heard)


def test_its_file_prints_probabilities_and_aims_where_it_is_told(selected, tmp_path):
    out, _ = selected
    photo = str(sorted((sample_looks() / "photos").glob("*.jpg"))[0])

    def predict(*more):
        done = RUNNER.invoke(
            app,
            ["predict", photo, "-o", str(tmp_path), "--model", str(out), "--json", *more],
            catch_exceptions=False,
        )
        assert done.exit_code == 0
        return json.loads(done.stdout)

    usual, sure, every = predict(), predict("--target", "precision=0.9"), predict("--keep", "all")
    assert usual
    assert all(0 <= row["score"] <= 1 and "network_score" in row for row in every)
    assert len(sure) <= len(usual) < len(every)
    assert [row["score"] for row in every] == sorted((row["score"] for row in every), reverse=True)
    assert all(row["score"] >= 0.6 for row in predict("--score", "0.6"))


def test_a_selector_serves_the_models_it_was_fitted_to_and_no_others(selected, tmp_path):
    """Two models' mean scores are not the scores of one, so what was learnt of those says nothing."""
    from attire.model import load_model
    from attire.model.stored_selector import StoredSelector, attach_selector
    from attire.predict import LearnedSelector, Predictor, find_model

    own, _ = selected
    assert Predictor.load(own, tta=True).calibration is not None
    assert Predictor.load([own, find_model()]).calibration is None
    with pytest.raises(RecipeError, match=r"fitted to all 2 models together.*--model … --model …"):
        Predictor.load([own, find_model()], target="f1")
    stored = load_model(own).selector
    of_two = replace(LearnedSelector.from_arrays(stored.arrays, stored.rest), networks=2)
    arrays, rest = of_two.to_arrays()
    both = attach_selector(own, tmp_path / "both.safetensors", StoredSelector(arrays=arrays, rest=rest))
    assert Predictor.load([both, find_model()]).calibration.networks == 2
    assert Predictor.load(both).calibration is None


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["select", "{looks}", "-o", "{tmp}/x.bin"], DataError, "safetensors"),
        (["select", "{looks}", "-o", "{tmp}/x.safetensors", "--target", "best"], RecipeError, "no target"),
        (["select", "{looks}/photos", "-o", "{tmp}/x.safetensors"], AttireError, "annotations"),
        (["predict", "{looks}", "-o", "{tmp}", "--target", "best"], RecipeError, "target|selector"),
        (["predict", "{looks}", "-o", "{tmp}", "--target", "f1", "--score", "0.4"], RecipeError, "one of"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, error, message, tmp_path):
    filled = [word.format(looks=sample_looks(), tmp=tmp_path) for word in arguments]
    with pytest.raises(error, match=message):
        RUNNER.invoke(app, filled, catch_exceptions=False)
    assert not list(tmp_path.iterdir())
