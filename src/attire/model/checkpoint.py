"""A model as one file: weights in safetensors, and in its header all that is needed to use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from attire.atomic import atomic_path
from attire.errors import WeightsError
from attire.model.build import build_model
from attire.model.card import ModelCard
from attire.model.config import ModelConfig
from attire.model.header import ModelHeader, read_header
from attire.model.network import FashionRCNN
from attire.model.stored_selector import PREFIX, StoredSelector
from attire.ontology import Ontology
from attire.preprocess import InputSpec

__all__ = ["LoadedModel", "load_model", "save_model"]


@dataclass(frozen=True, kw_only=True, eq=False)
class LoadedModel:
    """A network ready to read photos, and what it says of itself."""

    model: FashionRCNN
    """The network in evaluation mode, float32."""
    header: ModelHeader
    """All that stands in the file beside the weights."""
    selector: StoredSelector | None = None
    """How confidence is calibrated and detections are chosen, where that was fitted."""

    @property
    def ontology(self) -> Ontology:
        """What labels and attribute columns mean."""
        return self.header.ontology

    @property
    def config(self) -> ModelConfig:
        """Every number of the network."""
        return self.header.config

    @property
    def input_spec(self) -> InputSpec:
        """What :func:`attire.preprocess.preprocess` has to make of a photo."""
        return self.header.input_spec

    @property
    def card(self) -> ModelCard:
        """Where the model comes from, how good it is and where it fails."""
        return self.header.card

    @property
    def recipe(self) -> dict[str, Any] | None:
        """The recipe it was trained by, in plain values."""
        return self.header.recipe


def save_model(
    path: Path | str,
    model: FashionRCNN,
    *,
    card: ModelCard,
    input_spec: InputSpec,
    recipe: Mapping[str, Any] | None = None,
    least_score: float | None = None,
    selector: StoredSelector | None = None,
    half: bool = False,
) -> Path:
    """Write a model to one safetensors file, whole or not at all.

    Args:
        path: Where to; ends in ``.safetensors``.
        model: The network; its config and ontology go along.
        card: What it says of itself.
        input_spec: How photos are made into its input.
        recipe: The recipe it was trained by, in plain values.
        least_score: Confidence in 0 … 1 from which its detections are worth keeping, if that was measured.
        selector: As :func:`load_model` gave it, to go along.
        half: Store matrices and kernels as float16, for half the size. Norms and biases stay float32,
            since their range does not fit.

    Returns:
        The path.

    Raises:
        WeightsError: If a weight is not finite, or too large for ``half``.
    """
    path = Path(path)
    if path.suffix != ".safetensors":
        raise WeightsError(f"{path}: a model file ends in .safetensors.")
    tensors = {name: _stored(name, value, half) for name, value in model.state_dict().items()}
    header = ModelHeader(
        ontology=model.ontology,
        config=model.config,
        input_spec=input_spec,
        card=card,
        recipe=None if recipe is None else dict(recipe),
        least_score=least_score,
        selector=None if selector is None else selector.rest,
    )
    if selector is not None:
        tensors |= {name: torch.from_numpy(array) for name, array in selector.to_tensors().items()}
    with atomic_path(path) as temporary:
        save_file(tensors, temporary, metadata=header.to_metadata())
    return path


def load_model(path: Path | str, device: torch.device | str = "cpu") -> LoadedModel:
    """Read a model file. Nothing in it is executed.

    Args:
        path: What :func:`save_model` wrote.
        device: Where the network goes.

    Returns:
        The network in evaluation mode with all that belongs to it.

    Raises:
        WeightsError: If the file is missing, damaged, of another program or of a newer Attire.
    """
    path = Path(path)
    header = read_header(path)
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{path}: damaged ({error}). Copy or download it again.") from None
    model = build_model(header.config, header.ontology)
    selector = StoredSelector.among(tensors, header.selector)
    floats = {
        n: t.float() if t.is_floating_point() else t for n, t in tensors.items() if not n.startswith(PREFIX)
    }
    try:
        model.load_state_dict(floats)
    except RuntimeError as error:
        raise WeightsError(f"{path}: its weights do not fit its own config ({error}).") from None
    return LoadedModel(model=model.to(device).eval(), header=header, selector=selector)


def _stored(name: str, value: Tensor, half: bool) -> Tensor:
    value = value.detach().cpu().contiguous()
    stored = value.half() if half and value.is_floating_point() and value.dim() > 1 else value
    if stored.is_floating_point() and not torch.isfinite(stored).all():
        raise WeightsError(f"Weight {name} is not finite; the model is not worth saving.")
    return stored.clone()
