import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

import attire
from attire.dataset import Splits, open_dataset
from attire.errors import DataError, RecipeError
from attire.model import FashionRCNN, load_model
from attire.train import DivergedError, Resampling, Scoring, Stage, read_recipe, train
from attire.train.fit import plan_schedule
from attire.train.history import read_history


def test_everything_lies_beside_the_model(looks, tiny, tmp_path, capsys) -> None:
    model = train(tiny, looks, tmp_path / "run", accelerator="cpu")
    folder = model.parent
    loaded = load_model(model)
    assert loaded.input_spec == tiny.input
    assert loaded.recipe == tiny.to_dict()
    assert loaded.card.fingerprint == looks.fingerprint
    assert "Never saw, so cannot find: top" in loaded.card.limits[1]
    assert read_recipe(folder / "recipe.json") == tiny
    run = json.loads((folder / "run.json").read_text())
    assert run["attire"] == attire.__version__
    assert run["fingerprint"] == looks.fingerprint
    assert run["training_photos"] + run["validation_photos"] == len(looks)
    splits = Splits.load(folder / "splits.json", looks)
    assert len(splits.train) == run["training_photos"]
    assert (folder / "curves.png").stat().st_size > 10_000
    assert list((folder / "tensorboard").glob("events*"))
    assert "epoch 3/3, all, step 9/9" in capsys.readouterr().err


def test_losses_are_logged_by_step_and_by_validation(looks, tiny, tmp_path) -> None:
    train(tiny, looks, tmp_path, accelerator="cpu")
    rows = read_history(tmp_path / "log.csv")
    assert [row.step for row in rows if row.part == "train"] == list(range(1, 10))
    assert [row.step for row in rows if row.part == "val"] == [3, 6, 9]
    assert [row.layers for row in rows if row.part == "train"] == ["4+"] * 3 + ["all"] * 6
    assert rows[0].lr == pytest.approx(0.01)
    assert all(np.isfinite(list(row.values.values())).all() for row in rows)
    first = rows[0].values
    assert first["loss"] == pytest.approx(sum(v for n, v in first.items() if n != "loss"), rel=1e-4)


def test_a_frozen_backbone_does_not_move(looks, tiny, tmp_path, ontology) -> None:
    recipe = replace(tiny, stages=(Stage(epochs=1, lr=0.05, layers="heads"),), weight_decay=0.1)
    trained = load_file(train(recipe, looks, tmp_path, accelerator="cpu"))
    torch.manual_seed(recipe.seed)
    start = FashionRCNN(recipe.model, ontology).state_dict()
    moved = {name for name, value in trained.items() if not torch.equal(value, start[name])}
    assert not [name for name in moved if name.startswith("backbone.body.")]
    assert "roi_heads.mask_predictor.conv5_mask.weight" in moved
    assert "backbone.fpn.inner_blocks.0.0.weight" in moved


def test_it_learns(looks, tiny, tmp_path) -> None:
    # Half as many epochs pass or fail by chance: over four seeds this comes to 0.19 … 0.47.
    recipe = replace(tiny, stages=(Stage(epochs=24, lr=2e-3),), optimizer="adamw", augment=None)
    train(recipe, looks, tmp_path, accelerator="cpu")
    losses = [row.values["loss"] for row in read_history(tmp_path / "log.csv") if row.part == "train"]
    assert np.mean(losses[-6:]) < 0.6 * np.mean(losses[:3])


def test_a_validation_loss_that_is_no_number_is_divergence_too(looks, tiny, tmp_path, monkeypatch) -> None:
    original = FashionRCNN.losses

    def broken(self, images, targets):
        losses = original(self, images, targets)
        return losses if torch.is_grad_enabled() else losses | {"loss_mask": losses["loss_mask"] * np.inf}

    monkeypatch.setattr(FashionRCNN, "losses", broken)
    with pytest.raises(DivergedError, match=r"before step 4: .* validation photos"):
        train(tiny, looks, tmp_path, accelerator="cpu")


