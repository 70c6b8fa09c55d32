"""What stands in a model file beside the weights, readable without torch."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from attire import __version__
from attire.errors import AttireError, WeightsError
from attire.model.card import ModelCard
from attire.model.config import ModelConfig
from attire.model.onnx_metadata import read_onnx_metadata
from attire.ontology import Ontology, parse_ontology
from attire.preprocess import InputSpec

__all__ = ["FORMAT_VERSION", "ONNX", "ModelHeader", "read_header"]

ONNX = ".onnx"
"""Suffix of models that were exported; those of training are ``.safetensors``."""

FORMAT_VERSION = 1
"""Raised when older versions of Attire could no longer read a file rightly."""
_LONGEST = 100_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelHeader:
    """All that is needed to use the weights of a file."""

    ontology: Ontology
    """What labels and attribute columns mean."""
    config: ModelConfig
    """Every number of the network."""
    input_spec: InputSpec
    """How photos are made into its input."""
    card: ModelCard
    """What the model says of itself."""
    recipe: dict[str, Any] | None = None
    """The recipe it was trained by, in plain values."""
    least_score: float | None = None
    """Confidence in 0 … 1 from which detections are worth keeping, chosen on validation photos; None for the
    default of :mod:`attire.predict`."""
    selector: str | None = None
    """What stands beside the arrays of a fitted selector, as JSON; None where the file holds none."""
    precision: str = "fp32"
    """How the file's graph computes: ``fp32``, or ``int8`` where ``attire export`` made it so."""
    attire_version: str = __version__
    """Version of Attire that wrote it."""

    def to_metadata(self) -> dict[str, str]:
        """Give the strings that safetensors and ONNX files store."""
        values = {
            "ontology": self.ontology.to_dict(),
            "config": self.config.to_dict(),
            "input": asdict(self.input_spec),
            "card": self.card.to_dict(),
            "recipe": self.recipe,
            "selection": {"least_score": self.least_score, "selector": self.selector},
        }
        return {
            "format": "attire",
            "format_version": str(FORMAT_VERSION),
            "attire_version": self.attire_version,
            "precision": self.precision,
            **{name: json.dumps(value, ensure_ascii=False) for name, value in values.items()},
        }


def read_header(path: Path | str) -> ModelHeader:
    """Read what a model file says of itself, without its weights and without torch.

    Args:
        path: A safetensors or ONNX file that Attire wrote.

    Returns:
        The header.

    Raises:
        WeightsError: If the file is missing, is of neither kind, is not Attire's, or is newer.
    """
    path = Path(path)
    exported = path.suffix == ONNX
    metadata = read_onnx_metadata(path) if exported else read_metadata(path)
    if metadata.get("format") != "attire":
        cure = (
            "Attire reads what attire export writes."
            if exported
            else "To start training from it, give it as --weights."
        )
        raise WeightsError(
            f"{path}: {'an ONNX' if exported else 'a safetensors'} file, but not a model of Attire. {cure}"
        )
    version = metadata.get("format_version", "")
    if not version.isdecimal() or int(version) > FORMAT_VERSION:
        raise WeightsError(
            f"{path}: format {version or 'unknown'}, written by Attire {metadata.get('attire_version')}; "
            f"this is {__version__}, which reads up to format {FORMAT_VERSION}. "
            "Upgrade: pip install -U attire"
        )
    try:
        return _parse(metadata, str(path))
    except (AttireError, KeyError, TypeError, ValueError) as error:
        raise WeightsError(f"{path}: its header is damaged ({type(error).__name__}: {error}).") from None


def read_metadata(path: Path) -> dict[str, str]:
    """Read the free-form strings of any safetensors file.

    Raises:
        WeightsError: If the file is missing or is no safetensors file.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            text = file.read(length) if 2 <= length <= _LONGEST else b""
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}).") from None
    try:
        header = json.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        header = None
    if not isinstance(header, dict) or len(text) < length:
        raise WeightsError(
            f"{path}: not a safetensors file, or cut short. A model of Attire ends in .safetensors."
        )
    metadata = header.get("__metadata__")
    return metadata if isinstance(metadata, dict) else {}


def _parse(metadata: Mapping[str, str], where: str) -> ModelHeader:
    values = {name: json.loads(metadata[name]) for name in ("ontology", "config", "input", "card", "recipe")}
    selection = json.loads(metadata.get("selection", "{}"))
    return ModelHeader(
        ontology=parse_ontology(values["ontology"], where=where),
        config=ModelConfig.from_dict(values["config"]),
        input_spec=InputSpec(**values["input"]),
        card=ModelCard.from_dict(values["card"]),
        recipe=values["recipe"],
        least_score=selection.get("least_score"),
        selector=selection.get("selector"),
        precision=metadata.get("precision", "fp32"),
        attire_version=metadata["attire_version"],
    )
