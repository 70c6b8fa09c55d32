"""The wardrobe, laid out like a catalogue: one small function per garment."""

from attire.render.wardrobe.outfits import CATALOGUE, dress_figure
from attire.render.wardrobe.owners import with_owners

__all__ = ["CATALOGUE", "dress_figure", "with_owners"]
