"""The encoder that a catalogue is made with, unless another is given."""

from attire.catalog.embedding import RoiEncoder
from attire.catalog.encoder import Encoder
from attire.model.header import ModelHeader

__all__ = ["PHOTO_PX", "default_encoder"]

PHOTO_PX = 512
"""Longest side, in pixels, at which photos are kept for their colours while they are read."""


def default_encoder(model: ModelHeader | None = None) -> Encoder:
    """Load the encoder in the box.

    Args:
        model: What the network says of itself that reads the photos; not looked at if None.

    Raises:
        WeightsError: If none comes with this copy of Attire, or it was made for another network.
    """
    return RoiEncoder.load(model=model)
