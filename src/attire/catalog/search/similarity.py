"""How alike two garments are, part by part."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from attire.catalog.encoder import Weights
from attire.errors import QueryError

__all__ = ["check_weights", "mean_similarity", "part_similarities"]


def part_similarities(
    query: npt.NDArray[np.float32], found: npt.NDArray[np.float32], parts: Mapping[str, slice]
) -> dict[str, float]:
    """Give the cosine of each part of two embeddings; 0 where a part has no length.

    Args:
        query: Shape ``(D,)``.
        found: Shape ``(D,)``.
        parts: As the encoder names them.

    Example:
        >>> a, b = np.array([1, 0, 0, 1], np.float32), np.array([1, 0, 1, 1], np.float32)
        >>> cosines = part_similarities(a, b, {"shape": slice(0, 2), "colour": slice(2, 4)})
        >>> cosines["shape"], round(cosines["colour"], 3)
        (1.0, 0.707)
    """
    cosines = {}
    for name, numbers in parts.items():
        a, b = query[numbers].astype(np.float64), found[numbers].astype(np.float64)
        lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
        cosines[name] = float(np.clip(a @ b / lengths, -1, 1)) if lengths > 0 else 0.0
    return cosines


def mean_similarity(cosines: Mapping[str, float], weights: Weights) -> float:
    """Give the weighted mean of the parts' cosines, which ranks as the weighed query's cosine does.

    Example:
        >>> mean_similarity({"shape": 1.0, "colour": 0.5}, {"colour": 3})
        0.625
    """
    total = sum(weights.get(name, 1.0) for name in cosines)
    return sum(weights.get(name, 1.0) * cosine for name, cosine in cosines.items()) / total if total else 0.0


def check_weights(weights: Weights, parts: Mapping[str, slice]) -> None:
    """Refuse weights for parts that are not there.

    Raises:
        QueryError: With the parts that are; or if every part weighs nothing.
    """
    unknown = [name for name in weights if name not in parts]
    if unknown:
        raise QueryError(f"The embedding has no part {unknown[0]!r} to weigh. It has {', '.join(parts)}.")
    if not any(weights.get(name, 1.0) for name in parts):
        raise QueryError("All parts weigh 0, so that nothing is alike. Give one of them a weight above 0.")
