"""What a search may change in a recipe: ranges and choices by dotted name, checked before the first trial."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from attire.errors import RecipeError
from attire.train import Recipe
from attire.train.overrides import override
from attire.train.plain import from_plain, to_plain

__all__ = [
    "Choice",
    "Range",
    "Space",
    "check_space",
    "default_space",
    "own_values",
    "read_space",
    "to_changes",
]

_FIXED = ("name", "about", "workers", "seed", "validation_share")
"""Fields that a search leaves alone: names, and what decides which photos a trial is judged on, or luck."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """Numbers from ``low`` to ``high``."""

    path: str
    """Dotted name of the field, such as ``stages.0.lr``."""
    low: float
    """Least value, included."""
    high: float
    """Greatest value, included."""
    log: bool = False
    """Whether twice as much counts the same everywhere, as for learning rates."""
    whole: bool = False
    """Whether the field takes whole numbers only."""

    def __post_init__(self) -> None:
        """Refuse what nothing could be drawn from."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise RecipeError(f"{self.path}: low is {self.low:g}, high {self.high:g}; expected low < high.")
        if self.log and self.low <= 0:
            raise RecipeError(f"{self.path}: low is {self.low:g}; a range with log begins above 0.")
        if self.whole and (self.low != round(self.low) or self.high != round(self.high)):
            raise RecipeError(f"{self.path}: {self.low:g} … {self.high:g} are no whole numbers.")

    @property
    def edges(self) -> tuple[Any, ...]:
        """Its two ends, of the field's type."""
        return tuple((int if self.whole else float)(end) for end in (self.low, self.high))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several values, of any kind that a recipe file can hold."""

    path: str
    """Dotted name of the field, such as ``model.anchor_sizes``."""
    options: tuple[Any, ...]
    """At least two different ones."""

    def __post_init__(self) -> None:
        """Refuse what leaves no choice."""
        if len(set(self.texts)) < max(2, len(self.options)):
            raise RecipeError(f"{self.path}: expected two different options or more, each once.")

    @property
    def texts(self) -> tuple[str, ...]:
        """The options as JSON, by which a trial names them."""
        return tuple(json.dumps(to_plain(option)) for option in self.options)


Space: TypeAlias = tuple[Range | Choice, ...]


def default_space(recipe: Recipe) -> Space:
    """Take what usually pays around a recipe's own values.

    Learning rate of each stage and weight decay (a fifth to five times), three loss weights (a quarter to
    four times, against the others), anchors (three quarters, as they are, half as large again; two sets of
    ratios), and how far augmentation scales and recolours.

    Example:
        >>> from attire.train import find_recipe
        >>> [entry.path for entry in default_space(find_recipe("quick"))][:3]
        ['stages.0.lr', 'weight_decay', 'loss_weights.classifier']
    """
    space: list[Range | Choice] = [
        _around(f"stages.{place}.lr", stage.lr, 5) for place, stage in enumerate(recipe.stages)
    ]
    if recipe.weight_decay > 0:
        space.append(_around("weight_decay", recipe.weight_decay, 5))
    for name in ("classifier", "mask", "attribute"):
        weight = getattr(recipe.loss_weights, name)
        if weight > 0:
            space.append(_around(f"loss_weights.{name}", weight, 4))
    sizes = recipe.model.anchor_sizes
    scaled = [[[max(1, round(s * factor)) for s in level] for level in sizes] for factor in (0.75, 1, 1.5)]
    space.append(Choice(path="model.anchor_sizes", options=tuple(scaled)))
    ratios = _with_own([[0.5, 1.0, 2.0], [0.33, 1.0, 3.0]], list(recipe.model.anchor_ratios))
    # Heads have as many outputs as there are ratios, and weights to start from must fit.
    alike = tuple(own for own in ratios if len(own) == len(recipe.model.anchor_ratios))
    if len(alike) > 1:
        space.append(Choice(path="model.anchor_ratios", options=alike))
    if recipe.augment is None:
        space.append(Choice(path="augment", options=(None, {})))
    else:
        scales = _with_own([[1.0, 1.0], [0.8, 1.25], [0.5, 2.0]], list(recipe.augment.scale))
        space.append(Choice(path="augment.scale", options=tuple(scales)))
        space.append(Range(path="augment.brightness", low=0, high=0.4))
    return tuple(space)


def read_space(path: Path) -> Space:
    """Read a search space from a JSON file: a list of ranges and choices.

    Args:
        path: Such as ``[{"path": "stages.0.lr", "low": 1e-4, "high": 1e-2, "log": true}, {"path":
            "optimizer", "options": ["sgd", "adamw"]}]``.

    Raises:
        RecipeError: If the file is missing or holds no such list; the message names the entry.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecipeError(f"{path}: no such file. Leave out --search for the default space.") from None
    except (OSError, ValueError) as error:
        raise RecipeError(f"{path}: is no JSON ({error}).") from None
    if not isinstance(entries, list) or not entries:
        raise RecipeError(
            f'{path}: expected a list of ranges and choices, such as [{{"path": "stages.0.lr", "low": 1e-4, '
            '"high": 1e-2, "log": true}].'
        )
    return tuple(_entry(f"{path} entry {place}", entry) for place, entry in enumerate(entries, start=1))


