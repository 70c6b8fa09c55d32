"""Mask R-CNN with an attribute head: its numbers, its parts, its weights and its file.

Names that need torch are imported when first used, so that recipes and cards stay free of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attire.model.card import CardScore, ModelCard
from attire.model.config import ModelConfig
from attire.model.configs import CONFIGS, cpu_config
from attire.model.loss_weights import LOSSES, LossWeights

if TYPE_CHECKING:
    from attire.model.build import build_model
    from attire.model.checkpoint import LoadedModel, load_model, save_model
    from attire.model.network import FashionRCNN, Trace
    from attire.model.weight_report import WeightReport
    from attire.model.weights import load_weights

__all__ = [
    "CONFIGS",
    "LOSSES",
    "CardScore",
    "FashionRCNN",
    "LoadedModel",
    "LossWeights",
    "ModelCard",
    "ModelConfig",
    "Trace",
    "WeightReport",
    "build_model",
    "cpu_config",
    "load_model",
    "load_weights",
    "save_model",
]

_WITH_TORCH = {
    "FashionRCNN": "network",
    "LoadedModel": "checkpoint",
    "Trace": "network",
    "WeightReport": "weight_report",
    "build_model": "build",
    "load_model": "checkpoint",
    "load_weights": "weights",
    "save_model": "checkpoint",
}


def __getattr__(name: str) -> Any:
    if name not in _WITH_TORCH:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from attire.extras import require

    require("torch", "train")
    return getattr(import_module(f"{__name__}.{_WITH_TORCH[name]}"), name)
