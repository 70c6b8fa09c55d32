"""Which garment a sleeve, a pocket or a zipper belongs to."""

from attire.parts.attaching import attach_parts, largest_overlap
from attire.parts.garments import Garment, gather_garments, name_parts
from attire.parts.rules import PartRules

__all__ = ["Garment", "PartRules", "attach_parts", "gather_garments", "largest_overlap", "name_parts"]