def test_a_loss_that_is_no_number_names_the_step_and_the_photos(looks, tiny, tmp_path, monkeypatch) -> None:
    original = FashionRCNN.losses

    def broken(self, images, targets):
        losses = original(self, images, targets)
        return losses | {"loss_mask": losses["loss_mask"] * float("nan")}

    monkeypatch.setattr(FashionRCNN, "losses", broken)
    with pytest.raises(
        DivergedError, match=r"diverged at step 1 of 9 .*loss_mask is nan, on photos 00\d.png"
    ):
        train(tiny, looks, tmp_path, accelerator="cpu")
    assert not (tmp_path / "model.safetensors").exists()


def test_a_score_passed_in_is_measured_on_the_validation_photos(looks, tiny, tmp_path) -> None:
    seen = []

    def score(model, dataset, photos):
        seen.append((model.training, len(photos)))
        return {"answer": 42.0}

    recipe = replace(tiny, validate_every=3)
    train(recipe, looks, tmp_path, accelerator="cpu", scoring=Scoring(names=("answer",), score=score))
    rows = read_history(tmp_path / "log.csv")
    assert [row.values["answer"] for row in rows if row.part == "val"] == [42.0]
    assert seen == [(False, len(looks) - 6)]


def test_a_validation_set_of_its_own_leaves_all_photos_to_learn_from(
    looks, make_folder, tiny, tmp_path
) -> None:
    others = open_dataset(make_folder("others", photos=3, seed=1))
    recipe = replace(tiny, max_steps=4)
    train(recipe, looks, tmp_path / "run", validation=others, accelerator="cpu")
    run = json.loads((tmp_path / "run/run.json").read_text())
    assert (run["training_photos"], run["validation_photos"]) == (8, 3)
    assert run["validation_fingerprint"] == others.fingerprint


def test_few_photos_get_more_epochs(tiny) -> None:
    plan = plan_schedule(replace(tiny, min_steps=30), steps_per_epoch=3)
    assert plan.boundaries == (3, 10)
    assert plan_schedule(replace(tiny, min_steps=9), steps_per_epoch=3).stages == tiny.stages


def test_warm_up_leaves_three_quarters_of_a_short_run(tiny) -> None:
    recipe = replace(tiny, warmup_steps=100, max_steps=8)
    assert plan_schedule(recipe, steps_per_epoch=3).warmup_steps == 2
    assert plan_schedule(replace(recipe, max_steps=None), steps_per_epoch=500).warmup_steps == 100


def test_photos_that_are_missing_stop_training_unless_skipped(make_folder, tiny, tmp_path) -> None:
    folder = make_folder()
    (folder / "photos/003.png").unlink()
    with pytest.raises(DataError, match=r"003\.png.*--skip-bad-rows"):
        train(tiny, open_dataset(folder), tmp_path / "run")
    recipe = replace(tiny, max_steps=1)
    train(recipe, open_dataset(folder), tmp_path / "run", skip_bad=True, accelerator="cpu")
    run = json.loads((tmp_path / "run/run.json").read_text())
    assert run["training_photos"] + run["validation_photos"] == 7


def test_resampling_by_sensitivity_needs_a_report(looks, tiny, tmp_path) -> None:
    recipe = replace(tiny, resampling=Resampling(kind="weak-categories", photos=4), max_steps=1)
    with pytest.raises(RecipeError, match="give --report FILE"):
        train(recipe, looks, tmp_path / "run")
    report = tmp_path / "report.json"
    report.write_text(
        json.dumps({"categories": [{"id": 0, "sensitivity": 0.1}, {"id": 6, "sensitivity": None}]})
    )
    train(recipe, looks, tmp_path / "run", report=report, accelerator="cpu")
    run = json.loads((tmp_path / "run/run.json").read_text())
    assert run["photos_per_epoch"] == run["training_photos"] + 4
    report.write_text("[]")
    with pytest.raises(DataError, match="no evaluation report"):
        train(recipe, looks, tmp_path / "other", report=report)
