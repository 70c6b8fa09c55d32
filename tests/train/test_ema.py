from types import SimpleNamespace

import pytest
import torch
from torch import nn

from attire.train.ema import MovingAverage


def holder(value: float) -> SimpleNamespace:
    model = nn.BatchNorm1d(1)
    nn.init.constant_(model.weight, value)
    return SimpleNamespace(model=model)


def test_it_moves_by_hand_worked_shares() -> None:
    average, module = MovingAverage(0.5), holder(1.0)
    average.on_fit_start(None, module)
    nn.init.constant_(module.model.weight, 3.0)
    average.on_train_batch_end(SimpleNamespace(global_step=1), module)
    # The decay after the first update is (1 + 1) / (10 + 1).
    assert average.average["weight"].item() == pytest.approx(1 * 2 / 11 + 3 * 9 / 11)
    average.on_train_batch_end(SimpleNamespace(global_step=1), module)
    assert average.updates == 1


def test_it_never_forgets_slower_than_its_decay() -> None:
    average, module = MovingAverage(0.5), holder(1.0)
    average.on_fit_start(None, module)
    nn.init.constant_(module.model.weight, 3.0)
    average.on_train_batch_end(SimpleNamespace(global_step=1000), module)
    assert average.average["weight"].item() == pytest.approx(2.0)


def test_validation_sees_the_average_and_training_the_weights() -> None:
    average, module = MovingAverage(0.9), holder(1.0)
    average.on_fit_start(None, module)
    nn.init.constant_(module.model.weight, 3.0)
    average.on_validation_start(None, module)
    assert module.model.weight.item() == 1.0
    average.on_validation_end(None, module)
    assert module.model.weight.item() == 3.0


def test_a_restored_average_goes_on() -> None:
    first, module = MovingAverage(0.9), holder(1.0)
    first.on_fit_start(None, module)
    state = first.state_dict()
    second = MovingAverage(0.9)
    second.load_state_dict(state)
    second.on_fit_start(None, holder(5.0))
    assert second.average["weight"].item() == 1.0
    assert torch.equal(state["average"]["num_batches_tracked"], torch.tensor(0))
