"""The file that a killed run goes on from: one, always whole, safe to load."""

import time
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

    def __init__(self, path: Path, *, every_minutes: float, every_steps: int | None, accumulate: int) -> None:
        """Take where to write, and how often.

        Args:
            path: The file.
            every_minutes: Longest time between two writes.
            every_steps: Updates between two writes, if they shall be counted too.
            accumulate: Forward passes per update; half an update is never saved.
        """
        self.path = path
        self.every_s = every_minutes * 60
        self.every_steps = every_steps
        self.accumulate = accumulate
        self._written_at = time.monotonic()
        self._due_at_end = False

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Save in mid-epoch if it is due; after the last step of an epoch, wait for the epoch's end."""
        if (batch_idx + 1) % self.accumulate:
            return
        due = self._due(trainer)
        if batch_idx + 1 == trainer.num_training_batches:
            self._due_at_end = due
        elif due:
            self._save(trainer)

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Save after an epoch, validation included, if it is due."""
        if self._due_at_end or self._due(trainer):
            self._save(trainer)
        self._due_at_end = False

    def _due(self, trainer: pl.Trainer) -> bool:
        if self.every_steps and trainer.global_step % self.every_steps == 0:
            return True
        late = time.monotonic() - self._written_at >= self.every_s
        # Clocks of several processes differ, and all of them must save together.
        return trainer.strategy.reduce_boolean_decision(late, all=False)

    def _save(self, trainer: pl.Trainer) -> None:
        if trainer.is_global_zero:
            with atomic_path(self.path) as temporary:
                trainer.save_checkpoint(temporary)
        else:
            trainer.save_checkpoint(self.path)
        self._written_at = time.monotonic()
