"""How much each loss counts, under torchvision's names and under the founding project's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import TYPE_CHECKING

from attire.errors import RecipeError

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["LOSSES", "LossWeights"]

LOSSES = (
    "loss_objectness",
    "loss_rpn_box_reg",
    "loss_classifier",
    "loss_box_reg",
    "loss_mask",
    "loss_attribute",
    "loss_semantic",
)
"""Names of the losses that the network gives in training; the last only where it has that head."""


@dataclass(frozen=True, kw_only=True)
class LossWeights:
    """Factors of the losses; 0 turns one off."""

    objectness: float = 1.0
    """Garment or background, for the proposals."""
    rpn_box_reg: float = 1.0
    """Boxes of the proposals."""
    classifier: float = 1.0
    """Category of each garment."""
    box_reg: float = 1.0
    """Box of each garment."""
    mask: float = 1.0
    """Outline of each garment."""
    attribute: float = 1.0
    """Attributes of each garment, a mean over all that are known."""
    semantic: float = 1.0
    """Categories of each pixel, where the network has the auxiliary head."""

    def __post_init__(self) -> None:
        """Refuse weights that would reward errors."""
        for name, value in asdict(self).items():
            if not (isfinite(value) and value >= 0):
                raise RecipeError(f"Loss weight {name} is {value}, expected a number from 0.")

    @classmethod
    def founding(
        cls,
        *,
        rpn_class: float = 1.0,
        rpn_bbox: float = 1.0,
        mrcnn_class: float = 1.0,
        mrcnn_bbox: float = 1.0,
        mrcnn_mask: float = 1.0,
        attribute: float = 1.0,
    ) -> "LossWeights":
        """Build from the names of the 2019 project, which are Matterport's.

        Example:
            >>> LossWeights.founding(rpn_class=10, rpn_bbox=0.8).objectness
            10
        """
        return cls(
            objectness=rpn_class,
            rpn_box_reg=rpn_bbox,
            classifier=mrcnn_class,
            box_reg=mrcnn_bbox,
            mask=mrcnn_mask,
            attribute=attribute,
        )

    def total(self, losses: "Mapping[str, Tensor]") -> "Tensor":
        """Add the losses up, each with its weight.

        Args:
            losses: Scalars by name, ``loss_objectness`` and so on; those of weight 0 are left out.

        Returns:
            One scalar to differentiate.

        Raises:
            RecipeError: If a loss is not a number any more, or has a name without a weight.
        """
        weights = {f"loss_{name}": value for name, value in asdict(self).items()}
        unknown = sorted(set(losses) - set(weights))
        if unknown:
            raise RecipeError(f"There is no weight for {unknown[0]!r}; known are {', '.join(weights)}.")
        weighted = [weights[name] * loss for name, loss in losses.items() if weights[name] > 0]
        if not weighted:
            raise RecipeError("All losses have weight 0; nothing is left to learn.")
        total: Tensor = sum(weighted[1:], weighted[0])
        if not isfinite(float(total.detach())):
            values = ", ".join(f"{name} = {float(loss.detach()):g}" for name, loss in losses.items())
            raise RecipeError(f"Training diverged: {values}. Lower the learning rate or warm up longer.")
        return total
