"""A moving average of the weights, which is often better than any of the weights themselves."""

from typing import Any

import lightning.pytorch as pl
import torch
from torch import nn

__all__ = ["MovingAverage"]


class MovingAverage(pl.Callback):
    """Keeps an exponential moving average of all weights and running statistics.

    After update n the average forgets with min(decay, (1 + n) / (10 + n)), so that it does not cling to
    the first weights on short runs. Validation sees the average; training goes on with the weights.
    """

    def __init__(self, decay: float) -> None:
        """Take how slowly to forget, in 0 … 1."""
        self.decay = decay
        self.average: dict[str, torch.Tensor] = {}
        self.updates = 0
        self._weights: dict[str, torch.Tensor] = {}

    def on_fit_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Begin with the weights as they are, or bring a restored average to their device."""
        own = pl_module.model.state_dict()
        start = self.average or own
        self.average = {
            name: start[name].detach().to(tensor.device, copy=True) for name, tensor in own.items()
        }

    def on_train_batch_end(self, trainer: pl.Trainer, pl_module: Any, *args: Any) -> None:
        """Move the average towards the weights, once per update."""
        if trainer.global_step > self.updates:
            self.updates = trainer.global_step
            self._update(pl_module.model)

    @torch.no_grad()
    def _update(self, model: nn.Module) -> None:
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                self.average[name].lerp_(tensor, 1 - decay)
            else:
                self.average[name].copy_(tensor)

    def on_validation_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Put the average into the network."""
        self._weights = {name: tensor.clone() for name, tensor in pl_module.model.state_dict().items()}
        pl_module.model.load_state_dict(self.average)

    def on_validation_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Put the weights back."""
        pl_module.model.load_state_dict(self._weights)
        self._weights = {}

    def state_dict(self) -> dict[str, Any]:
        """Give what a resumed run needs: tensors and numbers only."""
        return {"average": self.average, "updates": self.updates}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take back what :meth:`state_dict` gave."""
        self.average = dict(state_dict["average"])
        self.updates = int(state_dict["updates"])
