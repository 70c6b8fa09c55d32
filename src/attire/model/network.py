"""The network: photo → pyramid → proposals → heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from attire.model.backbones import FEATURE_MAPS, STRIDES, build_backbone
from attire.model.batching import Batching
from attire.model.config import ModelConfig
from attire.model.proposals import ProposalNetwork
from attire.model.roi_heads import Candidates, FashionRoIHeads
from attire.model.semantic_head import SemanticHead
from attire.model.targets import Target, check_targets
from attire.ontology import Ontology

__all__ = ["FashionRCNN", "Trace"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Trace:
    """How the network got to its detections in one photo; all boxes xyxy in input pixels."""

    proposals: Tensor
    """Where something might be, best first, shape ``(P, 4)``."""
    objectness: Tensor
    """How sure of it, in 0 … 1, shape ``(P,)``."""
    candidates: Candidates
    """Named and refined, and which of them suppression keeps."""
    detections: dict[str, Tensor]
    """What :meth:`FashionRCNN.detect` gives."""
    maps: tuple[Tensor, ...]
    """What the backbone sees before the pyramid, finest first: features of each cell of 4, 8, 16 and 32
    input pixels either way, shape ``(F, height / cell, width / cell)``."""


class FashionRCNN(nn.Module):
    """Mask R-CNN with an attribute head; parameters have torchvision's names.

    In training mode ``forward`` gives losses, otherwise detections; :meth:`losses`, :meth:`detect` and
    :meth:`trace` do so by name.
    """

    def __init__(self, config: ModelConfig, ontology: Ontology) -> None:
        super().__init__()
        self.config = config
        self.ontology = ontology
        self.batching = Batching(config)
        self.backbone = build_backbone(config)
        self.rpn = ProposalNetwork(config)
        labels = len(ontology.categories) + 1
        self.roi_heads = FashionRoIHeads(config, labels, len(ontology.attributes))
        self.semantic_head = (
            SemanticHead(config.fpn_channels, config.semantic_channels, len(ontology.categories))
            if config.semantic_channels
            else None
        )

    def forward(
        self, images: Sequence[Tensor], targets: Sequence[Target] | None = None
    ) -> dict[str, Tensor] | list[dict[str, Tensor]]:
        """Give :meth:`losses` in training mode, :meth:`detect` otherwise.

        Raises:
            ValueError: In training mode without targets.
        """
        if not self.training:
            return self.detect(images)
        if targets is None:
            raise ValueError("FashionRCNN in training mode needs targets. Call eval() to detect.")
        return self.losses(images, targets)

    def losses(self, images: Sequence[Tensor], targets: Sequence[Target]) -> dict[str, Tensor]:
        """Compare what the network says of photos with the truth, in either mode.

        Args:
            images: RGB, shape ``(3, height, width)``, uint8 or float in 0 … 1; sizes may differ.
            targets: One per photo, see :data:`attire.model.targets.Target`; photos without any garment are
                fine.

        Returns:
            Scalars by name, see :data:`attire.model.LOSSES`.

        Raises:
            DataError: If photos or targets have the wrong shape, type or values.
        """
        batch = self.batching(images)
        checked = check_targets(
            targets, batch.image_sizes, len(self.ontology.categories) + 1, len(self.ontology.attributes)
        )
        features = self.backbone(batch.tensors)
        proposals, _, rpn_losses = self.rpn(batch, features, checked)
        losses = {**rpn_losses, **self.roi_heads.losses(features, proposals, batch.image_sizes, checked)}
        if self.semantic_head is not None:
            losses["loss_semantic"] = self.semantic_head.loss(features["0"], checked)
        return losses

    def detect(self, images: Sequence[Tensor]) -> list[dict[str, Tensor]]:
        """Read photos.

        Args:
            images: As for :meth:`losses`.

        Returns:
            Per photo, best first: ``boxes`` (N, 4) xyxy in input pixels, ``labels`` (N,) from 1,
            ``scores`` (N,), ``masks`` (N, 28, 28) probabilities over each box, ``attribute_probs`` (N, A),
            ``embeddings`` (N, E) of length 1.
        """
        return [one.detections for one in self.trace(images)]

    def trace(self, images: Sequence[Tensor]) -> list[Trace]:
        """Read photos and keep the steps: maps, proposals, candidates, what suppression keeps."""
        batch = self.batching(images)
        seen = self.backbone.body(batch.tensors)
        features = self.backbone.fpn(seen)
        proposals, objectness, _ = self.rpn(batch, features)
        detections, candidates = self.roi_heads(features, proposals, batch.image_sizes)
        return [
            Trace(
                proposals=p,
                objectness=o,
                candidates=c,
                detections=d,
                maps=_of_one(seen, photo, batch.image_sizes[photo]),
            )
            for photo, (p, o, c, d) in enumerate(
                zip(proposals, objectness, candidates, detections, strict=True)
            )
        ]

    def describe(
        self, images: Sequence[Tensor], boxes: list[Tensor], labels: list[Tensor]
    ) -> list[dict[str, Tensor]]:
        """Outline and describe given boxes, such as one that a user drew; see :class:`FashionRoIHeads`."""
        batch = self.batching(images)
        features = self.backbone(batch.tensors)
        return self.roi_heads.describe(features, [b.float() for b in boxes], labels, batch.image_sizes)

    def parameter_count(self) -> int:
        """Count the numbers that training can change."""
        return sum(parameter.numel() for parameter in self.parameters())

    @property
    def device(self) -> torch.device:
        """Where the network lies."""
        return self.batching.mean.device


def _of_one(maps: Mapping[str, Tensor], photo: int, size: tuple[int, int]) -> tuple[Tensor, ...]:
    """Cut one photo's maps out of a batch's, whose photos are padded to the largest of them."""
    return tuple(
        maps[level][photo, :, : -(-size[0] // stride), : -(-size[1] // stride)]
        for level, stride in zip(FEATURE_MAPS, STRIDES, strict=True)
    )
