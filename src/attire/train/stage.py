"""One stretch of a training run: for how long, how fast, and which layers."""

from dataclasses import dataclass
from typing import Literal, get_args

from attire.errors import RecipeError

__all__ = ["LAYERS", "Layers", "Stage"]

Layers = Literal["heads", "5+", "4+", "3+", "all"]
"""Which part of the network learns: the heads alone, or with the backbone's stages from that one up."""
LAYERS: tuple[Layers, ...] = get_args(Layers)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Some epochs with one setting."""

    epochs: int
    """Passes over the photos, at least 1."""
    lr: float
    """Learning rate at the start of the stage."""
    layers: Layers = "all"
    """``heads``: proposals, pyramid and heads; ``5+``, ``4+``, ``3+``: and the backbone from it up."""
    schedule: Literal["constant", "cosine", "step"] = "constant"
    """How the learning rate goes on: stays, falls along a cosine to zero, or drops tenfold twice."""

    def __post_init__(self) -> None:
        """Refuse a stage that could not run."""
        if self.epochs < 1:
            raise RecipeError(
                f"A stage lasts 1 epoch or more; found {self.epochs}. Leave the stage out instead."
            )
        if not 0 < self.lr < 100:
            raise RecipeError(f"A learning rate lies between 0 and 100; found {self.lr}.")
        if self.layers not in LAYERS:
            raise RecipeError(f"Layers {self.layers!r} are unknown; use one of {', '.join(LAYERS)}.")
        if self.schedule not in ("constant", "cosine", "step"):
            raise RecipeError(f"Schedule {self.schedule!r} is unknown; use constant, cosine or step.")
