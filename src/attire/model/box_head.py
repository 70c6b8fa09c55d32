"""What looks at a pooled region to name it and to correct its box."""

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn.functional import relu
from torchvision.models.detection.faster_rcnn import FastRCNNConvFCHead

from attire.model.config import ModelConfig
from attire.model.norms import norm_layer

__all__ = ["DenseBoxHead", "build_box_head"]


class DenseBoxHead(nn.Module):
    """Dense layers ``fc6``, ``fc7``, … over a flattened region; two of them are torchvision's head."""

    def __init__(self, in_features: int, widths: Sequence[int]) -> None:
        super().__init__()
        for number, width in enumerate(widths, start=6):
            self.add_module(f"fc{number}", nn.Linear(in_features, width))
            in_features = width

    def forward(self, regions: Tensor) -> Tensor:
        """Turn regions ``(R, C, S, S)`` into features ``(R, D)``."""
        features = regions.flatten(start_dim=1)
        for layer in self.children():
            features = relu(layer(features))
        return features


def build_box_head(config: ModelConfig) -> nn.Module:
    """Build the box head: dense layers only, or convolutions before them as in torchvision's v2."""
    if not config.box_convs:
        return DenseBoxHead(config.fpn_channels * config.box_pool**2, config.box_dense)
    norm = norm_layer(config.norm, config.norm_eps) if config.norm_in_heads else None
    head: nn.Module = FastRCNNConvFCHead(
        (config.fpn_channels, config.box_pool, config.box_pool),
        list(config.box_convs),
        list(config.box_dense),
        norm_layer=norm,
    )
    return head
