"""Which of a photo's detections are worth showing."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from attire.errors import RecipeError
from attire.instances import Instances

__all__ = ["DEFAULT_SCORE", "Keep", "Selector", "select_by_score"]

Keep: TypeAlias = Literal["selected", "all"]
"""``selected`` for people, ``all`` for measures such as COCO AP, which rank detections themselves."""
Selector: TypeAlias = Callable[[Instances], Instances]
"""Keeps some of a photo's instances, and may decide anew which attributes hold."""

DEFAULT_SCORE = 0.3
"""Confidence from which a detection is kept while no selector has been fitted to the model."""


def select_by_score(least: float) -> Selector:
    """Make a selector that keeps what the network is sure enough of.

    Args:
        least: Confidence in 0 … 1 from which an instance is kept.

    Raises:
        RecipeError: If ``least`` is no probability.
    """
    if not 0 <= least <= 1:
        raise RecipeError(f"A score lies between 0 and 1; found {least}.")

    def select(instances: Instances) -> Instances:
        if instances.scores is None:
            return instances
        return instances[np.flatnonzero(instances.scores >= least)]

    return select
