"""Which layers learn in which epoch: set anew from the step, never remembered."""

from typing import Any

import lightning.pytorch as pl
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from attire.train.schedule import Schedule
from attire.train.stage import Layers

__all__ = ["StagedFreezing", "freeze_all_but"]

_RESNET_STAGES = {"conv1": 1, "bn1": 1, "layer1": 2, "layer2": 3, "layer3": 4, "layer4": 5}
_MOBILENET_STAGES = dict(enumerate([1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5]))
"""Stage k works at a stride of 2**k; MobileNetV3-Large numbers its 17 blocks."""
_FIRST_STAGE: dict[Layers, int] = {"heads": 6, "5+": 5, "4+": 4, "3+": 3, "all": 0}


def freeze_all_but(model: nn.Module, layers: Layers) -> None:
    """Let some layers learn and hold the others, running statistics of their norms included.

    Args:
        model: A network whose backbone's body lies in ``backbone.body``; all else counts as heads.
        layers: Which part learns.
    """
    first = _FIRST_STAGE[layers]
    for name, module in model.named_modules():
        learns = _stage(name) >= first
        for parameter in module.parameters(recurse=False):
            parameter.requires_grad_(learns)
            if not learns:
                parameter.grad = None
        if isinstance(module, _BatchNorm):
            module.train(learns)


def _stage(name: str) -> int:
    """Stage of the backbone that a module belongs to; 6 for everything above the backbone."""
    _, inside, place = f"{name}.".partition("backbone.body.")
    part = place.split(".")[0]
    if not inside or not part:
        return 6
    return _MOBILENET_STAGES.get(int(part), 5) if part.isdigit() else _RESNET_STAGES.get(part, 1)


class StagedFreezing(pl.Callback):
    """Freezes by the stage that the next step belongs to.

    Lightning's own ``BaseFinetuning`` restores what was frozen from its state and freezes again on resume;
    here nothing is stored, so a resumed run cannot differ. All parameters stay in the optimizer: without
    gradient they do not move.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule

    def on_train_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Freeze when a run starts or resumes, in mid-epoch too, after DDP has seen all parameters."""
        self._freeze(trainer, pl_module)

    def on_train_epoch_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Freeze when an epoch starts, as the stage may have changed."""
        self._freeze(trainer, pl_module)

    def _freeze(self, trainer: pl.Trainer, pl_module: Any) -> None:
        epoch = trainer.global_step // self.schedule.steps_per_epoch
        freeze_all_but(pl_module.model, self.schedule.stage_of_epoch(epoch).layers)
