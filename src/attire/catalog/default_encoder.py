"""The encoder, the colours and the look of a photo that a catalogue is made with, unless others are given."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from attire.errors import WeightsError

if TYPE_CHECKING:
    from PIL import Image

    from attire.catalog.encoder import Encoder

__all__ = ["COLOURS", "default_encoder", "photo_look"]

COLOURS = (
    "black",
    "white",
    "grey",
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "brown",
    "beige",
    "navy",
)
"""Names that colours of garments can have."""

photo_look: "Callable[[Image.Image], str] | None" = None
"""Gives a photo's perceptual hash as rows have it; None where that cannot be told."""


def default_encoder() -> "Encoder":
    """Load the encoder that rows are made with.

    Raises:
        WeightsError: If none comes with this version.
    """
    raise WeightsError(
        "No encoder comes with this version of Attire, so that photos cannot be searched with. Give one: "
        "Catalog.open(path, encoder=…), or search by words: attire search --text 'striped midi dress'"
    )
