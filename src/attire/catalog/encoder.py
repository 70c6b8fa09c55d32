"""What makes a vector of a garment, so that garments alike lie close together."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from attire.predict import Look

__all__ = ["Encoder", "Weights", "weigh"]

Weights = Mapping[str, float]
"""How much each part of an embedding counts, by its name; parts that are not named count 1."""


class Encoder(Protocol):
    """Gives every garment of a look a vector of parts that can be weighed apart.

    Of rows of length 1 whose parts all have the same length, the inner product with a query is the mean
    cosine over the parts; weighing the query's parts weighs the cosines, so that one index answers every
    weighting.
    """

    @property
    def version(self) -> str:
        """Names the encoder and its weights; only vectors of one version can be compared."""

    @property
    def parts(self) -> Mapping[str, slice]:
        """Which numbers belong to which part, such as ``shape``, ``pattern`` and ``colour``."""

    @property
    def dimensions(self) -> int:
        """Length D of a vector."""

    @property
    def wants_maps(self) -> bool:
        """Whether looks have to be read with the network's feature maps."""

    def encode(self, look: Look) -> npt.NDArray[np.float32]:
        """Give the vectors of a look's instances, each of length 1, shape ``(N, D)``."""


def weigh(
    vector: npt.NDArray[np.float32], parts: Mapping[str, slice], weights: Weights
) -> npt.NDArray[np.float32]:
    """Weigh the parts of a query.

    Args:
        vector: Shape ``(D,)``.
        parts: As the encoder names them.
        weights: At least 0 each, not all 0.

    Returns:
        A vector of length 1, shape ``(D,)``.

    Example:
        >>> query = np.array([0.6, 0.0, 0.8, 0.0], np.float32)
        >>> weigh(query, {"shape": slice(0, 2), "colour": slice(2, 4)}, {"colour": 0}).tolist()
        [1.0, 0.0, 0.0, 0.0]
    """
    weighed = vector.astype(np.float32, copy=True)
    for name, numbers in parts.items():
        weighed[numbers] *= weights.get(name, 1.0)
    length = float(np.linalg.norm(weighed))
    return weighed / length if length > 0 else weighed
