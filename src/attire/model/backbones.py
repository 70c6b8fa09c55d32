"""Backbones with a feature pyramid of four levels (strides 4, 8, 16, 32) and one more at 64."""

from collections.abc import Callable

from torch import nn
from torchvision.models import mobilenet_v3_large, resnet18, resnet50, resnet101
from torchvision.models.detection.backbone_utils import BackboneWithFPN

from attire.model.config import Backbone, ModelConfig
from attire.model.norms import norm_layer
from attire.model.separable import make_separable

__all__ = ["FEATURE_MAPS", "STRIDES", "build_backbone"]

STRIDES = (4, 8, 16, 32)
"""Input pixels per cell of the levels that regions are pooled from."""
FEATURE_MAPS = ("0", "1", "2", "3")
"""torchvision's names of these levels."""

_LAYERS: dict[Backbone, tuple[tuple[str, int], ...]] = {
    "resnet18": (("layer1", 64), ("layer2", 128), ("layer3", 256), ("layer4", 512)),
    "resnet50": (("layer1", 256), ("layer2", 512), ("layer3", 1024), ("layer4", 2048)),
    "resnet101": (("layer1", 256), ("layer2", 512), ("layer3", 1024), ("layer4", 2048)),
    # The last block of each stride. torchvision's own detector reads two layers, both at stride 32, which
    # is too coarse for belts and watches; the 960 channels after block 15 serve classification only.
    "mobilenet_v3_large": (("3", 24), ("6", 40), ("12", 112), ("15", 160)),
}


def build_backbone(config: ModelConfig) -> BackboneWithFPN:
    """Build an untrained backbone with its pyramid, under torchvision's parameter names.

    Args:
        config: Its ``backbone``, ``norm``, ``norm_eps``, ``norm_in_heads``, ``fpn_channels`` and
            ``fpn_depthwise`` are read.

    Returns:
        A module from photos ``(B, 3, H, W)`` to five maps ``0`` … ``3`` and ``pool``.
    """
    norm = norm_layer(config.norm, config.norm_eps)
    layers = _LAYERS[config.backbone]
    backbone = BackboneWithFPN(
        _body(config.backbone, norm),
        return_layers={name: str(level) for level, (name, _) in enumerate(layers)},
        in_channels_list=[channels for _, channels in layers],
        out_channels=config.fpn_channels,
        norm_layer=norm if config.norm_in_heads else None,
    )
    if config.fpn_depthwise:
        make_separable(backbone.fpn.layer_blocks)
    return backbone


def _body(backbone: Backbone, norm: Callable[[int], nn.Module]) -> nn.Module:
    body: nn.Module
    match backbone:
        case "resnet18":
            body = resnet18(norm_layer=norm)
        case "resnet50":
            body = resnet50(norm_layer=norm)
        case "resnet101":
            body = resnet101(norm_layer=norm)
        case "mobilenet_v3_large":
            body = mobilenet_v3_large(norm_layer=norm).features
    return body
