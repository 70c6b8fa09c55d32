"""Start from other weights: everything that fits is taken, and a table says what did."""

import re
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from attire.errors import WeightsError
from attire.model.network import FashionRCNN
from attire.model.separable import split_offered
from attire.model.weight_report import WeightReport, WeightRow
from attire.model.weight_source import fetch, read_weights, weights_url

__all__ = ["load_weights", "take_over", "torchvision_name"]


def load_weights(
    model: FashionRCNN, weights: str | Path, *, folder: Path | None = None
) -> WeightReport | None:
    """Start a network from other weights.

    Args:
        model: The network, changed in place.
        weights: ``coco`` or ``imagenet`` (torchvision's, downloaded), ``none``, or a file: this project's,
            torchvision's, or a plain ImageNet classifier.
        folder: Where downloads are kept.

    Returns:
        What was taken; None for ``none``.

    Raises:
        WeightsError: If they cannot be had or read, or nothing in them fits.
    """
    if str(weights) == "none":
        return None
    if str(weights) in ("coco", "imagenet"):
        url = weights_url(str(weights), model.config)
        report = take_over(model, read_weights(fetch(url, folder)), source=f"{weights}, {url}")
    else:
        report = take_over(model, read_weights(Path(weights)), source=str(weights))
    if not report.counts()["taken"]:
        raise WeightsError(
            f"{weights}: none of its tensors fits this network ({model.config.backbone}). It starts with "
            f"{report.names('unused')[:3]}; expected torchvision's names, such as "
            f"{next(iter(model.state_dict()))!r}."
        )
    return report


@torch.no_grad()
def take_over(model: FashionRCNN, tensors: Mapping[str, Tensor], *, source: str) -> WeightReport:
    """Copy what has the same name and shape.

    Heads of another size keep their random start. So do norms that lack the file's statistics: group
    normalisation takes the scale and shift, while means and variances stay unused. Where the network has a
    separable convolution and the file a full one, its nearest separable kernels are taken.

    Args:
        model: The network, changed in place.
        tensors: By torchvision's names, of a detector or of a classifier.
        source: Said in the report.

    Returns:
        The fate of every tensor.
    """
    offered = {torchvision_name(name): value for name, value in tensors.items()}
    notes = split_offered(model, offered)
    rows = []
    own = model.state_dict()
    for name, value in own.items():
        other = offered.get(name)
        if other is None:
            rows.append(WeightRow(name=name, status="missing", model_shape=tuple(value.shape)))
            continue
        fits = other.shape == value.shape
        if fits:
            value.copy_(other)
        rows.append(
            WeightRow(
                name=name,
                status="taken" if fits else "re-initialised",
                model_shape=tuple(value.shape),
                file_shape=tuple(other.shape),
            )
        )
    unused = [name for name in offered if name not in own]
    rows += [WeightRow(name=n, status="unused", file_shape=tuple(offered[n].shape)) for n in unused]
    if "maskrcnn_resnet50_fpn_coco" in source and model.config.norm_eps:
        notes.append("These weights were trained with norm_eps 0; the network has another.")
    if model.config.norm == "group" and any(name.endswith("running_mean") for name in unused):
        notes.append(
            "Group normalisation has no place for the file's BatchNorm statistics; they are skipped."
        )
    return WeightReport(source=source, rows=tuple(rows), notes=tuple(notes))


def torchvision_name(name: str) -> str:
    """Translate a tensor's name to the one that current torchvision detectors use.

    Wrappers' prefixes go, names from before torchvision 0.13 are renewed, and a classifier's tensors move
    into the backbone.

    Example:
        >>> torchvision_name("module.rpn.head.conv.weight")
        'rpn.head.conv.0.0.weight'
        >>> torchvision_name("layer1.0.conv1.weight")
        'backbone.body.layer1.0.conv1.weight'
        >>> torchvision_name("features.0.0.weight"), torchvision_name("fc.weight")
        ('backbone.body.0.0.weight', 'fc.weight')
    """
    name = re.sub(r"^(module\.|model\.|_orig_mod\.)+", "", name)
    name = re.sub(r"^rpn\.head\.conv\.(weight|bias)$", r"rpn.head.conv.0.0.\1", name)
    name = re.sub(r"(fpn\.(?:inner|layer)_blocks\.\d+)\.(weight|bias)$", r"\1.0.\2", name)
    name = re.sub(r"mask_head\.mask_fcn(\d+)\.", lambda found: f"mask_head.{int(found[1]) - 1}.0.", name)
    name = re.sub(r"^(conv1|bn1|layer[1-4])\.", r"backbone.body.\1.", name)
    return re.sub(r"^features\.", "backbone.body.", name)
