"""Running means and variances that come out of several processes as they would of one."""

from typing import Any

import lightning.pytorch as pl
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

__all__ = ["RunningStatistics", "chain"]


def chain(before: Tensor, after: list[Tensor], momentum: float) -> Tensor:
    """Give what a running statistic would be, had one process made all passes in turn.

    A pass leaves ``(1 - momentum) * before + momentum * statistic of its photos``.

    Args:
        before: The statistic before the passes, any shape.
        after: What each of the passes, all begun from ``before``, left of it.
        momentum: Of the layer.

    Example:
        >>> one = torch.tensor([1.0])
        >>> chain(one, [one * 0.5 + 1.0, one * 0.5 + 2.0], momentum=0.5)
        tensor([2.7500])
    """
    value, kept = before.double(), before.double() * (1 - momentum)
    for left in after:
        value = value * (1 - momentum) + (left.double() - kept)
    return value.to(before.dtype)


class RunningStatistics(pl.Callback):
    """Joins the running statistics of batch normalisation after every pass.

    Left alone, each process has those of its own photos; DDP would take the first one's and forget the rest.
    Layers that are held, or whose statistics are shared within the pass (``sync``), stay as they are.
    """

    def __init__(self) -> None:
        self._before: list[Tensor] = []

    def on_train_batch_start(self, trainer: pl.Trainer, pl_module: Any, batch: Any, batch_idx: int) -> None:
        """Keep the statistics as they are before the pass."""
        if trainer.world_size > 1:
            self._before = [value.clone() for layer in _learning(pl_module.model) for value in _of(layer)]

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Give every process what one alone would have after all their passes."""
        if not self._before:
            return
        layers = _learning(pl_module.model)
        own = torch.cat([value for layer in layers for value in _of(layer)])
        gathered = [torch.empty_like(own) for _ in range(trainer.world_size)]
        dist.all_gather(gathered, own)
        sizes = [len(value) for value in self._before]
        rows = [torch.split(every, sizes) for every in gathered[: outputs["passes"]]]
        place = 0
        for layer in layers:
            for value in _of(layer):
                left = [row[place] for row in rows]
                value.copy_(chain(self._before[place], left, layer.momentum or 0.0))
                place += 1
            if layer.num_batches_tracked is not None:
                layer.num_batches_tracked += outputs["passes"] - 1
        self._before = []


def _learning(model: nn.Module) -> list[_BatchNorm]:
    return [
        module
        for module in model.modules()
        if isinstance(module, _BatchNorm)
        and not isinstance(module, nn.SyncBatchNorm)
        and module.training
        and module.track_running_stats
    ]


def _of(layer: _BatchNorm) -> list[Tensor]:
    return [value for value in (layer.running_mean, layer.running_var) if value is not None]
