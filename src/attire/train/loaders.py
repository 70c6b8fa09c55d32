"""Loaders whose place follows from the number of the step alone."""

from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.data import DataLoader

from attire.dataset.sampler import EpochSampler
from attire.dataset.samples import TrainingSamples, collate
from attire.train.material import Material
from attire.train.recipe import Recipe

__all__ = ["Loaders", "ResumableLoader"]


class ResumableLoader(DataLoader[Any]):
    """A loader that Lightning may resume in mid-epoch.

    Lightning asks for a state to save. There is none: :class:`Loaders` works the place out from the step.
    """

    def state_dict(self) -> dict[str, int]:
        """Give nothing to save."""
        return {}

    def load_state_dict(self, state_dict: dict[str, int]) -> None:
        """Take nothing back."""


@dataclass(frozen=True, kw_only=True)
class Loaders:
    """Makes the loaders of a run, for any process and from any step."""

    recipe: Recipe
    """Batch size, workers, augmentation, seed."""
    material: Material
    """The photos."""

    @property
    def train_batches(self) -> int:
        """Batches of an epoch, of all processes together."""
        return -(-self.material.epoch_size // self.recipe.batch_size)

    @property
    def validation_batches(self) -> int:
        """Batches of the validation photos, of all processes together."""
        return -(-len(self.material.val) // self.recipe.batch_size)

    def batches_per_epoch(self, world_size: int) -> int:
        """Forward passes of one process in an epoch."""
        return -(-self.train_batches // world_size)

    def steps_per_epoch(self, world_size: int) -> int:
        """Updates in an epoch; the last one may have fewer passes than the others."""
        return -(-self.batches_per_epoch(world_size) // self.recipe.accumulate)

    def train(self, step: int, *, rank: int = 0, world_size: int = 1) -> ResumableLoader:
        """Make the loader that goes on after so many updates.

        Args:
            step: Updates made so far in the whole run.
            rank: Which process, from 0.
            world_size: How many there are.
        """
        samples = TrainingSamples(
            self.material.dataset,
            self.recipe.input,
            augment=self.recipe.augment,
            seed=self.recipe.seed,
            photos=self.material.train,
        )
        sampler = EpochSampler(
            len(samples),
            seed=self.recipe.seed,
            repeat_factors=self.material.factors,
            batch_size=self.recipe.batch_size,
            rank=rank,
            world_size=world_size,
        )
        epoch, done = divmod(step, self.steps_per_epoch(world_size))
        sampler.set_epoch(epoch)
        sampler.advance(done * self.recipe.accumulate * self.recipe.batch_size)
        return self._loader(samples, sampler)

    def validation(self, *, rank: int = 0, world_size: int = 1) -> ResumableLoader | None:
        """Make the loader of the validation photos, as they are; None if there are none."""
        if not len(self.material.val):
            return None
        samples = TrainingSamples(self.material.validation, self.recipe.input, photos=self.material.val)
        sampler = EpochSampler(
            len(samples),
            shuffle=False,
            batch_size=self.recipe.batch_size,
            rank=rank,
            world_size=world_size,
        )
        return self._loader(samples, sampler)

    def _loader(self, samples: TrainingSamples, sampler: EpochSampler) -> ResumableLoader:
        return ResumableLoader(
            samples,
            batch_size=self.recipe.batch_size,
            sampler=sampler,
            num_workers=self.recipe.workers,
            collate_fn=collate,
            pin_memory=torch.cuda.is_available(),
            persistent_workers=self.recipe.workers > 0,
        )
