"""A model file in, a file that needs no torch out, and the proof that both say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx

from attire.atomic import atomic_path
from attire.errors import RecipeError, WeightsError
from attire.export.agreement import Agreement, agreement
from attire.export.quantize import quantize
from attire.export.sharing import find_origins, share_weights, stored_arrays
from attire.export.to_onnx import store_halves, to_onnx
from attire.model import FashionRCNN, load_model
from attire.model.header import ONNX, ModelHeader
from attire.model.shared_weights import SHARED, note_of
from attire.photos import list_photos, read_photo
from attire.predict.exported import ExportedRuntime
from attire.predict.exported.onnxruntime_engine import OnnxRuntimeEngine
from attire.predict.exported.runtime import STRIDE
from attire.predict.runtime_torch import TorchRuntime
from attire.preprocess import preprocess
from attire.samples import sample_looks

__all__ = ["Exported", "export_model"]

_COMPARED = 6
"""Looks that network and export both read."""
_LEAST_FOUND = 0.98
"""Share of detections that an export in float32 has to find again; ties may fall the other way."""
_SCORE_TOLERANCE = 0.005
"""How far apart the scores of the same detection may lie."""


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What came of an export."""

    path: Path
    """The file."""
    precision: str
    """How it computes: ``fp32`` or ``int8``."""
    size: int
    """Its length in bytes."""
    agreement: Agreement
    """How far it says of drawn looks what the network says."""


def export_model(
    model: Path,
    out: Path,
    *,
    calibration: Iterable[npt.NDArray[np.uint8]] | None = None,
    share: bool = False,
) -> Exported:
    """Export a model and compare it with the network, on drawn looks.

    Args:
        model: What ``attire train`` wrote, with or without a selector.
        out: Where to; ends in ``.onnx``.
        calibration: To compute in int8: photos as the network sees them.
        share: Whether the weights stay in ``model``, from which the file then reads them.

    Returns:
        What came of it.

    Raises:
        RecipeError: If the model's input does not fit an exported graph.
        WeightsError: If ``out`` is no ``.onnx``, or to share weights with a model in another folder,
            ``model`` cannot be read, or an export in float32 does not say what the network says; nothing is
            written then.
    """
    if out.suffix != ONNX:
        raise WeightsError(f"{out}: an exported model ends in {ONNX}.")
    if share and out.parent.resolve() != model.parent.resolve():
        raise WeightsError(f"{out}: shares its weights with {model}, and so has to be written beside it.")
    loaded = load_model(model)
    if loaded.input_spec.pad_multiple % STRIDE:
        raise RecipeError(
            f"{model}: its input is padded to multiples of {loaded.input_spec.pad_multiple} pixels, an "
            f"exported network reads multiples of {STRIDE}. Train it with input.pad_multiple={STRIDE}."
        )
    graph = to_onnx(loaded.model)
    origins = find_origins(graph, stored_arrays(model)) if share else {}
    precision, folded = "fp32", None
    if calibration is not None:
        (graph, folded), precision = quantize(graph, calibration), "int8"
    if share:
        share_weights(graph, model, origins, folded)
    store_halves(graph)
    header = replace(loaded.header, precision=precision)
    strings = header.to_metadata() | ({} if loaded.selector is None else loaded.selector.to_metadata())
    strings |= {SHARED: note_of(model)} if share else {}
    onnx.helper.set_model_props(graph, strings)
    with atomic_path(out) as temporary:
        onnx.save(graph, temporary)
        found = _compare(loaded.model, header, temporary)
        if precision == "fp32" and (found.share < _LEAST_FOUND or found.score > _SCORE_TOLERANCE):
            raise WeightsError(
                f"{model}: its export says something else: {found.found} of {found.detections} detections "
                f"are found again, scores within {found.score:.4f}. Nothing was written; please report this."
            )
        size = temporary.stat().st_size
    return Exported(path=out, precision=precision, size=size, agreement=found)


def _compare(network: FashionRCNN, header: ModelHeader, path: Path) -> Agreement:
    exported = ExportedRuntime(OnnxRuntimeEngine(path), header)
    trained = TorchRuntime(network, header.input_spec)
    photos = list_photos(sample_looks() / "photos")[:_COMPARED]
    inputs = [preprocess(read_photo(photo), header.input_spec)[0] for photo in photos]
    return agreement((trained([array])[0], exported([array])[0]) for array in inputs)
