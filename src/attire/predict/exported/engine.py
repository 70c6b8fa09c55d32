"""What runs an exported graph, seen from outside: photos in, named arrays out."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["DETECTIONS", "MAPS", "STEPS", "Arrays", "Engine"]

Arrays: TypeAlias = dict[str, npt.NDArray[Any]]
"""Outputs of the graph by name."""

INPUT = "photo"
"""The graph's one input: RGB, 0 … 255, uint8, shape ``(3, height, width)``."""
DETECTIONS = ("boxes", "labels", "scores", "masks", "attribute_probs", "embeddings")
"""Outputs that say what is in a photo; N rows each, best first."""
STEPS = ("proposals", "objectness", "candidates", "candidate_scores")
"""Outputs that show how the network got there."""
MAPS = ("map4", "map8", "map16", "map32")
"""Outputs of the backbone, by the input pixels that a cell of them covers either way."""


class Engine(Protocol):
    """Holds a graph and runs it."""

    @property
    def about(self) -> str:
        """Which program, precision and cores, in a few words."""

    @property
    def outputs(self) -> frozenset[str]:
        """Names of what the graph can give."""

    @property
    def parallel(self) -> int:
        """Photos that it wants at once to be at its fastest."""

    def __call__(self, photos: Sequence[npt.NDArray[np.uint8]], outputs: Sequence[str]) -> list[Arrays]:
        """Run the graph on each photo.

        Args:
            photos: RGB, 0 … 255, each of shape ``(3, height, width)``; sizes may differ.
            outputs: What to give of each.
        """
