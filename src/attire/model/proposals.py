"""The region proposal network: where something might be."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.rpn import (
    RegionProposalNetwork,
    RPNHead,
    concat_box_prediction_layers,
)

from attire.model.config import ModelConfig
from attire.model.partial_labels import possible_parts
from attire.model.separable import make_separable

__all__ = ["ProposalNetwork"]


class ProposalNetwork(RegionProposalNetwork):  # type: ignore[misc]
    """torchvision's proposals, with boxes in float32 under autocast, and objectness given out.

    In bfloat16 a coordinate near 400 px is off by up to 1 px, an anchor's encoding by more.
    """

    def __init__(self, config: ModelConfig) -> None:
        anchors = AnchorGenerator(
            sizes=config.anchor_sizes,
            aspect_ratios=(config.anchor_ratios,) * len(config.anchor_sizes),
        )
        per_cell = len(config.anchor_sizes[0]) * len(config.anchor_ratios)
        super().__init__(
            anchor_generator=anchors,
            head=RPNHead(config.fpn_channels, per_cell, conv_depth=config.rpn_convs),
            fg_iou_thresh=config.rpn_fg_iou,
            bg_iou_thresh=config.rpn_bg_iou,
            batch_size_per_image=config.rpn_batch,
            positive_fraction=config.rpn_positive,
            pre_nms_top_n={"training": config.rpn_pre_nms_train, "testing": config.rpn_pre_nms_test},
            post_nms_top_n={"training": config.rpn_post_nms_train, "testing": config.rpn_post_nms_test},
            nms_thresh=config.rpn_nms,
        )
        if config.rpn_depthwise:
            make_separable(self.head.conv)

    def forward(
        self,
        images: ImageList,
        features: Mapping[str, Tensor],
        targets: Sequence[Mapping[str, Tensor]] | None = None,
    ) -> tuple[list[Tensor], list[Tensor], dict[str, Tensor]]:
        """Propose boxes.

        Args:
            images: The batch.
            features: Maps of the five levels.
            targets: Truth per photo; with it, losses are computed.

        Returns:
            Boxes (P, 4) in input pixels and objectness (P,) in 0 … 1 per photo, best first, and the losses
            ``loss_objectness`` and ``loss_rpn_box_reg`` (none without targets).
        """
        maps = list(features.values())
        logits, corrections = self.head(maps)
        per_level = [int(level[0].numel()) for level in logits]
        shapes = [level.new_empty((1, 1, *level.shape[-2:]), dtype=torch.float32) for level in maps]
        anchors = self.anchor_generator(images, shapes)
        flat_logits, flat_corrections = concat_box_prediction_layers(
            [level.float() for level in logits], [level.float() for level in corrections]
        )
        boxes = self.box_coder.decode(flat_corrections.detach(), anchors).view(len(anchors), -1, 4)
        proposals, objectness = self.filter_proposals(boxes, flat_logits, images.image_sizes, per_level)
        if targets is None:
            return proposals, objectness, {}
        labels, matched = self.assign_targets_to_anchors(anchors, targets)
        labels = possible_parts(anchors, labels, targets)
        wanted = self.box_coder.encode(matched, anchors)
        loss_objectness, loss_boxes = self.compute_loss(flat_logits, flat_corrections, labels, wanted)
        return proposals, objectness, {"loss_objectness": loss_objectness, "loss_rpn_box_reg": loss_boxes}
