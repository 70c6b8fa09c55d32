"""The network as one graph from photo to detections, in operations that every runtime has."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torchvision.ops import nms, roi_align

from attire.model import FashionRCNN, ModelConfig
from attire.model.backbones import FEATURE_MAPS, STRIDES
from attire.predict.exported.engine import MAPS

__all__ = ["InferenceGraph", "Outputs"]

_CANONICAL_LEVEL = 4
_FIRST_LEVEL = 2
_LARGEST_GROWTH = log(1000 / 16)
"""Largest correction of a side's logarithm, as in torchvision's box coder."""
_SMALLEST_PROPOSAL = 1e-3
_SMALLEST_DETECTION = 1e-2
_NEVER = -1e4
"""A score below every real one."""


class Outputs(NamedTuple):
    """What the graph gives, in this order; boxes are xyxy in input pixels, rows best first."""

    boxes: Tensor
    """Shape ``(N, 4)``."""
    labels: Tensor
    """Model labels, 1 … C, shape ``(N,)``."""
    scores: Tensor
    """In 0 … 1, shape ``(N,)``."""
    masks: Tensor
    """Probability over each box, shape ``(N, S, S)``."""
    attribute_probs: Tensor
    """Shape ``(N, A)``."""
    embeddings: Tensor
    """Of length 1, shape ``(N, E)``."""
    proposals: Tensor
    """Where something might be, shape ``(P, 4)``."""
    objectness: Tensor
    """How sure of it, in 0 … 1, shape ``(P,)``."""
    candidates: Tensor
    """Named and refined boxes before suppression, shape ``(K, 4)``."""
    candidate_scores: Tensor
    """Shape ``(K,)``."""
    map4: Tensor
    """What the backbone sees, before the pyramid: features of each cell of 4×4 input pixels, float32,
    shape ``(F, height / 4, width / 4)``."""
    map8: Tensor
    """The same of cells of 8×8 …"""
    map16: Tensor
    """… 16×16 …"""
    map32: Tensor
    """… and 32×32 input pixels."""


class InferenceGraph(nn.Module):
    """Computes what :meth:`attire.model.FashionRCNN.trace` does, of one photo, with every size open.

    Lists whose length depends on the photo are made by ``nonzero`` and by suppression only: those are
    what exporters follow. The numbers are the network's own up to rounding, and a test compares them.

    Args:
        network: Its modules are used, not copied; put it into evaluation mode before.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, network: FashionRCNN) -> None:
        super().__init__()
        config = network.config
        self.config: ModelConfig = config
        self.backbone = network.backbone
        self.rpn_head = network.rpn.head
        heads = network.roi_heads
        self.box_head = heads.box_head
        self.box_predictor = heads.box_predictor
        self.attribute_head = heads.attribute_head
        self.mask_head = heads.mask_head
        self.mask_predictor = heads.mask_predictor
        self.register_buffer("mean", 255 * torch.tensor(config.mean).view(1, 3, 1, 1))
        self.register_buffer("std", 255 * torch.tensor(config.std).view(1, 3, 1, 1))
        for level, cell in enumerate(network.rpn.anchor_generator.cell_anchors):
            self.register_buffer(f"anchors{level}", cell.round())

    def forward(self, photo: Tensor) -> Outputs:
        """Read one photo.

        Args:
            photo: RGB, 0 … 255, uint8, shape ``(3, height, width)``, sides multiples of 32.
        """
        pixels = (photo[None].float() - self.mean) / self.std
        seen = self.backbone.body(pixels)
        levels = self.backbone.fpn(seen)
        height, width = photo.shape[-2:]
        edges = torch.tensor([width, height, width, height], dtype=torch.float32)
        proposals, objectness = self._propose(list(levels.values()), (height, width), edges)
        maps = [levels[name] for name in FEATURE_MAPS]
        boxes, labels, scores = self._candidates(maps, proposals, edges)
        kept = self._suppress(boxes, scores, labels, edges, self.config.nms_thresh)
        kept = kept[: self.config.detections_per_photo]
        found, named = boxes[kept], labels[kept]
        logits, embeddings = self.attribute_head(self.box_head(self._pool(maps, found, self.config.box_pool)))
        return Outputs(
            boxes=found,
            labels=named,
            scores=scores[kept],
            masks=self._outline(maps, found, named),
            attribute_probs=logits.sigmoid(),
            embeddings=embeddings,
            proposals=proposals,
            objectness=objectness,
            candidates=boxes,
            candidate_scores=scores,
            **{name: seen[level][0] for name, level in zip(MAPS, FEATURE_MAPS, strict=True)},
        )

    def _propose(self, maps: Sequence[Tensor], size: tuple[int, int], edges: Tensor) -> tuple[Tensor, Tensor]:
        logits, corrections = self.rpn_head(list(maps))
        found = [
            self._best_of_level(level, own, moves, size, edges)
            for level, (own, moves) in enumerate(zip(logits, corrections, strict=True))
        ]
        boxes = torch.cat([own for own, _ in found])
        chances = torch.cat([own for _, own in found])
        level = torch.cat([torch.full_like(own, place) for place, (_, own) in enumerate(found)])
        sides = boxes[:, 2:] - boxes[:, :2]
        solid = (sides.amin(dim=1) >= _SMALLEST_PROPOSAL) & (chances > _NEVER)
        rows = solid.nonzero()[:, 0]
        boxes, chances, level = boxes[rows], chances[rows], level[rows]
        kept = self._suppress(boxes, chances, level, edges, self.config.rpn_nms)
        kept = kept[: self.config.rpn_post_nms_test]
        return boxes[kept], chances[kept].sigmoid()

    def _best_of_level(
        self, level: int, logits: Tensor, corrections: Tensor, size: tuple[int, int], edges: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Take the likeliest anchors of a level and move them; exactly as many for every size of photo."""
        per_cell, height, width = logits.shape[1:]
        chances = logits[0].permute(1, 2, 0).reshape(-1)
        moves = corrections[0].view(per_cell, 4, height, width).permute(2, 3, 0, 1).reshape(-1, 4)
        wanted = self.config.rpn_pre_nms_test
        chances = torch.cat([chances, chances.new_full((wanted,), _NEVER)])
        best, place = chances.topk(wanted)
        place = torch.minimum(place, torch.ones_like(place) * (per_cell * height * width - 1))
        cell = place // per_cell
        row = cell // width
        # Of a side of 480 pixels the last level has 8 cells; torchvision then takes their stride as 60.
        corner = torch.stack([(cell - row * width) * (size[1] // width), row * (size[0] // height)], dim=1)
        corner = corner.repeat(1, 2)
        anchors = getattr(self, f"anchors{level}")[place - cell * per_cell] + corner
        return _clipped(_moved(anchors, moves[place], (1.0, 1.0, 1.0, 1.0)), edges), best

    def _candidates(
        self, maps: Sequence[Tensor], proposals: Tensor, edges: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Name and refine proposals: boxes, labels and scores of all pairs worth a look."""
        features = self.box_head(self._pool(maps, proposals, self.config.box_pool))
        logits, corrections = self.box_predictor(features)
        chances = logits.softmax(dim=-1)[:, 1:]
        row, column = (chances > self.config.score_thresh).nonzero().unbind(1)
        moves = corrections.unflatten(1, (-1, 4))[row, column + 1]
        boxes = _clipped(_moved(proposals[row], moves, self.config.box_weights), edges)
        solid = ((boxes[:, 2:] - boxes[:, :2]).amin(dim=1) >= _SMALLEST_DETECTION).nonzero()[:, 0]
        return boxes[solid], column[solid] + 1, chances[row, column][solid]

    def _suppress(
        self, boxes: Tensor, scores: Tensor, group: Tensor, edges: Tensor, threshold: float
    ) -> Tensor:
        """Rows left, best first, when of overlapping boxes of one group only the best stays."""
        apart = group.to(boxes.dtype) * (edges.max() + 1)
        kept: Tensor = nms(boxes + apart[:, None], scores, threshold)
        return kept

    def _pool(self, maps: Sequence[Tensor], boxes: Tensor, cells: int) -> Tensor:
        """Pool each box from its own level only; shape ``(N, C, cells, cells)``."""
        area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        level = torch.floor(
            _CANONICAL_LEVEL + torch.log2(area.sqrt() / self.config.roi_canonical) + 1e-6
        ).clamp(_FIRST_LEVEL, _FIRST_LEVEL + len(maps) - 1)
        pooled, rows = [], []
        for place, features in enumerate(maps):
            own = (level == _FIRST_LEVEL + place).nonzero()[:, 0]
            corners = torch.cat([torch.zeros_like(boxes[own, :1]), boxes[own]], dim=1)
            stride, points = STRIDES[place], self.config.roi_sampling
            pooled.append(roi_align(features, corners, cells, 1 / stride, points))
            rows.append(own)
        return torch.cat(pooled)[torch.cat(rows).argsort()]

    def _outline(self, maps: Sequence[Tensor], boxes: Tensor, labels: Tensor) -> Tensor:
        """Outline each box as what it was named, and as nothing else; shape ``(N, S, S)``."""
        regions = self._pool(maps, boxes, self.config.mask_pool)
        if torch.compiler.is_exporting():
            torch._check(regions.shape[0] > 0)  # for the exporter's own reasoning; runtimes read none as well
        features = self.mask_predictor.relu(self.mask_predictor.conv5_mask(self.mask_head(regions)))
        last = self.mask_predictor.mask_fcn_logits
        side = 2 * self.config.mask_pool
        logits = last.weight[labels].flatten(2).transpose(1, 2) @ features.flatten(2)
        masks: Tensor = (logits + last.bias[labels, None, None]).sigmoid().view(-1, side, side)
        return masks


def _moved(boxes: Tensor, moves: Tensor, weights: Sequence[float]) -> Tensor:
    """Apply corrections dx, dy, dw, dh of shape ``(N, 4)`` to boxes (Girshick et al., R-CNN, 2014)."""
    sides = boxes[:, 2:] - boxes[:, :2]
    centres = boxes[:, :2] + sides / 2
    scaled = moves / torch.tensor(weights)
    centres = centres + scaled[:, :2] * sides
    halves = scaled[:, 2:].clamp(max=_LARGEST_GROWTH).exp() * sides / 2
    return torch.cat([centres - halves, centres + halves], dim=1)


def _clipped(boxes: Tensor, edges: Tensor) -> Tensor:
    return torch.minimum(boxes.clamp(min=0), edges)
