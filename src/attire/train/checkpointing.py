"""The file that a killed run goes on from: one, always whole, safe to load."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightning.pytorch as pl

from attire.atomic import atomic_path

__all__ = ["ResumeFile"]


class ResumeFile(pl.Callback):
    """Saves the whole state of training every so often.

    It is written beside its place and then renamed, so a kill at any moment leaves the previous one. It
    holds tensors and plain values only and is read with ``weights_only=True``.
    """

    def __init__(
        self,
        path: Path,
        *,
        every_minutes: float,
        every_steps: int | None = None,
        accumulate: int = 1,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take where to write, and how often.

        Args:
            path: The file.
            every_minutes: Longest time between two writes.
            every_steps: Updates between two writes, if they shall be counted too.
            accumulate: Forward passes per update; half an update is never saved.
            interrupted: Says whether to save and stop as soon as the step is done.
        """
        self.path = path
        self.every_s = every_minutes * 60
        self.every_steps = every_steps
        self.accumulate = accumulate
        self.interrupted = interrupted
        self._written_at = time.monotonic()

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Save in mid-epoch if it is due; the last step of an epoch waits for the epoch's end."""
        whole_update = (batch_idx + 1) % self.accumulate == 0
        if whole_update and batch_idx + 1 < trainer.num_training_batches:
            self._save_if_due(trainer)

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Save after an epoch, validation included, if it is due."""
        self._save_if_due(trainer)

    def _save_if_due(self, trainer: pl.Trainer) -> None:
        # Clocks and signals of several processes differ, and all of them must save together.
        agree = trainer.strategy.reduce_boolean_decision
        counted = bool(self.every_steps) and trainer.global_step % (self.every_steps or 1) == 0
        late = time.monotonic() - self._written_at >= self.every_s
        stop = agree(self.interrupted(), all=False)
        if stop or counted or agree(late, all=False):
            self._save(trainer)
        if stop:
            raise KeyboardInterrupt

    def _save(self, trainer: pl.Trainer) -> None:
        if trainer.is_global_zero:
            with atomic_path(self.path) as temporary:
                trainer.save_checkpoint(temporary)
        else:
            trainer.save_checkpoint(self.path)
        self._written_at = time.monotonic()
