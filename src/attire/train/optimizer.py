"""The optimizer of a recipe: every parameter in it, so that freezing never changes its shape."""

import torch
from torch import nn

from attire.train.recipe import Recipe

__all__ = ["build_optimizer"]


def build_optimizer(model: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Build the optimizer over all parameters, frozen or not.

    Weights of convolutions and dense layers decay; norms and biases, which have one dimension, do not.

    Args:
        model: The network.
        recipe: Its optimizer, momentum, weight decay and first learning rate are taken.
    """
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]
    lr = recipe.stages[0].lr
    if recipe.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=lr, betas=(recipe.momentum, 0.999))
    return torch.optim.SGD(groups, lr=lr, momentum=recipe.momentum)
