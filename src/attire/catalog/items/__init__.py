"""From a photo to the rows of the catalogue: what is framed, read, named, and told apart."""

from attire.catalog.items.framing import FramedPhoto, PhotoKind, frame_photo
from attire.catalog.items.look_hash import DUPLICATE_BITS, bits_apart, look_hash
from attire.catalog.items.pixels import GarmentPixels
from attire.catalog.items.rows import PhotoOrigin, garments_of, rows_of
from attire.catalog.items.taken_at import taken_at

__all__ = [
    "DUPLICATE_BITS",
    "FramedPhoto",
    "GarmentPixels",
    "PhotoKind",
    "PhotoOrigin",
    "bits_apart",
    "frame_photo",
    "garments_of",
    "look_hash",
    "rows_of",
    "taken_at",
]
