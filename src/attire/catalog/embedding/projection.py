"""What was learned to make short vectors of pooled features: a few arrays, in a file of their own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from attire.atomic import atomic_path
from attire.catalog.embedding.pooling import Pooled
from attire.errors import WeightsError
from attire.model.header import ModelHeader

__all__ = ["FORMAT_VERSION", "Layer", "Projection", "gather_inputs", "identify"]

FORMAT_VERSION = 2
"""Raised when older versions of Attire could no longer read a file rightly."""
_FARTHEST = 6.0
"""Standard deviations from the mean beyond which an input is taken for one there."""
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """Makes one part of an embedding: roots of inputs are standardised, then multiplied by a matrix."""

    inputs: tuple[str, ...]
    """What of :class:`Pooled` goes in, in order: a field, and for fields with levels its number."""
    mean: _Floats
    """Of each root over the photos it was learned from, shape ``(K,)``."""
    scale: _Floats
    """Standard deviation of each, shape ``(K,)``."""
    matrix: _Floats
    """Shape ``(K, D)``."""

    def __call__(self, pooled: Pooled) -> _Floats:
        """Give the part, rows of length 1, shape ``(N, D)``."""
        rows = gather_inputs(pooled, self.inputs)
        if rows.shape[1] != len(self.mean):
            raise WeightsError(
                f"The embedding reads {len(self.mean)} features of a garment, and this network gives "
                f"{rows.shape[1]}. It was made for another network."
            )
        made = np.clip((rows - self.mean) / self.scale, -_FARTHEST, _FARTHEST) @ self.matrix
        unit: _Floats = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
        return unit


@dataclass(frozen=True, kw_only=True, eq=False)
class Projection:
    """All that was learned for one network."""

    version: str
    """Names it; vectors of different versions cannot be compared."""
    model: str
    """What :func:`identify` says of the network it goes with."""
    layers: Mapping[str, Layer]
    """By the name of the part."""
    colour: _Floats
    """Shortens what :func:`attire.catalog.colours.colour_shares` gives, shape ``(CHANNELS, D)``."""
    card: Mapping[str, Any] = field(default_factory=dict)
    """What it was trained on and how, in plain values."""

    def save(self, path: Path) -> Path:
        """Write it, numbers in float16, to an ``.npz`` that numpy reads without unpickling anything."""
        arrays: dict[str, npt.NDArray[Any]] = {"colour": self.colour.astype(np.float16)}
        for name, layer in self.layers.items():
            for kind in ("mean", "scale", "matrix"):
                arrays[f"{name}.{kind}"] = getattr(layer, kind).astype(np.float16)
        about = {
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "model": self.model,
            "inputs": {name: layer.inputs for name, layer in self.layers.items()},
            "card": dict(self.card),
        }
        arrays["about"] = np.array(json.dumps(about))
        with atomic_path(path) as temporary:
            np.savez(temporary, allow_pickle=False, **arrays)
        return path

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Read what :meth:`save` wrote.

        Raises:
            WeightsError: If it cannot be read, is no such file, or is newer.
        """
        try:
            with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            about = json.loads(str(arrays["about"]))
            if about["format_version"] > FORMAT_VERSION:
                raise WeightsError(f"{path}: was written by a newer Attire. Upgrade: pip install -U attire")
            layers = {
                name: Layer(
                    inputs=tuple(inputs),
                    **{k: arrays[f"{name}.{k}"].astype(np.float32) for k in ("mean", "scale", "matrix")},
                )
                for name, inputs in about["inputs"].items()
            }
            return cls(
                version=about["version"],
                model=about["model"],
                layers=layers,
                colour=arrays["colour"].astype(np.float32),
                card=about["card"],
            )
        except OSError as error:
            raise WeightsError(f"{path}: cannot be read ({error.strerror or error}).") from None
        except (BadZipFile, EOFError, KeyError, TypeError, ValueError):
            raise WeightsError(
                f"{path}: not an embedding of Attire, or cut short. tools/embedding.py writes one."
            ) from None


def gather_inputs(pooled: Pooled, inputs: tuple[str, ...]) -> _Floats:
    """Lay roots of chosen features side by side: strong ones then drown weak ones less.

    Args:
        pooled: N regions.
        inputs: Such as ``means2``, ``spreads3``, ``bands3``, ``outlines``, ``slenderness``.

    Returns:
        Square roots that keep the sign, shape ``(N, K)``.
    """
    columns = []
    for name in inputs:
        kind, level = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
        values = getattr(pooled, kind)
        columns.append((values[int(level)] if level else values).reshape(len(pooled), -1))
    rows = np.concatenate(columns, axis=1).astype(np.float32)
    rooted: _Floats = np.sign(rows) * np.sqrt(np.abs(rows))
    return rooted


def identify(header: ModelHeader) -> str:
    """Tell networks apart by what all forms of one say of themselves, however they compute.

    Scores, limits and selectors are found later and left out.

    Returns:
        16 hexadecimal digits, BLAKE2b.
    """
    told = header.to_metadata()
    card = header.card
    lasting = [told["config"], told["input"], told["recipe"], told["ontology"]]
    text = json.dumps([*lasting, card.name, card.data, card.fingerprint], ensure_ascii=False)
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
