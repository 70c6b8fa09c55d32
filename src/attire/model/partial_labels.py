"""Photos in which not every category was looked for: what is not labelled there is unknown, not background.

Street photos may have no sleeve labelled and drawn looks all of them. Learning from both must not teach that
a sleeve in a street is nothing at all.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torchvision.ops import box_area

__all__ = ["classifier_loss", "possible_parts"]

_INSIDE = 0.8
"""Share of a box's area that must lie within a garment for it to be a part of it."""
_LARGEST = 0.25
"""Largest area of a part, as a share of the garment's box."""


def classifier_loss(logits: Tensor, labels: Tensor, labelled: Tensor) -> Tensor:
    """Judge the naming of boxes, where the background may hide what nobody looked for.

    A box that matches a garment is judged by cross-entropy. One that matches none shows the background or a
    category that is not labelled in its photo, so the probability of all of these together is judged (as
    Cermelli et al. do for classes that are not labelled yet: Modeling the Background, CVPR 2020). Where every
    category is labelled, that is cross-entropy too.

    Args:
        logits: Shape ``(R, C + 1)``, the background first.
        labels: Model label of each box, 0 for none, shape ``(R,)``.
        labelled: Which categories were looked for in each box's photo, bool, shape ``(R, C)``.

    Returns:
        Mean over the boxes, a scalar.

    Example:
        >>> logits = torch.zeros(1, 4)  # background and three categories, equally likely
        >>> labelled = torch.tensor([[True, True, False]])
        >>> round(float(classifier_loss(logits, torch.tensor([0]), labelled).exp()), 4)  # 2 of 4
        2.0
        >>> round(float(classifier_loss(logits, torch.tensor([1]), labelled).exp()), 4)  # 1 of 4
        4.0
    """
    if labelled.all() or not len(logits):
        whole: Tensor = cross_entropy(logits, labels) if len(logits) else logits.sum()
        return whole
    named = cross_entropy(logits, labels, reduction="none")
    hidden = torch.cat([labelled.new_zeros((len(labelled), 1)), labelled], dim=1)
    nothing = logits.logsumexp(dim=1) - logits.masked_fill(hidden, -torch.inf).logsumexp(dim=1)
    return torch.where(labels == 0, nothing, named).mean()


def possible_parts(
    anchors: Sequence[Tensor], labels: Sequence[Tensor], targets: Sequence[Mapping[str, Tensor]]
) -> list[Tensor]:
    """Take what may be an unlabelled part of a garment out of the negative anchors.

    Parts and decorations lie on garments and are small beside them, so where not all categories are labelled,
    such an anchor says nothing about whether something is there. Larger ones still do: what covers half of a
    dress is a badly placed box, and a network that never hears so does not learn to place boxes.

    Args:
        anchors: xyxy per photo, shape ``(K, 4)``.
        labels: 1 for a garment, 0 for the background, -1 for neither, per photo, shape ``(K,)``.
        targets: Truth per photo, with ``boxes`` and ``labelled``.

    Returns:
        Labels with some 0 turned into -1.
    """
    return [
        own
        if target["labelled"].all()
        else own.masked_fill((own == 0) & _like_parts(boxes, target["boxes"]), -1)
        for boxes, own, target in zip(anchors, labels, targets, strict=True)
    ]


def _like_parts(boxes: Tensor, garments: Tensor) -> Tensor:
    """Say which boxes lie within a garment's box and are small beside it, shape ``(K,)``."""
    found = boxes.new_zeros(len(boxes), dtype=torch.bool)
    areas = box_area(boxes).clamp(min=1e-6)
    for garment, area in zip(garments, box_area(garments), strict=True):
        corners = torch.cat([boxes[:, :2].maximum(garment[:2]), boxes[:, 2:].minimum(garment[2:])], dim=1)
        sides = (corners[:, 2:] - corners[:, :2]).clamp(min=0)
        found |= (sides[:, 0] * sides[:, 1] >= _INSIDE * areas) & (areas <= _LARGEST * area)
    return found
