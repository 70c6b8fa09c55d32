"""What happens in each proposed region: category, box, outline, attributes, embedding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.roi_heads import RoIHeads, fastrcnn_loss, maskrcnn_inference, maskrcnn_loss
from torchvision.ops import batched_nms, clip_boxes_to_image, remove_small_boxes

from attire.model.attribute_head import AttributeHead
from attire.model.box_head import build_box_head
from attire.model.config import ModelConfig
from attire.model.norms import norm_layer
from attire.model.partial_labels import classifier_loss
from attire.model.region_pooling import RegionPooling
from attire.model.separable import make_separable

__all__ = ["Candidates", "FashionRoIHeads"]

Sizes = Sequence[tuple[int, int]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """Refined boxes of one photo before suppression: one per proposal and category worth a look."""

    boxes: Tensor
    """xyxy in input pixels, shape ``(K, 4)``."""
    labels: Tensor
    """Model labels, shape ``(K,)``."""
    scores: Tensor
    """Confidence in 0 … 1, shape ``(K,)``."""
    kept: Tensor
    """Places of those that suppression keeps, best first, shape ``(N,)``."""


class FashionRoIHeads(RoIHeads):  # type: ignore[misc]
    """torchvision's heads with an attribute head beside the classifier.

    Attributes, like masks, are learnt on the proposals that match a garment and read, in use, from the
    final boxes: they describe the box that is reported.
    """

    def __init__(self, config: ModelConfig, labels: int, attributes: int) -> None:
        norm = norm_layer(config.norm, config.norm_eps) if config.norm_in_heads else None
        mask_width = config.mask_convs[-1] if config.mask_convs else config.fpn_channels
        super().__init__(
            box_roi_pool=RegionPooling(config, config.box_pool),
            box_head=build_box_head(config),
            box_predictor=FastRCNNPredictor(config.box_dense[-1], labels),
            fg_iou_thresh=config.roi_iou,
            bg_iou_thresh=config.roi_iou,
            batch_size_per_image=config.roi_batch,
            positive_fraction=config.roi_positive,
            bbox_reg_weights=config.box_weights,
            score_thresh=config.score_thresh,
            nms_thresh=config.nms_thresh,
            detections_per_img=config.detections_per_photo,
            mask_roi_pool=RegionPooling(config, config.mask_pool),
            mask_head=MaskRCNNHeads(config.fpn_channels, config.mask_convs, 1, norm_layer=norm),
            mask_predictor=MaskRCNNPredictor(mask_width, config.mask_channels, labels),
        )
        if config.mask_depthwise:
            make_separable(self.mask_head)
        self.attribute_head = AttributeHead(config, attributes)

    def losses(
        self,
        features: Mapping[str, Tensor],
        proposals: list[Tensor],
        sizes: Sizes,
        targets: Sequence[Mapping[str, Tensor]],
    ) -> dict[str, Tensor]:
        """Sample proposals and compare what the heads say of them with the truth.

        Args:
            features: Maps of the pyramid.
            proposals: Boxes per photo, shape ``(P, 4)``.
            sizes: ``(height, width)`` of each photo before padding.
            targets: Truth per photo.

        Returns:
            ``loss_classifier``, ``loss_box_reg``, ``loss_mask`` and ``loss_attribute``.
        """
        proposals, matches, labels, box_targets = self.select_training_samples(list(proposals), targets)
        box_features = self.box_head(self.box_roi_pool(features, proposals, sizes))
        class_logits, corrections = self.box_predictor(box_features)
        _, loss_box_reg = fastrcnn_loss(class_logits.float(), corrections.float(), labels, box_targets)
        labelled = torch.cat(
            [t["labelled"].expand(len(own), -1) for t, own in zip(targets, labels, strict=True)]
        )
        loss_classifier = classifier_loss(class_logits.float(), torch.cat(labels), labelled)
        positive = [torch.where(own > 0)[0] for own in labels]
        matched = [match[rows] for match, rows in zip(matches, positive, strict=True)]
        boxes = [box[rows] for box, rows in zip(proposals, positive, strict=True)]
        return {
            "loss_classifier": loss_classifier,
            "loss_box_reg": loss_box_reg,
            "loss_mask": self._mask_loss(features, boxes, sizes, targets, matched),
            "loss_attribute": self._attribute_loss(box_features[torch.cat(labels) > 0], targets, matched),
        }

    def _mask_loss(
        self,
        features: Mapping[str, Tensor],
        boxes: list[Tensor],
        sizes: Sizes,
        targets: Sequence[Mapping[str, Tensor]],
        matched: list[Tensor],
    ) -> Tensor:
        logits = self._mask_logits(features, boxes, sizes)
        loss: Tensor = maskrcnn_loss(
            logits, boxes, [t["masks"] for t in targets], [t["labels"] for t in targets], matched
        )
        return loss

    def _attribute_loss(
        self, features: Tensor, targets: Sequence[Mapping[str, Tensor]], matched: list[Tensor]
    ) -> Tensor:
        logits, _ = self.attribute_head(features)
        truth, known = (
            torch.cat([t[name][rows] for t, rows in zip(targets, matched, strict=True)])
            for name in ("attributes", "attributes_known")
        )
        return self.attribute_head.loss(logits, truth, known)

    def candidates(
        self, features: Mapping[str, Tensor], proposals: list[Tensor], sizes: Sizes
    ) -> list[Candidates]:
        """Name and refine all proposals, and say which of them suppression keeps."""
        box_features = self.box_head(self.box_roi_pool(features, proposals, sizes))
        class_logits, corrections = self.box_predictor(box_features)
        counts = [len(boxes) for boxes in proposals]
        scores = class_logits.float().softmax(dim=-1).split(counts)
        boxes = self.box_coder.decode(corrections.float(), proposals).split(counts)
        return [self._suppress(b, s, size) for b, s, size in zip(boxes, scores, sizes, strict=True)]

    def _suppress(self, boxes: Tensor, scores: Tensor, size: tuple[int, int]) -> Candidates:
        """Keep the best of overlapping candidates: boxes ``(P, L, 4)``, scores ``(P, L)``, L labels."""
        worth = scores > self.score_thresh
        worth[:, 0] = False  # the background
        places, labels = torch.where(worth)
        refined = clip_boxes_to_image(boxes[places, labels], size)
        solid = remove_small_boxes(refined, min_size=1e-2)
        refined, labels, chances = refined[solid], labels[solid], scores[places, labels][solid]
        kept = batched_nms(refined, chances, labels, self.nms_thresh)[: self.detections_per_img]
        return Candidates(boxes=refined, labels=labels, scores=chances, kept=kept)

    def describe(
        self, features: Mapping[str, Tensor], boxes: list[Tensor], labels: list[Tensor], sizes: Sizes
    ) -> list[dict[str, Tensor]]:
        """Outline boxes, name their attributes and embed them, wherever the boxes come from.

        Args:
            features: Maps of the pyramid.
            boxes: xyxy in input pixels per photo, shape ``(N, 4)``.
            labels: Model label of each box per photo, shape ``(N,)``; says whose mask to read.
            sizes: ``(height, width)`` of each photo before padding.

        Returns:
            Per photo ``masks`` (N, S, S) in 0 … 1 over each box, S twice ``mask_pool``;
            ``attribute_probs`` (N, A); ``embeddings`` (N, E) of length 1.
        """
        counts = [len(own) for own in boxes]
        masks = [m[:, 0] for m in maskrcnn_inference(self._mask_logits(features, boxes, sizes), labels)]
        logits, embeddings = self.attribute_head(self.box_head(self.box_roi_pool(features, boxes, sizes)))
        return [
            {"masks": mask, "attribute_probs": probability, "embeddings": embedding}
            for mask, probability, embedding in zip(
                masks, logits.sigmoid().split(counts), embeddings.split(counts), strict=True
            )
        ]

    def _mask_logits(self, features: Mapping[str, Tensor], boxes: list[Tensor], sizes: Sizes) -> Tensor:
        regions = self.mask_roi_pool(features, boxes, sizes)
        logits: Tensor = self.mask_predictor(self.mask_head(regions)).float()
        return logits

    def forward(
        self, features: Mapping[str, Tensor], proposals: list[Tensor], sizes: Sizes
    ) -> tuple[list[dict[str, Tensor]], list[Candidates]]:
        """Detect: refine, suppress, describe what is left.

        Returns:
            Per photo ``boxes``, ``labels``, ``scores`` and what :meth:`describe` gives, best first; and the
            candidates they were chosen from.
        """
        candidates = self.candidates(features, proposals, sizes)
        found = [
            {"boxes": own.boxes[own.kept], "labels": own.labels[own.kept], "scores": own.scores[own.kept]}
            for own in candidates
        ]
        described = self.describe(features, [f["boxes"] for f in found], [f["labels"] for f in found], sizes)
        return [{**one, **more} for one, more in zip(found, described, strict=True)], candidates
