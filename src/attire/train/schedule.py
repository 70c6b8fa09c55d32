"""What is trained when, and how fast: pure functions of the step, so that a resumed run cannot drift."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from attire.train.stage import Stage

__all__ = ["Schedule", "stretch"]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The stages of a run, laid out over its steps.

    A step is one update of the weights. Nothing here is counted up: stage and learning rate follow from
    the number of the step alone.

    Example:
        >>> stages = (Stage(epochs=1, lr=0.1, layers="heads"), Stage(epochs=2, lr=0.01))
        >>> schedule = Schedule(stages=stages, steps_per_epoch=10, warmup_steps=4)
        >>> schedule.epochs, schedule.steps
        (3, 30)
        >>> [round(schedule.learning_rate(step), 3) for step in (0, 1, 3, 4, 9, 10, 29)]
        [0.025, 0.05, 0.1, 0.1, 0.1, 0.01, 0.01]
        >>> schedule.stage_of_epoch(0).layers, schedule.stage_of_epoch(2).layers
        ('heads', 'all')
    """

    stages: tuple[Stage, ...]
    """What follows what; none of them empty."""
    steps_per_epoch: int
    """Updates in one pass over the photos."""
    warmup_steps: int = 0
    """Updates over which the learning rate rises in a straight line from the start of the run."""
    max_steps: int | None = None
    """Stop after this many updates, wherever that falls."""

    @property
    def epochs(self) -> int:
        """Passes over the photos, the last one maybe cut short by ``max_steps``."""
        return sum(stage.epochs for stage in self.stages)

    @property
    def steps(self) -> int:
        """Updates in the whole run."""
        planned = self.epochs * self.steps_per_epoch
        return planned if self.max_steps is None else min(planned, self.max_steps)

    @property
    def boundaries(self) -> tuple[int, ...]:
        """The epoch after the last one of each stage."""
        return tuple(accumulate(stage.epochs for stage in self.stages))

    def stage_index(self, epoch: int) -> int:
        """Place of the stage that an epoch (from 0) belongs to; beyond the end, the last one."""
        for place, end in enumerate(self.boundaries):
            if epoch < end:
                return place
        return len(self.stages) - 1

    def stage_of_epoch(self, epoch: int) -> Stage:
        """Give the stage that an epoch (from 0) belongs to."""
        return self.stages[self.stage_index(epoch)]

    def learning_rate(self, step: int) -> float:
        """Give the learning rate of an update (from 0).

        Within its stage the rate stays (``constant``), falls along half a cosine to zero (``cosine``), or
        is divided by ten after two thirds and again after eight ninths (``step``).
        """
        place = self.stage_index(step // self.steps_per_epoch)
        stage = self.stages[place]
        end = min(self.boundaries[place] * self.steps_per_epoch, self.steps)
        start = (self.boundaries[place] - stage.epochs) * self.steps_per_epoch
        done = (step - start) / max(1, end - start)
        if stage.schedule == "cosine":
            rate = stage.lr * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))
        elif stage.schedule == "step":
            rate = stage.lr * 0.1 ** ((done >= 2 / 3) + (done >= 8 / 9))
        else:
            rate = stage.lr
        return rate * min(1.0, (step + 1) / self.warmup_steps) if self.warmup_steps else rate


def stretch(stages: Sequence[Stage], epochs: int) -> tuple[Stage, ...]:
    """Spread stages over another number of epochs, in proportion; a stage left without any goes.

    Args:
        stages: What follows what.
        epochs: How many passes there shall be in all, at least 1.

    Example:
        >>> stages = (Stage(epochs=10, lr=1e-3), Stage(epochs=20, lr=1e-4))
        >>> [stage.epochs for stage in stretch(stages, 6)]
        [2, 4]
        >>> [(stage.epochs, stage.lr) for stage in stretch(stages, 1)]
        [(1, 0.0001)]
    """
    total = sum(stage.epochs for stage in stages)
    ends = [round(end * epochs / total) for end in accumulate(stage.epochs for stage in stages)]
    lengths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return tuple(
        replace(stage, epochs=length) for stage, length in zip(stages, lengths, strict=True) if length
    )
