"""A section of the report: one figure, and what it says."""

from dataclasses import dataclass

from matplotlib.figure import Figure

__all__ = ["Section"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Section:
    """Words are plain text; the page escapes them."""

    name: str
    """Stem of the PNG file, and the section's anchor in the page."""
    topic: str
    """What the figure shows, in two or three words."""
    headline: str
    """What it says, in one sentence with a number."""
    caption: str
    """How to read it, and what else is worth knowing."""
    alt: str
    """The figure in words, for those who cannot see it."""
    figure: Figure
    """Drawn in the house style."""
