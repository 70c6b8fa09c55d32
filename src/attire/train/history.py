"""Every loss of every step in one CSV file, which a resumed run continues without a seam."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import lightning.pytorch as pl

from attire.atomic import write_text
from attire.errors import DataError
from attire.model import LOSSES
from attire.train.schedule import Schedule

__all__ = ["HistoryFile", "HistoryRow", "read_history"]

_FIRST = ("part", "step", "epoch", "stage", "layers", "lr", "loss", *LOSSES)
_TEXT = ("part", "layers")
_WHOLE = ("step", "epoch", "stage")


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """One row: a step of training, or one look at the validation photos."""

    part: str
    """``train`` or ``val``."""
    step: int
    """Updates made when it was written."""
    epoch: int
    """Pass over the photos, from 1."""
    stage: int
    """Stage of the recipe, from 1."""
    layers: str
    """What learned: ``heads``, ``5+``, …"""
    lr: float
    """Learning rate of the step."""
    values: Mapping[str, float]
    """``loss`` (weighted total), each loss by name unweighted, and scores where there are any."""


def read_history(path: Path) -> list[HistoryRow]:
    """Read what a run logged, in order.

    Raises:
        DataError: If the file is missing or is no such log.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = [
                _parse(row) for row in csv.DictReader(file) if None not in row and None not in row.values()
            ]
    except FileNotFoundError:
        raise DataError(f"{path}: no such log. Is {path.parent} the folder of a training run?") from None
    except (KeyError, ValueError) as error:
        raise DataError(f"{path}: is no log of a training run ({error}).") from None
    return rows


def _parse(row: Mapping[str, str]) -> HistoryRow:
    values = {name: float(text) for name, text in row.items() if name not in _FIRST[:6] and text}
    fixed: dict[str, Any] = {name: row[name] for name in _TEXT} | {name: int(row[name]) for name in _WHOLE}
    return HistoryRow(**fixed, lr=float(row["lr"]), values=values)


class HistoryFile(pl.Callback):
    """Appends a row per update and per validation.

    Rows reach the disk as they are made, so a killed run has them all; a resumed run first takes out
    those beyond the step it goes on from, because it will make them again.
    """

    def __init__(self, path: Path, schedule: Schedule, scores: Iterable[str] = ()) -> None:
        """Take where to write, the plan of the run, and names of further columns."""
        self.path = path
        self.schedule = schedule
        self.columns = (*_FIRST, *scores)
        self._file: IO[str] | None = None
        self._sums: dict[str, float] = {}
        self._passes = 0

    def on_train_start(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Open the file, cut back to the step that the run goes on from."""
        if not trainer.is_global_zero:
            return
        old = read_history(self.path) if trainer.global_step and self.path.exists() else []
        text = io.StringIO()
        writer = csv.DictWriter(text, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_flat(row) for row in old if row.step <= trainer.global_step)
        write_text(self.path, text.getvalue())
        self._file = self.path.open("a", encoding="utf-8", newline="", buffering=1)

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Write a row once the passes of an update are complete: their mean losses."""
        passes = outputs["passes"]
        for name, value in outputs["values"].items():
            self._sums[name] = self._sums.get(name, 0.0) + value * passes
        self._passes += passes
        last = batch_idx + 1 == trainer.num_training_batches
        if last or (batch_idx + 1) % trainer.accumulate_grad_batches == 0:
            means = {name: value / self._passes for name, value in self._sums.items()}
            self._write("train", trainer.global_step, means)
            self._sums, self._passes = {}, 0

    def on_validation_end(self, trainer: pl.Trainer, pl_module: Any) -> None:
        """Write a row with the mean losses of the validation photos."""
        self._write("val", trainer.global_step, pl_module.validation_values)

    def on_exception(self, trainer: pl.Trainer, pl_module: Any, exception: BaseException) -> None:
        """Close the file when the run fails or is stopped."""
        self.teardown(trainer, pl_module, "fit")

    def teardown(self, trainer: pl.Trainer, pl_module: Any, stage: str) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, part: str, step: int, values: Mapping[str, float]) -> None:
        if self._file is None:
            return
        made = max(0, step - 1)
        epoch = made // self.schedule.steps_per_epoch
        row = HistoryRow(
            part=part,
            step=step,
            epoch=epoch + 1,
            stage=self.schedule.stage_index(epoch) + 1,
            layers=self.schedule.stage_of_epoch(epoch).layers,
            lr=self.schedule.learning_rate(made),
            values=values,
        )
        csv.DictWriter(self._file, self.columns, lineterminator="\n").writerow(_flat(row))


def _flat(row: HistoryRow) -> dict[str, Any]:
    fixed = {name: getattr(row, name) for name in (*_TEXT, *_WHOLE)}
    return {**fixed, "lr": f"{row.lr:.6g}", **{name: f"{value:.6g}" for name, value in row.values.items()}}
