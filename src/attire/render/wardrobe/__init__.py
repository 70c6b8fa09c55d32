"""The wardrobe, laid out like a catalogue: one small function per garment."""

from attire.render.wardrobe.outfits import dress_figure

__all__ = ["dress_figure"]
