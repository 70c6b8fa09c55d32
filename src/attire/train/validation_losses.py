"""The mean losses of the validation photos, the same whoever computed them."""

from collections.abc import Mapping

from torch import Tensor

from attire.train.gathering import gather

__all__ = ["ValidationLosses"]


class ValidationLosses:
    """Notes the losses of batches and adds them up in the order of the batches.

    The order matters in the last digits, so two processes give exactly what one gives.

    Example:
        >>> import torch
        >>> losses = ValidationLosses()
        >>> losses.add(1, 1, {"loss_mask": torch.tensor(4.0)})
        >>> losses.add(0, 3, {"loss_mask": torch.tensor(2.0)})
        >>> losses.mean()
        ({'loss_mask': 2.5}, 4)
    """

    def __init__(self) -> None:
        self._batches: dict[int, tuple[int, dict[str, float]]] = {}

    def add(self, number: int, photos: int, losses: Mapping[str, Tensor]) -> None:
        """Note a batch.

        Args:
            number: Among the batches of all processes.
            photos: How many there are in it.
            losses: Scalars by name, means over its photos.
        """
        self._batches[number] = photos, {name: float(loss) for name, loss in losses.items()}

    def mean(self) -> tuple[dict[str, float], int]:
        """Take the mean over the photos of all processes; every process has to ask.

        Returns:
            Each loss by name, and the number of photos.
        """
        batches = {number: found for own in gather(self._batches) for number, found in own.items()}
        sums: dict[str, float] = {}
        seen = 0
        for _, (photos, losses) in sorted(batches.items()):
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + loss * photos
            seen += photos
        return {name: total / seen for name, total in sums.items()}, seen
