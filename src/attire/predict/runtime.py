"""What runs the network, seen from outside: arrays in, raw detections out, no framework in between."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.ontology import Ontology
from attire.preprocess import InputSpec

__all__ = ["MappingRuntime", "RawDetections", "Runtime"]


@dataclass(frozen=True, kw_only=True, eq=False)
class RawDetections:
    """What the network says about one input, in the input's pixels; every array but the maps has N rows.

    Masks are small and square, each stretched over its own box; :func:`attire.predict.postprocess` makes
    run-lengths of the photo's size of them.
    """

    boxes: npt.NDArray[np.float32]
    """xyxy in input pixels, shape ``(N, 4)``."""
    labels: npt.NDArray[np.int64]
    """Model labels, 1 … C, shape ``(N,)``."""
    scores: npt.NDArray[np.float32]
    """Confidence in 0 … 1, shape ``(N,)``."""
    masks: npt.NDArray[np.float32]
    """Probability in 0 … 1 of each cell of a grid over the box, shape ``(N, S, S)``; S is 28 as a rule."""
    attribute_probs: npt.NDArray[np.float32]
    """Probability of each attribute in 0 … 1, columns in ontology order, shape ``(N, A)``."""
    embeddings: npt.NDArray[np.float32] | None = None
    """One vector per detection, shape ``(N, D)``."""
    maps: tuple[npt.NDArray[np.float16], ...] | None = None
    """What the backbone sees of the whole input, finest first, where it was asked for: features of each cell
    of 4, 8, 16 and 32 input pixels either way, shape ``(F, height / cell, width / cell)``."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        n, side = len(self.boxes), self.masks.shape[-1]
        expected: dict[str, tuple[int, ...]] = {
            "boxes": (n, 4),
            "labels": (n,),
            "scores": (n,),
            "masks": (n, side, side),
            "attribute_probs": (n, *self.attribute_probs.shape[1:2]),
        }
        for name, shape in expected.items():
            found = getattr(self, name).shape
            if found != shape:
                raise WeightsError(
                    f"The network gave {name} of shape {found}, expected {shape} for {n} detections. "
                    "Its runtime and its file do not fit together."
                )

    def __len__(self) -> int:
        return len(self.boxes)

    def __getitem__(self, index: slice | npt.NDArray[Any]) -> Self:
        """Keep some detections: a slice, a bool array or an array of positions."""
        rows = {
            f.name: value[index]
            for f in fields(self)
            if f.name != "maps" and (value := getattr(self, f.name)) is not None
        }
        return replace(self, **rows)


class Runtime(Protocol):
    """Anything that holds a network and runs it; a :class:`~attire.predict.Predictor` needs no more."""

    @property
    def ontology(self) -> Ontology:
        """What the labels and attribute columns mean."""

    @property
    def input_spec(self) -> InputSpec:
        """What :func:`attire.preprocess.preprocess` has to make of a photo."""

    @property
    def attribute_categories(self) -> frozenset[int] | None:
        """Category ids that carry attributes; None where nothing is known about it and all may."""

    def __call__(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network on a batch.

        Args:
            inputs: RGB, 0 … 255, each of shape ``(3, height, width)``; sizes may differ.

        Returns:
            One value per input, highest score first.
        """


@runtime_checkable
class MappingRuntime(Runtime, Protocol):
    """A runtime that also gives, when asked, the maps in which its backbone saw an input."""

    def with_maps(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network on a batch as a plain call does; detections are the same, bit by bit.

        Args:
            inputs: As for a call.

        Returns:
            One value per input, its ``maps`` set.

        Raises:
            WeightsError: If the model's file gives no maps.
        """
