"""The encoder that a catalogue is made with, unless another is given."""

from attire.catalog.embedding import RoiEncoder
from attire.catalog.encoder import Encoder

__all__ = ["PHOTO_PX", "default_encoder"]

PHOTO_PX = 512
"""Longest side, in pixels, at which photos are kept for their colours while they are read."""


def default_encoder() -> Encoder:
    """Load the encoder in the box.

    Raises:
        WeightsError: If none comes with this copy of Attire.
    """
    return RoiEncoder.load()
