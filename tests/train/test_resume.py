"""A run that is stopped anywhere and resumed is the run that was never stopped."""

from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.torch import load_file

from attire.train import TrainingModule, train

TOLERANCE = 1e-6


class StoppedError(Exception):
    pass


def assert_same_weights(one: Path, other: Path) -> None:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    worst = max(float((first[name].double() - second[name].double()).abs().max()) for name in first)
    assert worst <= TOLERANCE


@pytest.mark.parametrize(
    ("step", "every", "changes"),
    [
        (3, 2, {}),
        (4, 4, {}),
        (5, 4, {"ema_decay": 0.9}),
        (7, 1, {"accumulate": 2}),
        (8, 3, {"optimizer": "adamw"}),
        (13, 5, {"workers": 2}),
        (6, 1, {"max_steps": 9}),
        (2, 5, {}),
    ],
    ids=[
        "in mid-epoch, one step after the last state",
        "at the end of an epoch, after validation",
        "at the start of an epoch, with a moving average",
        "in an epoch whose updates take two passes",
        "where the frozen layers thaw, two steps after the last state",
        "in the last epoch, with worker processes",
        "in a run that ends in mid-epoch",
        "before there was any state",
    ],
)
def test_stopped_and_resumed_equals_uninterrupted(
    step, every, changes, looks, tiny, tmp_path, monkeypatch
) -> None:
    recipe = replace(tiny, **changes)
    whole = train(recipe, looks, tmp_path / "whole", accelerator="cpu")
    with monkeypatch.context() as patch:
        original = TrainingModule.training_step

        def deadly(self, batch, batch_idx):
            if self.trainer.global_step == step:
                raise StoppedError
            return original(self, batch, batch_idx)

        patch.setattr(TrainingModule, "training_step", deadly)
        with pytest.raises(StoppedError):
            train(recipe, looks, tmp_path / "cut", accelerator="cpu", checkpoint_steps=every)
    cut = train(recipe, looks, tmp_path / "cut", resume=True, accelerator="cpu", checkpoint_steps=every)
    assert_same_weights(whole, cut)
    assert (tmp_path / "whole/log.csv").read_text() == (tmp_path / "cut/log.csv").read_text()
