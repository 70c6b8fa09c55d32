"""The selector in a model file: arrays and a line of JSON, known by a prefix or a name.

What they mean is the affair of :mod:`attire.predict.selection`; here they are only kept, so that a model is
one file (contract 5) and a selector can be fitted to it without touching its weights.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from attire.atomic import atomic_path
from attire.errors import WeightsError
from attire.model.card import ModelCard
from attire.model.header import ONNX, read_header
from attire.model.onnx_metadata import read_onnx_metadata, replace_onnx_metadata

__all__ = ["PREFIX", "StoredSelector", "attach_selector", "read_exported_selector"]

PREFIX = "selector."
"""Names of its arrays in a safetensors file begin so; no weight's name does."""
_ARRAYS = "selector_arrays"
"""Where an ONNX file keeps them, in text."""


@dataclass(frozen=True, kw_only=True, eq=False)
class StoredSelector:
    """A selector as the file holds it."""

    arrays: dict[str, npt.NDArray[np.float64]]
    """By name, without the prefix."""
    rest: str
    """JSON of all that is no array."""

    def to_tensors(self) -> dict[str, npt.NDArray[np.float64]]:
        """Give the arrays under the names that they have in a safetensors file."""
        return {PREFIX + name: np.ascontiguousarray(array, np.float64) for name, array in self.arrays.items()}

    def to_metadata(self) -> dict[str, str]:
        """Give the arrays as the text that an ONNX file holds: a compressed npz file in base 64."""
        packed = BytesIO()
        arrays: dict[str, Any] = {name: np.asarray(array, np.float64) for name, array in self.arrays.items()}
        np.savez_compressed(packed, **arrays)
        return {_ARRAYS: b64encode(packed.getvalue()).decode()}

    @classmethod
    def among(cls, tensors: Mapping[str, Any], rest: str | None) -> "StoredSelector | None":
        """Pick the selector out of all tensors of a file, as arrays; None if the file holds none."""
        if rest is None:
            return None
        own = {name: np.asarray(array) for name, array in tensors.items() if name.startswith(PREFIX)}
        return cls(arrays={name.removeprefix(PREFIX): array for name, array in own.items()}, rest=rest)


def read_exported_selector(path: Path, rest: str | None) -> StoredSelector | None:
    """Read the selector of an ONNX file; None if it holds none.

    Args:
        path: What ``attire export`` wrote.
        rest: What its header says of the selector.

    Raises:
        WeightsError: If the arrays are damaged.
    """
    if rest is None:
        return None
    try:
        packed = BytesIO(b64decode(read_onnx_metadata(path)[_ARRAYS], validate=True))
        with np.load(packed, allow_pickle=False) as arrays:
            return StoredSelector(arrays={name: arrays[name] for name in arrays.files}, rest=rest)
    except (KeyError, ValueError, OSError, EOFError, BadZipFile) as error:
        raise WeightsError(
            f"{path}: its selector is damaged ({type(error).__name__}). Export the model again."
        ) from None


def attach_selector(
    model: Path, out: Path, selector: StoredSelector, *, card: ModelCard | None = None
) -> Path:
    """Copy a model file with another selector in it; the weights stay as they are, bit by bit.

    Args:
        model: File that ``attire train``, ``attire export`` or this function wrote.
        out: Where to, of the same kind; may be ``model`` itself.
        selector: Takes the place of one that is there.
        card: Takes the place of the model's card, if given.

    Returns:
        The path written.

    Raises:
        WeightsError: If ``model`` is no readable model file, or ``out`` of another kind.
    """
    if out.suffix != model.suffix:
        raise WeightsError(
            f"{out}: {model.name} is a {model.suffix} file, and so is a copy of it with a selector. "
            f"Name it {out.with_suffix(model.suffix).name}."
        )
    header = read_header(model)
    header = replace(header, selector=selector.rest, card=card or header.card)
    if model.suffix == ONNX:
        return replace_onnx_metadata(model, out, header.to_metadata() | selector.to_metadata())
    from safetensors import SafetensorError
    from safetensors.numpy import load_file, save_file

    try:
        tensors = load_file(model)
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{model}: damaged ({error}). Copy or download it again.") from None
    weights = {name: tensor for name, tensor in tensors.items() if not name.startswith(PREFIX)}
    with atomic_path(out) as temporary:
        save_file({**weights, **selector.to_tensors()}, temporary, metadata=header.to_metadata())
    return out
