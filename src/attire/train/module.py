"""The Lightning module: one step of training, one of validation, everything seeded by its number."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import lightning.pytorch as pl
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from attire.dataset import Dataset
from attire.errors import AttireError
from attire.model import FashionRCNN
from attire.train.gathering import from_first, gather, patient_group
from attire.train.loaders import Loaders, ResumableLoader
from attire.train.optimizer import build_optimizer
from attire.train.recipe import Recipe
from attire.train.schedule import Schedule
from attire.train.validation_losses import ValidationLosses

__all__ = ["DivergedError", "Scoring", "TrainingModule"]

Places = npt.NDArray[np.int64]
Batch = tuple[list[Tensor], list[dict[str, Tensor]]]


class DivergedError(AttireError):
    """A loss is no number any more, so going on would only spoil the weights."""


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """A measure taken at every validation besides the losses, passed in by a later stage."""

    names: tuple[str, ...]
    """What it gives, in words short enough for a column."""
    score: Callable[[FashionRCNN, Dataset, Places], Mapping[str, float]]
    """Takes the network in evaluation mode, the validation set and the places of its photos; gives a value
    for each name."""


class TrainingModule(pl.LightningModule):
    """Trains a network by a recipe.

    Chance inside the network (which anchors and proposals a loss looks at) is seeded anew at every pass, from
    the recipe's seed and the number of the batch among those of all processes. So a run that resumes at any
    step makes the same choices, and so do two processes and one that makes two passes per update.
    """

    def __init__(
        self,
        model: FashionRCNN,
        recipe: Recipe,
        schedule: Schedule,
        loaders: Loaders,
        scoring: Scoring | None = None,
    ) -> None:
        super().__init__()
        self.model = model
        self.recipe = recipe
        self.schedule = schedule
        self.loaders = loaders
        self.scoring = scoring
        self.validation_values: dict[str, float] = {}
        self._validation = ValidationLosses()
        self._patient: Any = None

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Put all parameters into one optimizer; its rate is set at every step from the schedule."""
        return build_optimizer(self.model, self.recipe)

    def train_dataloader(self) -> ResumableLoader:
        """Load from the step that the run starts or goes on at."""
        return self.loaders.train(
            self.trainer.global_step, rank=self.trainer.global_rank, world_size=self.trainer.world_size
        )

    def val_dataloader(self) -> ResumableLoader | list[Any]:
        """Load the validation photos, if there are any."""
        loader = self.loaders.validation(rank=self.trainer.global_rank, world_size=self.trainer.world_size)
        return loader if loader is not None else []

    def on_fit_start(self) -> None:
        """Prepare to wait for the first process while it measures, however long that takes."""
        if self.scoring is not None and self.trainer.world_size > 1:
            self._patient = patient_group()

    def on_train_batch_start(self, batch: Batch, batch_idx: int) -> None:
        """Set the learning rate and the seed of this pass."""
        rate = self.schedule.learning_rate(self.trainer.global_step)
        for group in self.trainer.optimizers[0].param_groups:
            group["lr"] = rate
        self._seed(self.trainer.global_step, self._number(batch_idx))

    def training_step(self, batch: Batch, batch_idx: int) -> dict[str, Any]:
        """Compute the losses of a batch.

        Returns:
            ``loss`` to differentiate; ``values``: every loss as a number, mean over all processes; and
            ``passes``: of how many of them. A batch that is there for company only counts nothing.

        Raises:
            DivergedError: If a loss is not finite; the message names step, losses and photos.
        """
        losses = self.model.losses(*batch)
        counts = self._number(batch_idx) < self.loaders.train_batches
        values, passes = self._mean_of_processes(losses, counts)
        if not all(math.isfinite(value) for value in values.values()):
            raise DivergedError(self._diagnosis(values, batch))
        values = {"loss": self._weighted(values), **values}
        self.log_dict({f"train/{name}": value for name, value in values.items()}, batch_size=len(batch[0]))
        total = self.recipe.loss_weights.total(losses)
        return {"loss": total if counts else total * 0.0, "values": values, "passes": passes}

    def on_validation_epoch_start(self) -> None:
        """Begin a new mean."""
        self._validation = ValidationLosses()

    def validation_step(self, batch: Batch, batch_idx: int) -> None:
        """Note the losses of a batch of validation photos; the same anchors are looked at each time."""
        number = self._number(batch_idx)
        if number < self.loaders.validation_batches:
            self._seed(number)
            self._validation.add(number, len(batch[0]), self.model.losses(*batch))

    def on_validation_epoch_end(self) -> None:
        """Take the mean over the photos of all processes, and further scores if any were asked for."""
        values, photos = self._validation.mean()
        if not all(math.isfinite(value) for value in values.values()):
            raise DivergedError(
                f"Training diverged before step {self.trainer.global_step + 1}: a loss of the validation "
                "photos is no number any more. Lower the learning rate (--set stages.0.lr=…)."
            )
        values = {"loss": self._weighted(values), **values}
        if self.scoring is not None:
            values |= self._scores(self.scoring)
        self.validation_values = values
        logged = {f"val/{name}": value for name, value in values.items()}
        self.log_dict(logged, rank_zero_only=True, batch_size=photos)

    def _scores(self, scoring: Scoring) -> Mapping[str, float]:
        """Measure in the first process, which the others wait for."""
        scores: Mapping[str, float] = {}
        if self.trainer.is_global_zero:
            material = self.loaders.material
            scores = scoring.score(self.model, material.validation, material.val)
        return scores if self._patient is None else from_first(scores, self._patient)

    def _weighted(self, values: Mapping[str, float]) -> float:
        tensors = {name: torch.tensor(value) for name, value in values.items()}
        return float(self.recipe.loss_weights.total(tensors))

    def _mean_of_processes(self, losses: Mapping[str, Tensor], counts: bool) -> tuple[dict[str, float], int]:
        """Give the mean of each loss over the processes whose batch counts, and how many these are."""
        own = torch.stack([loss.detach().float() for loss in losses.values()]).tolist()
        rows = [row for row, counted in gather((own, counts)) if counted]
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        return dict(zip(losses, means, strict=True)), len(rows)

    def _number(self, batch_idx: int) -> int:
        """Number of a batch of this process among those of all, as one process would count them."""
        return batch_idx * self.trainer.world_size + self.trainer.global_rank

    def _seed(self, *place: int) -> None:
        entropy = (self.recipe.seed, 0, *place)
        torch.manual_seed(int(np.random.SeedSequence(entropy).generate_state(1, np.uint64)[0]))

    def _diagnosis(self, values: Mapping[str, float], batch: Batch) -> str:
        material = self.loaders.material
        own = [str(material.dataset.records.image_ids[int(target["image_id"])]) for target in batch[1]]
        photos = [name for names in gather(own) for name in names]
        broken = ", ".join(
            f"{name} is {value:g}" for name, value in values.items() if not math.isfinite(value)
        )
        step = self.trainer.global_step
        return (
            f"Training diverged at step {step + 1} of {self.schedule.steps} (learning rate "
            f"{self.schedule.learning_rate(step):g}): {broken}, on photos {', '.join(photos)}. Lower the "
            "learning rate (--set stages.0.lr=…), warm up longer (--set warmup_steps=…), or look at these "
            "photos with attire check."
        )
