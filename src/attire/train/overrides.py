"""Changes to a recipe from the command line, by dotted name."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from attire.errors import RecipeError
from attire.train.recipe import Recipe
from attire.train.schedule import stretch

__all__ = ["override", "parse_assignment", "with_epochs"]


def parse_assignment(text: str) -> tuple[str, Any]:
    """Split ``key=value``; the value is JSON, or else text.

    Raises:
        RecipeError: If there is no ``=``.

    Example:
        >>> parse_assignment("stages.0.lr=1e-3"), parse_assignment("weights=coco")
        (('stages.0.lr', 0.001), ('weights', 'coco'))
    """
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise RecipeError(f"--set {text}: expected key=value, such as stages.0.lr=1e-3.")
    try:
        return key.strip(), json.loads(value)
    except ValueError:
        return key.strip(), value.strip()


def override(recipe: Recipe, changes: Mapping[str, Any]) -> Recipe:
    """Change some fields of a recipe.

    Args:
        recipe: What to start from.
        changes: New values by dotted name, such as ``{"input.height": 512, "stages.0.lr": 1e-3}``; places in
            a list are numbers from 0, and of what is null a whole dict is given.

    Returns:
        The changed recipe, checked like any other.

    Raises:
        RecipeError: If a name is unknown or a value is refused.

    Example:
        >>> from attire.train.recipes import find_recipe
        >>> changed = override(find_recipe("quick"), {"batch_size": 8, "model.fpn_channels": 64})
        >>> changed.batch_size, changed.model.fpn_channels
        (8, 64)
    """
    values = recipe.to_dict()
    for key, value in changes.items():
        *parents, last = key.split(".")
        owner: Any = values
        for depth, name in enumerate(parents):
            owner = _child(owner, name, ".".join(parents[: depth + 1]))
        _child(owner, last, key)
        owner[_index(owner, last)] = value
    return Recipe.from_dict(values)


def with_epochs(recipe: Recipe, epochs: int) -> Recipe:
    """Spread a recipe's stages over another number of epochs, few photos or not.

    Raises:
        RecipeError: If there would be none.
    """
    if epochs < 1:
        raise RecipeError(f"--epochs {epochs}: a run has at least 1.")
    return replace(recipe, stages=stretch(recipe.stages, epochs), min_steps=0)


def _index(owner: Any, name: str) -> Any:
    return int(name) if isinstance(owner, list) and name.isdigit() else name


def _child(owner: Any, name: str, where: str) -> Any:
    try:
        return owner[_index(owner, name)]
    except (KeyError, IndexError, TypeError):
        known = ", ".join(owner) if isinstance(owner, dict) else f"{len(owner or ())} entries"
        raise RecipeError(f"--set {where}: a recipe has no such field; there are {known}.") from None
