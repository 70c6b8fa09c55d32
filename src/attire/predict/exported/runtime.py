"""An exported network as the predictor knows it, whatever engine runs it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from attire.errors import DataError, WeightsError
from attire.model.header import ModelHeader, read_header
from attire.model.onnx_metadata import read_onnx_metadata
from attire.model.shared_weights import SHARED, check_shared_weights
from attire.model.stored_selector import read_exported_selector
from attire.ontology import Ontology
from attire.predict.attribute_carriers import attribute_carriers
from attire.predict.exported.engine import DETECTIONS, MAPS, STEPS, Arrays, Engine
from attire.predict.runtime import RawDetections
from attire.predict.selection import LearnedSelector
from attire.predict.steps import Steps
from attire.preprocess import InputSpec

__all__ = ["STRIDE", "ExportedRuntime"]

STRIDE = 32
"""Sides of the graph's input are multiples of this many pixels."""


class ExportedRuntime:
    """A :class:`~attire.predict.runtime.MappingRuntime` and :class:`~attire.predict.steps.TracingRuntime`."""

    def __init__(
        self, engine: Engine, header: ModelHeader, *, selector: LearnedSelector | None = None
    ) -> None:
        """Put engine and header together.

        Args:
            engine: What runs the graph.
            header: What the file says of itself.
            selector: What was fitted to its detections; None if nothing was.
        """
        self.engine = engine
        self.header = header
        self.selector = selector
        self.attribute_categories = attribute_carriers(header.ontology)

    @classmethod
    def load(cls, path: Path, engine: Callable[[Path], Engine]) -> Self:
        """Read a file that ``attire export`` wrote.

        Args:
            path: The file.
            engine: Loads the graph in it.

        Raises:
            WeightsError: If the file is missing, damaged or of another program, or its weights are in
                another file that is missing or has changed.
        """
        header = read_header(path)
        shared = read_onnx_metadata(path).get(SHARED)
        if shared is not None:
            check_shared_weights(path, shared)
        stored = read_exported_selector(path, header.selector)
        selector = None if stored is None else LearnedSelector.from_arrays(stored.arrays, stored.rest)
        return cls(engine(path), header, selector=selector)

    @property
    def ontology(self) -> Ontology:
        """What the labels and attribute columns mean."""
        return self.header.ontology

    @property
    def input_spec(self) -> InputSpec:
        """What the network was trained to read."""
        return self.header.input_spec

    @property
    def least_score(self) -> float | None:
        """Confidence in 0 … 1 from which detections are worth keeping; None if unknown."""
        return self.header.least_score

    @property
    def about(self) -> str:
        """What runs it, in a few words."""
        return self.engine.about

    @property
    def parallel(self) -> int:
        """Photos that the engine wants at once to be at its fastest."""
        return self.engine.parallel

    def __call__(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network on uint8 arrays, each of shape ``(3, height, width)``.

        Raises:
            DataError: If one has another shape or type, or sides that do not divide by 32.
        """
        return [_raw(one) for one in self.engine([_checked(array) for array in inputs], DETECTIONS)]

    def with_maps(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network as a call does and keep the maps of its backbone.

        Raises:
            DataError: As a call does.
            WeightsError: If the file was exported before exports gave maps.
        """
        if not self.engine.outputs.issuperset(MAPS):
            raise WeightsError(
                f"{self.header.card.name}: its exported file gives no feature maps, which older versions of "
                "Attire left out. Export the model anew: attire export MODEL -o FILE.onnx"
            )
        found = self.engine([_checked(array) for array in inputs], (*DETECTIONS, *MAPS))
        return [
            replace(_raw(one), maps=tuple(one[name].astype(np.float16) for name in MAPS)) for one in found
        ]

    def trace(self, array: npt.NDArray[np.uint8]) -> Steps:
        """Run the network on one input and keep its steps."""
        (found,) = self.engine([_checked(array)], (*DETECTIONS, *STEPS))
        return Steps(
            proposals=_float32(found["proposals"]),
            objectness=_float32(found["objectness"]),
            refined=_float32(found["candidates"]),
            refined_scores=_float32(found["candidate_scores"]),
            detections=_raw(found),
        )


def _checked(array: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    shape = array.shape
    if array.dtype != np.uint8 or len(shape) != 3 or shape[0] != 3 or not array.size:
        raise DataError(f"The network reads uint8 of shape (3, height, width); found {array.dtype} {shape}.")
    if shape[1] % STRIDE or shape[2] % STRIDE:
        raise DataError(
            f"An exported network reads sides that divide by {STRIDE}; found {shape[1]}x{shape[2]}. "
            "preprocess() with its input_spec gives such."
        )
    return np.ascontiguousarray(array)


def _raw(found: Arrays) -> RawDetections:
    return RawDetections(
        boxes=_float32(found["boxes"]),
        labels=found["labels"].astype(np.int64),
        scores=_float32(found["scores"]),
        masks=_float32(found["masks"]),
        attribute_probs=_float32(found["attribute_probs"]),
        embeddings=_float32(found["embeddings"]),
    )


def _float32(array: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    return array.astype(np.float32, copy=False)
