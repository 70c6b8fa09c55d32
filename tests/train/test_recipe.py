import json
from dataclasses import replace

import pytest

from attire.cli.train import RECIPE_NAMES
from attire.errors import RecipeError
from attire.model import LossWeights
from attire.train import RECIPES, Recipe, Resampling, Stage, find_recipe, read_recipe
from attire.train.overrides import override, parse_assignment, with_epochs


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_survives_json(name) -> None:
    recipe = RECIPES[name]
    assert recipe.name == name
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe


def test_the_command_line_names_every_recipe() -> None:
    assert sorted(RECIPE_NAMES.split(", ")) == sorted(RECIPES)


@pytest.mark.parametrize(
    ("name", "stages", "weights", "photos"),
    [
        ("heads-2019", [(10, 1e-3, "heads")], (1, 1, 1, 1, 1), 5000),
        ("all-2019", [(10, 1e-3, "all"), (20, 1e-4, "all")], (1, 1, 1, 1, 1), 5000),
        ("augmented-2019", [(10, 1e-4, "all"), (20, 5e-5, "all")], (10, 0.8, 6, 6, 6), 5000),
        ("photos15k-2019", [(10, 5e-5, "all"), (20, 3e-5, "all")], (1, 0.8, 6, 6, 6), 15000),
        ("resampled-2019", [(5, 1e-4, "all"), (10, 5e-5, "all")], (1, 0.8, 6, 6, 6), 15000),
        ("resnet101-2019", [(10, 1e-3, "heads")], (1, 1, 1, 1, 1), 5000),
        ("identify-2019", [(10, 5e-5, "all"), (20, 3e-5, "all")], (10, 0.8, 6, 6, 6), 15000),
        ("full", [(10, 5e-5, "all"), (20, 3e-5, "all")], (1, 0.8, 6, 6, 6), None),
    ],
)
def test_the_ladder_is_what_the_founding_project_published(name, stages, weights, photos) -> None:
    recipe = find_recipe(name)
    assert [(stage.epochs, stage.lr, stage.layers) for stage in recipe.stages] == stages
    rpn_class, rpn_bbox, mrcnn_class, mrcnn_bbox, mrcnn_mask = weights
    assert recipe.loss_weights == LossWeights(
        objectness=rpn_class,
        rpn_box_reg=rpn_bbox,
        classifier=mrcnn_class,
        box_reg=mrcnn_bbox,
        mask=mrcnn_mask,
    )
    assert recipe.photos == photos
    assert (recipe.momentum, recipe.weight_decay, recipe.optimizer) == (0.9, 1e-4, "sgd")


def test_the_ladder_detects_fifty_from_15k_on_and_resamples_five_categories() -> None:
    assert find_recipe("photos15k-2019").model.detections_per_photo == 50
    assert find_recipe("resampled-2019").resampling == Resampling(
        kind="weak-categories", categories=5, photos=3000
    )
    assert find_recipe("resnet101-2019").model.backbone == "resnet101"


