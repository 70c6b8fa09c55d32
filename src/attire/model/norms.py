"""Normalisation layers by name."""

from collections.abc import Callable
from functools import partial
from math import gcd

from torch import nn
from torchvision.ops import FrozenBatchNorm2d

from attire.model.config import Norm

__all__ = ["group_norm", "norm_layer"]


def norm_layer(norm: Norm, eps: float) -> Callable[[int], nn.Module]:
    """Give the builder of a normalisation layer.

    Args:
        norm: ``frozen`` and ``batch`` share names with each other and with COCO and ImageNet weights;
            ``group`` needs no statistics, so it serves small batches from scratch (Wu & He 2018);
            ``sync`` shares statistics between processes.
        eps: Added to each variance.

    Returns:
        A function from the number of channels to a layer.
    """
    builders: dict[str, Callable[..., nn.Module]] = {
        "frozen": FrozenBatchNorm2d,
        "batch": nn.BatchNorm2d,
        "group": group_norm,
        "sync": nn.SyncBatchNorm,
    }
    return partial(builders[norm], eps=eps)


def group_norm(channels: int, eps: float) -> nn.GroupNorm:
    """Build group normalisation with 32 groups, or as many as divide the channels.

    Example:
        >>> group_norm(256, 1e-5).num_groups, group_norm(40, 1e-5).num_groups
        (32, 8)
    """
    return nn.GroupNorm(gcd(32, channels), channels, eps=eps)
