"""What training shows while it runs: how far it is, how long it will take, and every loss."""

import time
from collections.abc import Mapping
from typing import Any

import lightning.pytorch as pl
from rich.console import Console, Group
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from attire.train.curves import LOSS_NAMES
from attire.train.schedule import Schedule

__all__ = ["TrainingDisplay"]

_FORGET = 0.05
"""Share of the newest step in the losses shown, which jump too much to be read step by step."""


class TrainingDisplay(pl.Callback):
    """A bar over all steps of the run, and the losses below it; on stderr, so that results stay pipeable.

    Where stderr is no terminal, a line after every epoch and every ``quiet_s`` seconds instead.
    """

    def __init__(self, schedule: Schedule, console: Console, *, quiet_s: float = 60.0) -> None:
        """Take the plan of the run.

        Args:
            schedule: Says how many steps there are and what learns when.
            console: Where to write.
            quiet_s: Seconds between two lines where there is no terminal.
        """
        self.schedule = schedule
        self.quiet_s = quiet_s
        self.console = console
        self.losses: dict[str, float] = {}
        self._live: Live | None = None
        self._started_at = self._said_at = time.monotonic()
        self._first_step = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("steps"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=self.console,
        )

    def on_train_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Put the bar on the screen."""
        self._started_at = self._said_at = time.monotonic()
        self._first_step = trainer.global_step
        self._task = self._progress.add_task(
            self._where(trainer.global_step), total=self.schedule.steps, completed=trainer.global_step
        )
        if trainer.is_global_zero and self.console.is_terminal:
            self._live = Live(self._view(), console=self.console, refresh_per_second=4, transient=True)
            self._live.start()

    def on_train_batch_end(self, trainer: pl.Trainer, pl_module: Any, outputs: Any, *args: Any) -> None:
        """Move the bar and the losses."""
        for name, value in outputs["values"].items():
            self.losses[name] = self.losses.get(name, value) * (1 - _FORGET) + value * _FORGET
        step = trainer.global_step
        self._progress.update(self._task, completed=step, description=self._where(max(0, step - 1)))
        if self._live is not None:
            self._live.update(self._view())
        elif time.monotonic() - self._said_at >= self.quiet_s:
            self._say(trainer, self.losses)

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Say where the epoch ended up, where there is no bar."""
        if self._live is None:
            self._say(trainer, self.losses)

    def on_validation_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Leave a line with what validation found."""
        if trainer.is_global_zero:
            self.console.print(
                f"after {trainer.global_step} steps, validation: {_listed(pl_module.validation_values)}",
                highlight=False,
            )

    def teardown(self, trainer: pl.Trainer, pl_module: Any, stage: str) -> None:
        """Take the bar off the screen, also after an error or Ctrl-C."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def on_exception(self, trainer: pl.Trainer, pl_module: Any, exception: BaseException) -> None:
        """Give the terminal back before the error is printed."""
        self.teardown(trainer, pl_module, "fit")

    def _view(self) -> Group:
        return Group(self._progress, Text(f"  {_listed(self.losses)}", style="dim"))

    def _where(self, step: int) -> str:
        epoch = step // self.schedule.steps_per_epoch
        layers = self.schedule.stage_of_epoch(epoch).layers
        return f"epoch {epoch + 1}/{self.schedule.epochs}, {layers}"

    def _say(self, trainer: pl.Trainer, losses: Mapping[str, float]) -> None:
        self._said_at = time.monotonic()
        done, total = trainer.global_step, self.schedule.steps
        made = max(1, done - self._first_step)
        left_s = (self._said_at - self._started_at) / made * (total - done)
        where = f"{self._where(max(0, done - 1))}, step {done}/{total}, {left_s / 60:.1f} min left"
        if trainer.is_global_zero:
            self.console.print(f"{where}: {_listed(losses)}", highlight=False, soft_wrap=True)


def _listed(values: Mapping[str, float]) -> str:
    """Join losses and scores for one line.

    Example:
        >>> _listed({"loss": 1.23456, "loss_mask": 0.5, "mask AP50": 0.1})
        'all losses, weighted 1.235 · mask 0.5 · mask AP50 0.1'
    """
    return " · ".join(f"{LOSS_NAMES.get(name, name)} {value:.4g}" for name, value in values.items())
