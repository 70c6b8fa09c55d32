"""From photos of several sizes to one normalised batch."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torchvision.models.detection.image_list import ImageList

from attire.errors import DataError
from attire.model.config import ModelConfig

__all__ = ["Batching"]

MULTIPLE = 32


class Batching(nn.Module):
    """Subtract the mean, divide by the deviation, pad right and bottom with zeros to a common size."""

    mean: Tensor
    std: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        # Not persistent: they are in the config, and the state dict keeps torchvision's names.
        self.register_buffer("mean", torch.tensor(config.mean).view(3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(config.std).view(3, 1, 1), persistent=False)

    def forward(self, images: Sequence[Tensor]) -> ImageList:
        """Batch photos.

        Args:
            images: RGB, shape ``(3, height, width)``, uint8 in 0 … 255 or float in 0 … 1.

        Returns:
            Batch of float32, shape ``(B, 3, H, W)`` with H and W multiples of 32, and the sizes before
            padding.

        Raises:
            DataError: If there is no photo, or one has another shape or type.
        """
        if not len(images):
            raise DataError("The network needs at least one photo in a batch.")
        for place, image in enumerate(images):
            if image.dim() != 3 or image.shape[0] != 3 or not image.numel():
                raise DataError(
                    f"Photo {place} of the batch has shape {tuple(image.shape)}, expected (3, height, width)."
                )
            if image.dtype != torch.uint8 and not image.is_floating_point():
                raise DataError(f"Photo {place} of the batch is {image.dtype}, expected uint8 or float.")
        sizes = [(int(image.shape[1]), int(image.shape[2])) for image in images]
        height, width = (-(-max(sides) // MULTIPLE) * MULTIPLE for sides in zip(*sizes, strict=True))
        batch = self.mean.new_zeros((len(images), 3, height, width))
        for row, image in zip(batch, images, strict=True):
            unit = image.to(batch) / 255 if image.dtype == torch.uint8 else image.to(batch)
            row[:, : image.shape[1], : image.shape[2]] = (unit - self.mean) / self.std
        return ImageList(batch, sizes)