def check_space(space: Space, recipe: Recipe) -> None:
    """Make sure that a recipe takes every end of every range and every option.

    Args:
        space: What is to be searched.
        recipe: What it is searched around.

    Raises:
        RecipeError: If a field is unknown, fixed or named twice, or a value is refused.

    Example:
        >>> from attire.train import find_recipe
        >>> check_space((Range(path="seed", low=0, high=9, whole=True),), find_recipe("quick"))
        Traceback (most recent call last):
        ...
        attire.errors.RecipeError: Search space, seed: says nothing of how good a recipe is.
    """
    paths = [entry.path for entry in space]
    for path in paths:
        if path.split(".")[0] in _FIXED:
            raise RecipeError(f"Search space, {path}: says nothing of how good a recipe is.")
        if paths.count(path) > 1:
            raise RecipeError(f"Search space, {path}: stands there {paths.count(path)} times. Keep one.")
        within = [other for other in paths if other.startswith(f"{path}.")]
        if within:
            raise RecipeError(f"Search space, {path}: holds {within[0]}, which is searched too. Keep one.")
    for entry in space:
        for value in entry.edges if isinstance(entry, Range) else entry.options:
            try:
                override(recipe, {entry.path: value})
            except RecipeError as error:
                reason = str(error).removeprefix("--set ")
                raise RecipeError(f"Search space, {entry.path}={_short(value)}: {reason}") from None


def own_values(space: Space, recipe: Recipe) -> dict[str, Any]:
    """Give a recipe's own values as a trial names them; those outside of the space are left out.

    Example:
        >>> from attire.train import find_recipe
        >>> own_values((Choice(path="optimizer", options=("sgd", "adamw")),), find_recipe("quick"))
        {'optimizer': '"adamw"'}
    """
    own: dict[str, Any] = {}
    for entry in space:
        value = _value_at(recipe, entry.path)
        if isinstance(entry, Range):
            if isinstance(value, int | float) and entry.low <= value <= entry.high:
                own[entry.path] = value
        elif json.dumps(value) in entry.texts:
            own[entry.path] = json.dumps(value)
    return own


def to_changes(space: Space, values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a trial's values into changes of a recipe.

    Example:
        >>> to_changes((Choice(path="optimizer", options=("sgd", "adamw")),), {"optimizer": '"sgd"'})
        {'optimizer': 'sgd'}
    """
    return {
        entry.path: json.loads(values[entry.path]) if isinstance(entry, Choice) else values[entry.path]
        for entry in space
    }


def _value_at(recipe: Recipe, path: str) -> Any:
    value: Any = recipe.to_dict()
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def _entry(where: str, entry: Any) -> Range | Choice:
    if not isinstance(entry, Mapping) or ("options" in entry) == ("low" in entry):
        raise RecipeError(
            f"{where}: found {_short(entry)}, expected path with low and high, or path with options."
        )
    kind: type[Range | Choice] = Choice if "options" in entry else Range
    try:
        return from_plain(kind, entry)
    except RecipeError as error:
        raise RecipeError(f"{where}: {error}") from None


def _around(path: str, value: float, factor: float) -> Range:
    return Range(path=path, low=value / factor, high=value * factor, log=True)


def _with_own(options: Sequence[list[float]], own: list[float]) -> list[list[float]]:
    return list(options) if own in options else [own, *options]


def _short(value: Any) -> str:
    text = json.dumps(to_plain(value), default=str)
    return text if len(text) < 60 else f"{text[:57]}…"
