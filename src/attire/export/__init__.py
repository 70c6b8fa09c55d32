"""Trained network → one ONNX file that needs no torch: from photo to detections, with all that belongs to it.

Names that need torch are imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attire.export.exporting import Exported, export_model
    from attire.export.graph import InferenceGraph, Outputs

__all__ = ["Exported", "InferenceGraph", "Outputs", "export_model"]

_HOMES = {
    "Exported": "exporting",
    "InferenceGraph": "graph",
    "Outputs": "graph",
    "export_model": "exporting",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from attire.extras import require

    for module in ("torch", "onnx", "onnxscript"):
        require(module, "export")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
