"""A search space: what it may hold, and that every fault of it is said before the first trial."""

import json

import pytest

from attire.errors import RecipeError
from attire.train import RECIPES, find_recipe
from attire.train.overrides import override
from attire.tune.space import (
    Choice,
    Range,
    check_space,
    default_space,
    own_values,
    read_space,
    to_changes,
)


@pytest.mark.parametrize("name", list(RECIPES))
def test_every_recipe_takes_its_default_space_and_stands_in_it(name) -> None:
    recipe = find_recipe(name)
    space = default_space(recipe)
    check_space(space, recipe)
    own = own_values(space, recipe)
    assert override(recipe, to_changes(space, own | missing(space, own))).to_dict() == recipe.to_dict()
    paths = {entry.path.split(".")[0] for entry in space}
    assert {"stages", "loss_weights", "model", "augment"} <= paths
    assert sum(entry.path.endswith(".lr") for entry in space) == len(recipe.stages)


def missing(space, own) -> dict:
    assert {entry.path for entry in space} == set(own)
    return {}


@pytest.mark.parametrize(
    ("entries", "part"),
    [
        ("{", "is no JSON"),
        ({"path": "momentum"}, "expected a list"),
        ([], "expected a list"),
        ([{"path": "momentum"}], r"entry 1: found .*, expected path with low and high, or path with options"),
        ([{"path": "momentum", "low": 0.9, "high": 0.5}], r"entry 1: momentum: low is 0.9, high 0.5"),
        ([{"path": "momentum", "low": "a", "high": 1}], r"entry 1: low: found 'a', expected a number"),
        ([{"path": "weight_decay", "low": 0, "high": 1, "log": True}], "begins above 0"),
        ([{"path": "batch_size", "low": 1.5, "high": 4, "whole": True}], "are no whole numbers"),
        ([{"path": "optimizer", "options": ["sgd", "sgd"]}], "two different options"),
        ([{"path": "momentum", "low": 0, "high": 1, "step": 1}], "step is no field of Range"),
    ],
)
def test_a_file_that_is_no_space_is_refused_with_the_entry(entries, part, tmp_path) -> None:
    path = tmp_path / "space.json"
    path.write_text(entries if isinstance(entries, str) else json.dumps(entries))
    with pytest.raises(RecipeError, match=part):
        read_space(path)


def test_a_missing_file_is_said(tmp_path) -> None:
    with pytest.raises(RecipeError, match=r"no such file\. Leave out --search"):
        read_space(tmp_path / "space.json")


@pytest.mark.parametrize(
    ("space", "part"),
    [
        (
            (Range(path="speed", low=0, high=1),),
            r"speed=0\.0: speed: a recipe has no such field; there are name",
        ),
        ((Range(path="stages.3.lr", low=0.1, high=1),), r"stages.3: a recipe has no such field"),
        ((Range(path="momentum", low=0.5, high=1.5),), r"momentum=1.5: .*expected 0 … 1"),
        ((Range(path="batch_size", low=1, high=4),), r"batch_size=1.0?: .*expected a whole number"),
        (
            (Choice(path="optimizer", options=("sgd", "adam")),),
            r"optimizer=\"adam\": .*expected one of 'sgd'",
        ),
        ((Choice(path="model.anchor_sizes", options=([[8]], [[16]])),), "anchor_sizes"),
        ((Range(path="seed", low=0, high=9, whole=True),), "seed: says nothing of how good"),
        ((Range(path="validation_share", low=0, high=0.5),), "validation_share: says nothing"),
        ((Range(path="momentum", low=0, high=0.5),) * 2, "momentum: stands there 2 times"),
        (
            (Choice(path="augment", options=(None, {})), Range(path="augment.flip", low=0, high=1)),
            "augment: holds augment.flip",
        ),
    ],
)
def test_what_a_recipe_does_not_take_is_said_before_the_first_trial(space, part) -> None:
    with pytest.raises(RecipeError, match=part):
        check_space(space, find_recipe("quick"))


def test_a_file_gives_ranges_and_choices(tmp_path) -> None:
    path = tmp_path / "space.json"
    entries = [
        {"path": "stages.0.lr", "low": 1e-4, "high": 1, "log": True},
        {"path": "batch_size", "low": 1, "high": 4, "whole": True},
        {"path": "model.anchor_ratios", "options": [[0.5, 1.0], [0.33, 1.0, 3.0]]},
    ]
    path.write_text(json.dumps(entries))
    space = read_space(path)
    check_space(space, find_recipe("quick"))
    assert space[0] == Range(path="stages.0.lr", low=1e-4, high=1.0, log=True)
    assert space[1].edges == (1, 4)
    changes = to_changes(space, {"stages.0.lr": 0.01, "batch_size": 3, "model.anchor_ratios": "[0.5, 1.0]"})
    assert override(find_recipe("quick"), changes).model.anchor_ratios == (0.5, 1.0)
