"""An auxiliary task for networks that start from nothing: which categories are at each pixel.

The idea is that of Hybrid Task Cascade (Chen et al. 2019): every pixel teaches the pyramid, where the other
losses see a few hundred boxes. Categories overlap here (a sleeve lies on its dress), so each is a question
of its own. Detections do not use it: mixed into outlines or scores it made both worse (docs/results.md).
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from attire.ontology import label_to_category

__all__ = ["SemanticHead", "category_maps"]

STRIDE = 4
"""Input pixels per cell of the finest level."""


class SemanticHead(nn.Module):
    """Reads category maps off the finest level of the pyramid."""

    def __init__(self, in_channels: int, channels: int, categories: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, channels, 3, padding=1)
        self.logits = nn.Conv2d(channels, categories, 1)
        nn.init.normal_(self.logits.weight, std=0.01)
        # About 1 % of all pixels belong to a given category: start there instead of at one half.
        nn.init.constant_(self.logits.get_parameter("bias"), -4.6)

    def forward(self, feature: Tensor) -> Tensor:
        """Give logits of every category, float32, shape ``(B, C, h, w)``, from the finest level."""
        logits: Tensor = self.logits(functional.relu(self.conv(feature))).float()
        return logits

    def loss(self, feature: Tensor, targets: Sequence[dict[str, Tensor]]) -> Tensor:
        """Compare with the truth.

        Args:
            feature: Finest level of the pyramid, shape ``(B, channels, h, w)``.
            targets: With ``labels``, ``masks`` and ``labelled``; see :data:`attire.model.targets.Target`.

        Returns:
            Binary cross-entropy, summed over the categories labelled in each photo and averaged over pixels.
        """
        logits = self(feature)
        truth = torch.stack([category_maps(t, logits.shape[1], logits.shape[2:]) for t in targets])
        labelled = torch.stack([t["labelled"] for t in targets]).to(logits.dtype)[:, :, None, None]
        losses = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
        per_cell: Tensor = (losses * labelled).sum() / (logits.shape[0] * logits.shape[2] * logits.shape[3])
        return per_cell


def category_maps(target: dict[str, Tensor], categories: int, size: Sequence[int]) -> Tensor:
    """Say for each cell of a grid and each category whether the middle of the cell shows it.

    Args:
        target: With ``labels`` (N,) from 1 and ``masks`` (N, H, W) of the input's size.
        categories: How many there are, without background.
        size: ``(h, w)`` of the grid; it covers the batch's common size, and cells outside are empty.

    Returns:
        Float 0 or 1, shape ``(categories, h, w)``.
    """
    masks = target["masks"][:, STRIDE // 2 :: STRIDE, STRIDE // 2 :: STRIDE].float()
    maps = masks.new_zeros((categories, int(size[0]), int(size[1])))
    height, width = min(masks.shape[1], maps.shape[1]), min(masks.shape[2], maps.shape[2])
    for category_id, mask in zip(label_to_category(target["labels"]).tolist(), masks, strict=True):
        seen = maps[category_id, :height, :width]
        torch.maximum(seen, mask[:height, :width], out=seen)
    return maps
