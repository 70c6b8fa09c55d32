"""The selector in a model file: arrays beside the weights, known by a prefix, and a line in the header.

What they mean is the affair of :mod:`attire.predict.selection`; here they are only kept, so that a model is
one file (contract 5) and a selector can be fitted to it without touching its weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from attire.atomic import atomic_path
from attire.errors import WeightsError
from attire.model.card import ModelCard
from attire.model.header import read_header

__all__ = ["PREFIX", "StoredSelector", "attach_selector"]

PREFIX = "selector."
"""Names of its arrays in the file begin so; no weight's name does."""


@dataclass(frozen=True, kw_only=True, eq=False)
class StoredSelector:
    """A selector as the file holds it."""

    arrays: dict[str, npt.NDArray[np.float64]]
    """By name, without the prefix."""
    rest: str
    """JSON of all that is no array."""

    def to_tensors(self) -> dict[str, npt.NDArray[np.float64]]:
        """Give the arrays under the names that they have in the file."""
        return {PREFIX + name: np.ascontiguousarray(array, np.float64) for name, array in self.arrays.items()}

    @classmethod
    def among(cls, tensors: Mapping[str, Any], rest: str | None) -> "StoredSelector | None":
        """Pick the selector out of all tensors of a file, as arrays; None if the file holds none."""
        if rest is None:
            return None
        own = {name: np.asarray(array) for name, array in tensors.items() if name.startswith(PREFIX)}
        return cls(arrays={name.removeprefix(PREFIX): array for name, array in own.items()}, rest=rest)


def attach_selector(
    model: Path, out: Path, selector: StoredSelector, *, card: ModelCard | None = None
) -> Path:
    """Copy a model file with another selector in it; the weights stay as they are, bit by bit.

    Args:
        model: File that ``attire train`` or this function wrote.
        out: Where to; may be ``model`` itself.
        selector: Takes the place of one that is there.
        card: Takes the place of the model's card, if given.

    Returns:
        The path written.

    Raises:
        WeightsError: If ``model`` is no readable model file, or ``out`` no ``.safetensors``.
    """
    if out.suffix != ".safetensors":
        raise WeightsError(f"{out}: a model file ends in .safetensors.")
    header = read_header(model)
    try:
        tensors = load_file(model)
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{model}: damaged ({error}). Copy or download it again.") from None
    weights = {name: tensor for name, tensor in tensors.items() if not name.startswith(PREFIX)}
    header = replace(header, selector=selector.rest, card=card or header.card)
    with atomic_path(out) as temporary:
        save_file({**weights, **selector.to_tensors()}, temporary, metadata=header.to_metadata())
    return out
