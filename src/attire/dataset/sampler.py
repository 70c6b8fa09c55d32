"""The order of an epoch: seeded, resumable in its middle, the same for any number of workers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from torch.utils.data import Sampler

from attire.errors import DataError

__all__ = ["Draw", "EpochSampler"]


class Draw(NamedTuple):
    """One sample of one epoch; all chance in it follows from epoch and entry."""

    epoch: int
    """Which epoch, from 0."""
    entry: int
    """Number within the epoch before shuffling; tells repeats of a photo apart."""
    sample: int
    """Which of the samples."""


class EpochSampler(Sampler[Draw]):
    """Walks once over all samples per epoch, each as often as its repeat factor says.

    Several processes are dealt whole batches in turn, so that together they make the batches that one would
    make alone. Where these do not share out evenly, some processes are given one more, of a single sample
    shown before; :attr:`n_batches` says which batches count.

    The position is that of the training loop, which reports with :meth:`advance` what it has used: workers
    fetch ahead, so the sampler itself cannot know.

    Example:
        >>> sampler = EpochSampler(3, shuffle=False)
        >>> sampler.advance(2)
        >>> list(sampler)
        [Draw(epoch=0, entry=2, sample=2)]
    """

    def __init__(
        self,
        n_samples: int,
        *,
        seed: int = 0,
        repeat_factors: npt.NDArray[np.floating[Any]] | None = None,
        shuffle: bool = True,
        batch_size: int = 1,
        rank: int = 0,
        world_size: int = 1,
    ) -> None:
        """Prepare epoch 0.

        Args:
            n_samples: How many samples there are.
            seed: Where the order comes from.
            repeat_factors: How often each sample is shown per epoch, on average, shape ``(n_samples,)``;
                below 1, some epochs go without it; once when absent.
            shuffle: Whether to mix them.
            batch_size: Samples that are dealt together.
            rank: Which of the processes this is, from 0.
            world_size: How many processes share an epoch; each gets as many batches as the others.

        Raises:
            DataError: If there is nothing to walk over, or a repeat factor is not positive.
        """
        if n_samples < 1 or batch_size < 1 or not 0 <= rank < world_size:
            raise DataError(
                f"{n_samples} samples in batches of {batch_size} for process {rank} of {world_size}: there "
                "must be at least one sample, and ranks run from 0."
            )
        factors = np.ones(n_samples) if repeat_factors is None else np.asarray(repeat_factors, np.float64)
        if factors.shape != (n_samples,) or not (factors > 0).all():
            raise DataError(
                f"Repeat factors of shape {factors.shape} for {n_samples} samples: give one above 0 for each."
            )
        self.n_samples = n_samples
        self.seed = seed
        self.shuffle = shuffle
        self.batch_size = batch_size
        self.rank, self.world_size = rank, world_size
        self.epoch = 0
        self.position = 0
        self._factors = factors
        self._n_draws = round(float(factors.sum()))

    @property
    def n_batches(self) -> int:
        """Count the batches of an epoch that all processes make together.

        Batch k of a process is number ``k * world_size + rank`` of them; one beyond is for company only.
        """
        return -(-self._n_draws // self.batch_size)

    def __len__(self) -> int:
        """Count this process's samples in a whole epoch, wherever it stands in it."""
        before = -(-self.n_batches // self.world_size) - 1
        start = (before * self.world_size + self.rank) * self.batch_size
        return before * self.batch_size + max(1, min(self.batch_size, self._n_draws - start))

    def __iter__(self) -> Iterator[Draw]:
        """Walk from the position to the end of the epoch; an epoch that is over starts again."""
        if self.position >= len(self):
            self.position = 0
        epoch = self.epoch
        entries, indices = self._order(epoch)
        for place in range(self.position, len(self)):
            batch, within = divmod(place, self.batch_size)
            drawn = (batch * self.world_size + self.rank) * self.batch_size + within
            drawn %= self._n_draws
            yield Draw(epoch, int(entries[drawn]), int(indices[drawn]))

    def set_epoch(self, epoch: int) -> None:
        """Go to the start of another epoch; within the same one, the position stays."""
        if epoch != self.epoch:
            self.epoch, self.position = epoch, 0

    def advance(self, n_samples: int) -> None:
        """Note that this process has used so many more samples of the epoch."""
        self.position += n_samples

    def state_dict(self) -> dict[str, int]:
        """Give the place in training, as plain numbers."""
        return {"epoch": self.epoch, "position": self.position, "seed": self.seed, "n_draws": self._n_draws}

    def load_state_dict(self, state: dict[str, int]) -> None:
        """Return to a place in training.

        Raises:
            DataError: If it was saved with another seed or for other samples.
        """
        own = self.state_dict()
        for name in ("seed", "n_draws"):
            if state[name] != own[name]:
                raise DataError(
                    f"The saved position has {name} {state[name]}, this run {own[name]}. Resume with the "
                    "data and recipe it was started with, or start anew."
                )
        self.epoch, self.position = state["epoch"], state["position"]

    def _order(self, epoch: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Entries and samples of an epoch, in order.

        Factors are rounded by systematic sampling: each sample comes ``floor`` or ``ceil`` of its factor
        times, right on average, and the epoch always has the same length.
        """
        rng = np.random.default_rng((self.seed, epoch))
        mixed = rng.permutation(self.n_samples)
        edges = np.cumsum(self._factors[mixed])
        edges *= self._n_draws / edges[-1]
        edges[-1] = self._n_draws
        counts = np.diff(np.floor(edges + rng.random()), prepend=0)
        repeats = np.zeros(self.n_samples, np.int64)
        repeats[mixed] = counts
        indices = np.repeat(np.arange(self.n_samples), repeats)
        entries = np.arange(len(indices))
        order = rng.permutation(len(indices)) if self.shuffle else entries
        return entries[order], indices[order]
