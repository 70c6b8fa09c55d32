"""The network run by PyTorch, from the file that training wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import torch

from attire.errors import RecipeError
from attire.model import FashionRCNN, load_model
from attire.ontology import Ontology
from attire.predict.attribute_carriers import attribute_carriers
from attire.predict.runtime import RawDetections
from attire.predict.selection import LearnedSelector
from attire.predict.steps import Steps
from attire.preprocess import InputSpec

__all__ = ["TorchRuntime"]


class TorchRuntime:
    """A :class:`~attire.predict.runtime.MappingRuntime` and :class:`~attire.predict.steps.TracingRuntime`."""

    def __init__(
        self,
        network: FashionRCNN,
        input_spec: InputSpec,
        *,
        attribute_categories: frozenset[int] | None = None,
        least_score: float | None = None,
        selector: LearnedSelector | None = None,
        precision: Literal["fp32", "bf16"] = "fp32",
    ) -> None:
        """Take a network as it is.

        Args:
            network: Already on its device; it is put into evaluation mode.
            input_spec: What it was trained on.
            attribute_categories: Categories that carry attributes; None if unknown.
            least_score: Confidence in 0 … 1 from which its detections are worth keeping; None if unknown.
            selector: What was fitted to its detections; None if nothing was.
            precision: ``bf16`` to compute in bfloat16 where torch's autocast holds that to be safe.
        """
        self.network = network.eval()
        self.input_spec = input_spec
        self.attribute_categories = attribute_categories
        self.least_score = least_score
        self.selector = selector
        self.precision = precision

    @classmethod
    def load(
        cls, path: Path, *, device: str | None = None, precision: Literal["fp32", "bf16"] = "fp32"
    ) -> Self:
        """Read a model file.

        Args:
            path: What ``attire train`` wrote.
            device: ``cpu``, ``cuda``, ``cuda:1`` …; the first GPU, or else the CPU, if None.
            precision: As in the constructor.

        Raises:
            WeightsError: If the file is missing, damaged or of another program.
            RecipeError: If there is no such device here.
        """
        loaded = load_model(path, _device(device))
        stored = loaded.selector
        return cls(
            loaded.model,
            loaded.input_spec,
            attribute_categories=attribute_carriers(loaded.ontology),
            least_score=loaded.header.least_score,
            selector=None if stored is None else LearnedSelector.from_arrays(stored.arrays, stored.rest),
            precision=precision,
        )

    @property
    def ontology(self) -> Ontology:
        """What the labels and attribute columns mean."""
        return self.network.ontology

    @property
    def about(self) -> str:
        """What runs it, in a few words."""
        return f"PyTorch {torch.__version__.split('+')[0]}, {self.precision}, {self.network.device}"

    @torch.inference_mode()
    def __call__(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network on a batch of uint8 arrays, each of shape ``(3, height, width)``."""
        with self._autocast():
            found = self.network.detect([self._tensor(array) for array in inputs])
        return [_raw(one) for one in found]

    @torch.inference_mode()
    def with_maps(self, inputs: Sequence[npt.NDArray[np.uint8]]) -> list[RawDetections]:
        """Run the network as a call does and keep the maps of its backbone."""
        with self._autocast():
            traced = self.network.trace([self._tensor(array) for array in inputs])
        return [
            replace(_raw(one.detections), maps=tuple(_numpy(seen).astype(np.float16) for seen in one.maps))
            for one in traced
        ]

    @torch.inference_mode()
    def trace(self, array: npt.NDArray[np.uint8]) -> Steps:
        """Run the network on one input and keep its steps."""
        with self._autocast():
            (traced,) = self.network.trace([self._tensor(array)])
        return Steps(
            proposals=_numpy(traced.proposals),
            objectness=_numpy(traced.objectness),
            refined=_numpy(traced.candidates.boxes),
            refined_scores=_numpy(traced.candidates.scores),
            detections=_raw(traced.detections),
        )

    def _autocast(self) -> torch.autocast:
        return torch.autocast(
            self.network.device.type, dtype=torch.bfloat16, enabled=self.precision == "bf16"
        )

    def _tensor(self, array: npt.NDArray[np.uint8]) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self.network.device)


def _raw(found: Mapping[str, torch.Tensor]) -> RawDetections:
    return RawDetections(
        boxes=_numpy(found["boxes"]),
        labels=found["labels"].cpu().numpy().astype(np.int64),
        scores=_numpy(found["scores"]),
        masks=_numpy(found["masks"]),
        attribute_probs=_numpy(found["attribute_probs"]),
        embeddings=_numpy(found["embeddings"]),
    )


def _numpy(tensor: torch.Tensor) -> npt.NDArray[np.float32]:
    array: npt.NDArray[np.float32] = tensor.detach().float().cpu().numpy()
    return array


def _device(name: str | None) -> torch.device:
    if name is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:  # torch without CUDA asserts
        reason = str(error).splitlines()[0]
        raise RecipeError(f"Device {name!r} cannot be used here ({reason}). Try 'cpu'.") from None
    return device
