"""What the network is to learn from one photo, checked before it meets the network."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from attire.errors import DataError

__all__ = ["Target", "check_targets"]

Target = Mapping[str, Tensor]
"""``boxes`` (N, 4) float xyxy in input pixels, ``labels`` (N,) int64 from 1, ``masks`` (N, h, w) uint8 at
the size of the input, ``attributes`` (N, A) float 0 or 1, ``attributes_known`` (N, A) bool; and, where not
all categories were looked for in the photo, ``labelled`` (C,) bool."""


def check_targets(
    targets: Sequence[Target], sizes: Sequence[tuple[int, int]], labels: int, attributes: int
) -> list[dict[str, Tensor]]:
    """Refuse targets of the wrong shape, and leave out boxes without area.

    Boxes lose their area where augmentation cuts a garment off, which is no fault of the data; there is
    nothing to learn from them.

    Args:
        targets: One per photo.
        sizes: ``(height, width)`` of each input.
        labels: Number of labels, background included.
        attributes: Number of attributes.

    Returns:
        The same targets, float32 boxes, without degenerate instances, all with ``labelled``.

    Raises:
        DataError: If a field is missing, or has a shape, type or value that the network cannot use.
    """
    if len(targets) != len(sizes):
        raise DataError(f"{len(sizes)} photos came with {len(targets)} targets; give one each.")
    return [
        _checked(target, place, size, labels, attributes)
        for place, (target, size) in enumerate(zip(targets, sizes, strict=True))
    ]


def _checked(
    target: Target, place: int, size: tuple[int, int], labels: int, attributes: int
) -> dict[str, Tensor]:
    missing = [name for name in _FIELDS if name not in target]
    if missing:
        raise DataError(f"Target {place} has no {missing[0]!r}; it needs {', '.join(_FIELDS)}.")
    n = len(target["labels"])
    shapes = {
        "boxes": (n, 4),
        "labels": (n,),
        "masks": (n, *size),
        "attributes": (n, attributes),
        "attributes_known": (n, attributes),
    }
    for name, shape in shapes.items():
        if tuple(target[name].shape) != shape:
            raise DataError(
                f"Target {place}: {name} has shape {tuple(target[name].shape)}, expected {shape}."
            )
    if target["labels"].dtype != torch.int64:
        raise DataError(f"Target {place}: labels are {target['labels'].dtype}, expected torch.int64.")
    if target["attributes_known"].dtype != torch.bool:
        raise DataError(
            f"Target {place}: attributes_known is {target['attributes_known'].dtype}, expected torch.bool."
        )
    if n and not (target["labels"].min() >= 1 and target["labels"].max() < labels):
        raise DataError(
            f"Target {place}: labels run from {int(target['labels'].min())} to "
            f"{int(target['labels'].max())}, expected 1 to {labels - 1}. Use category_to_label."
        )
    boxes = target["boxes"].float()
    if not torch.isfinite(boxes).all():
        raise DataError(f"Target {place}: a box is not finite: {boxes.tolist()}.")
    solid = (boxes[:, 2:] > boxes[:, :2]).all(dim=1)
    chosen = {name: target[name] if solid.all() else target[name][solid] for name in _FIELDS}
    labelled = target.get("labelled", torch.ones(labels - 1, dtype=torch.bool, device=boxes.device))
    if labelled.dtype != torch.bool or tuple(labelled.shape) != (labels - 1,):
        raise DataError(
            f"Target {place}: labelled is {labelled.dtype} of shape {tuple(labelled.shape)}, expected "
            f"torch.bool of shape {(labels - 1,)}: one entry per category."
        )
    return {**chosen, "boxes": chosen["boxes"].float(), "labelled": labelled}


_FIELDS = ("boxes", "labels", "masks", "attributes", "attributes_known")
