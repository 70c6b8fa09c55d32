"""Which colours a garment has: by name, in CIELAB, and as a vector to compare."""

from attire.catalog.colours.dominant import Colour, dominant_colours
from attire.catalog.colours.inside import inner_pixels
from attire.catalog.colours.names import COLOUR_NAMES, example_of, name_colours
from attire.catalog.colours.signature import CHANNELS, colour_shares

__all__ = [
    "CHANNELS",
    "COLOUR_NAMES",
    "Colour",
    "colour_shares",
    "dominant_colours",
    "example_of",
    "inner_pixels",
    "name_colours",
]
