"""Recipe + dataset → model: staged fine-tuning that a kill in mid-epoch does not disturb.

Names that need torch are imported when first used, so that recipes stay free of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attire.train.recipe import Recipe, Resampling, read_recipe
from attire.train.recipes import RECIPES, find_recipe
from attire.train.schedule import Schedule, stretch
from attire.train.stage import Stage

if TYPE_CHECKING:
    from attire.train.fit import train
    from attire.train.module import DivergedError, Scoring, TrainingModule

__all__ = [
    "RECIPES",
    "DivergedError",
    "Recipe",
    "Resampling",
    "Schedule",
    "Scoring",
    "Stage",
    "TrainingModule",
    "find_recipe",
    "read_recipe",
    "stretch",
    "train",
]

_WITH_TORCH = {
    "DivergedError": "module",
    "Scoring": "module",
    "TrainingModule": "module",
    "train": "fit",
}


def __getattr__(name: str) -> Any:
    if name not in _WITH_TORCH:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from attire.extras import require

    require("lightning", "train")
    return getattr(import_module(f"{__name__}.{_WITH_TORCH[name]}"), name)