def test_an_unknown_recipe_is_answered_with_those_there_are() -> None:
    with pytest.raises(RecipeError, match=r"no recipe 'slow'.*quick"):
        find_recipe("slow")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"stages": ()}, "stages is none"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"workers": -1}, "workers is -1"),
        ({"momentum": 1.0}, "momentum is 1.0"),
        ({"validation_share": 0.7}, "validation_share is 0.7"),
        ({"ema_decay": 1.0}, "ema_decay is 1.0"),
        ({"gradient_clip": 0.0}, "gradient_clip is 0.0"),
        ({"optimizer": "adam"}, "optimizer is 'adam'"),
        ({"precision": "16"}, "precision is '16'"),
        ({"photos": 0}, "photos is 0"),
        ({"weights": ""}, "weights is nothing"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_recipe_refuses_what_cannot_run_and_names_the_field(changes, part, tiny) -> None:
    with pytest.raises(RecipeError, match=f"Recipe 'tiny': {part}"):
        replace(tiny, **changes)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"kind": "all"}, "'all' is unknown"),
        ({"kind": "repeat-factor", "threshold": 2.0}, "share in 0 … 1"),
        ({"kind": "weak-categories", "photos": 0}, "1 photo or more"),
    ],
    ids=["unknown kind", "no share", "no photos"],
)
def test_resampling_refuses_what_cannot_be_drawn(changes, part) -> None:
    with pytest.raises(RecipeError, match=part):
        Resampling(**changes)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("colour=red", "--set colour: a recipe has no such field; there are name, about"),
        ("stages.7.lr=1", "--set stages.7: a recipe has no such field; there are 2 entries"),
        ("stages.0.lr=fast", "stages.0.lr: found 'fast', expected a number"),
        ("stages.0.layers=6+", "stages.0.layers: found '6\\+', expected one of 'heads'"),
        ("model.fpn_channels=2.5", "model.fpn_channels: found 2.5, expected a whole number"),
        ("input.height=100", "input: An input of 100x64 does not divide by 32"),
        ("batch_size=true", "batch_size: found True, expected a whole number"),
        ("augment.flip=2", "augment: Augmentation flip=2"),
        ("stages={}", "stages: found {}, expected a list"),
        ("batch_size", "expected key=value"),
    ],
    ids=["unknown", "beyond", "text", "choice", "fraction", "size", "bool", "nested", "dict", "no value"],
)
def test_an_override_that_does_not_fit_says_where_and_what(change, part, tiny) -> None:
    with pytest.raises(RecipeError, match=part):
        override(tiny, dict([parse_assignment(change)]))


def test_overrides_reach_every_depth(tiny) -> None:
    changed = override(
        tiny,
        {
            "stages.1.lr": 1,
            "model.box_dense": [8, 8],
            "augment": None,
            "resampling": {"kind": "repeat-factor"},
            "weights": "imagenet",
        },
    )
    assert changed.stages == (tiny.stages[0], replace(tiny.stages[1], lr=1.0))
    assert changed.model.box_dense == (8, 8)
    assert changed.augment is None
    assert changed.resampling == Resampling(kind="repeat-factor")
    assert changed.weights == "imagenet"


def test_epochs_are_shared_among_the_stages(tiny) -> None:
    assert [stage.epochs for stage in with_epochs(tiny, 6).stages] == [2, 4]
    with pytest.raises(RecipeError, match="at least 1"):
        with_epochs(tiny, 0)


def test_a_recipe_file_is_a_recipe(tiny, tmp_path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(tiny.to_dict()))
    assert find_recipe(str(path)) == tiny
    path.write_text(json.dumps({"name": "x", "stages": [{"epochs": 1, "lr": 1.0}]}))
    with pytest.raises(RecipeError, match=r"mine\.json: about is missing"):
        read_recipe(path)
    path.write_text("{")
    with pytest.raises(RecipeError, match="is no JSON"):
        read_recipe(path)
    with pytest.raises(RecipeError, match="no such recipe file"):
        read_recipe(tmp_path / "other.json")


def test_a_recipe_of_an_earlier_version_is_read(tiny) -> None:
    values = tiny.to_dict()
    values["model"]["semantic_mask"] = 0.0
    assert Recipe.from_dict(values) == tiny
    values["model"]["semantic_mask"] = 0.5
    with pytest.raises(RecipeError, match=r"model\.semantic_mask is no field"):
        Recipe.from_dict(values)


def test_missing_fields_take_their_defaults() -> None:
    values = {"name": "a", "about": "b", "stages": [{"epochs": 1, "lr": 0.1}]}
    assert Recipe.from_dict(values).stages == (Stage(epochs=1, lr=0.1),)
    with pytest.raises(RecipeError, match="speed is no field of Recipe"):
        Recipe.from_dict(values | {"speed": 3})
