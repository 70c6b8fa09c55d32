"""The wardrobe, laid out like a catalogue: one small function per garment."""

from attire.render.wardrobe.outfits import dress_figure
from attire.render.wardrobe.pieces import Piece

__all__ = ["Piece", "dress_figure"]
