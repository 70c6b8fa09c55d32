"""A training recipe as one value: everything that decides what comes out, besides the data."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from attire.dataset import AugmentConfig
from attire.errors import RecipeError
from attire.model import LossWeights, ModelConfig
from attire.preprocess import InputSpec
from attire.train.plain import from_plain, to_plain
from attire.train.stage import Stage

__all__ = ["Recipe", "Resampling", "read_recipe"]


@dataclass(frozen=True, kw_only=True)
class Resampling:
    """Which photos are shown more often than once in an epoch."""

    kind: Literal["repeat-factor", "weak-categories"]
    """``repeat-factor``: photos of rare categories again and again (LVIS, Gupta et al. 2019);
    ``weak-categories``: more photos of the frequent categories that an evaluation report found hard."""
    threshold: float = 0.001
    """``repeat-factor``: a category on fewer than this share of the photos is repeated."""
    categories: int = 5
    """``weak-categories``: how many of the most frequent categories with the lowest sensitivity."""
    photos: int = 3000
    """``weak-categories``: how many photos of them are added to an epoch."""

    def __post_init__(self) -> None:
        """Refuse what could not be drawn."""
        if self.kind not in ("repeat-factor", "weak-categories"):
            raise RecipeError(f"Resampling {self.kind!r} is unknown; use repeat-factor or weak-categories.")
        if not 0 < self.threshold <= 1:
            raise RecipeError(f"The threshold of repeat factors is a share in 0 … 1; found {self.threshold}.")
        if self.categories < 1 or self.photos < 1:
            raise RecipeError(
                f"Resampling needs 1 category and 1 photo or more; found {self.categories}, {self.photos}."
            )


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that decides what comes out of training, besides the data.

    A variant is ``dataclasses.replace`` of another recipe, so that a diff shows what changed.
    """

    name: str
    """What it is called on the command line."""
    about: str
    """One sentence for the list of recipes: what it is for, and what is our own choice in it."""
    stages: tuple[Stage, ...]
    """What is trained in turn."""
    model: ModelConfig = field(default_factory=ModelConfig)
    """The network."""
    input: InputSpec = field(default_factory=lambda: InputSpec(height=512, width=512))
    """What it is fed: how photos are resized."""
    weights: str = "coco"
    """What it starts from: ``coco``, ``imagenet`` (backbone only), ``none``, or the path of a model file."""
    optimizer: Literal["sgd", "adamw"] = "sgd"
    """How the weights move."""
    momentum: float = 0.9
    """Share of the last update that is kept, in 0 … 1; AdamW's first beta."""
    weight_decay: float = 1e-4
    """Pull of the weights towards zero per update; norms and biases are left out."""
    warmup_steps: int = 0
    """Updates over which the learning rate rises at the start; a quarter of a short run at most."""
    batch_size: int = 2
    """Photos per forward pass and device."""
    accumulate: int = 1
    """Forward passes per update."""
    gradient_clip: float | None = 5.0
    """Longest gradient (L2 norm over all weights) that is let through unshortened."""
    loss_weights: LossWeights = field(default_factory=LossWeights)
    """What each loss counts."""
    augment: AugmentConfig | None = None
    """How photos are varied; None shows them as they are."""
    resampling: Resampling | None = None
    """Which photos are shown more often; None shows each once per epoch."""
    also_share: float = 0.2
    """Share of the photos shown that are of further data sets (``--also``), in 0 … 1, both excluded."""
    photos: int | None = None
    """How many photos are taken, stratified by category; None, or more than there are: all."""
    validation_share: float = 0.1
    """Share of the photos kept for validation, in 0 … 0.5; unused with a validation set of its own."""
    validate_every: int = 1
    """Epochs between validations."""
    min_steps: int = 0
    """On few photos, epochs are added to all stages in proportion until this many updates are reached."""
    max_steps: int | None = None
    """Stop after this many updates, wherever that falls."""
    ema_decay: float | None = None
    """Keep a moving average of the weights that forgets this slowly per update, in 0 … 1, and save that."""
    precision: Literal["32", "bf16"] = "32"
    """``bf16`` computes what tolerates it in 16 bits."""
    channels_last: bool = False
    """Lay photos out by pixel in memory, which some processors prefer."""
    workers: int = 2
    """Processes that prepare photos; 0 does it in the main one. Results do not depend on it."""
    seed: int = 0
    """Start of every random choice: split, order, augmentation, new weights, sampling of proposals."""

    def __post_init__(self) -> None:
        """Refuse values that could not run; the message names the field."""
        if not self.stages:
            self._refuse("stages", "none", "at least one Stage")
        for name in ("batch_size", "accumulate", "validate_every"):
            if getattr(self, name) < 1:
                self._refuse(name, getattr(self, name), "at least 1")
        for name in ("warmup_steps", "min_steps", "workers", "seed", "weight_decay"):
            if getattr(self, name) < 0:
                self._refuse(name, getattr(self, name), "0 or more")
        for name in ("photos", "max_steps"):
            value = getattr(self, name)
            if value is not None and value < 1:
                self._refuse(name, value, "at least 1, or nothing for no limit")
        if not 0 <= self.momentum < 1:
            self._refuse("momentum", self.momentum, "0 … 1, 1 excluded")
        if not 0 <= self.validation_share <= 0.5:
            self._refuse("validation_share", self.validation_share, "a share in 0 … 0.5")
        if not 0 < self.also_share < 1:
            self._refuse("also_share", self.also_share, "a share between 0 and 1, such as 0.2")
        if self.ema_decay is not None and not 0 < self.ema_decay < 1:
            self._refuse("ema_decay", self.ema_decay, "a number between 0 and 1, such as 0.999")
        if self.gradient_clip is not None and self.gradient_clip <= 0:
            self._refuse("gradient_clip", self.gradient_clip, "a positive length, or nothing for no limit")
        for name, choices in (("optimizer", ("sgd", "adamw")), ("precision", ("32", "bf16"))):
            if getattr(self, name) not in choices:
                self._refuse(name, repr(getattr(self, name)), " or ".join(map(repr, choices)))
        if not self.weights:
            self._refuse("weights", "nothing", "'coco', 'imagenet', 'none' or the path of a model file")

    def _refuse(self, name: str, found: object, expected: str) -> None:
        raise RecipeError(f"Recipe {self.name!r}: {name} is {found}, expected {expected}.")

    def to_dict(self) -> dict[str, Any]:
        """Describe the recipe in plain JSON values; :meth:`from_dict` reads them back without loss."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Recipe":
        """Build a recipe from plain JSON values.

        Raises:
            RecipeError: If a name is unknown, a value is missing or out of range; the message says which.
        """
        return from_plain(cls, values)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from the JSON file that lies beside every model.

    Raises:
        RecipeError: If the file is missing or holds no recipe.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecipeError(f"{path}: no such recipe file.") from None
    except ValueError as error:
        raise RecipeError(f"{path}: is no JSON ({error}).") from None
    try:
        return Recipe.from_dict(values)
    except RecipeError as error:
        raise RecipeError(f"{path}: {error}") from None
