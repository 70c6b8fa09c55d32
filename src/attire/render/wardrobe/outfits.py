"""Outfits that go together."""

from attire.render.layer import Piece
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.lower import LOWER
from attire.render.wardrobe.upper import t_shirt

__all__ = ["dress_figure"]


def dress_figure(figure: Figure, taste: Taste) -> list[Piece]:
    """Choose an outfit that goes together.

    Args:
        figure: Who wears it.
        taste: Makes every choice.

    Returns:
        Pieces in the order in which they are drawn.
    """
    kinds = LOWER[taste.pick(*LOWER)]
    bottom = kinds[int(taste.rng.integers(len(kinds)))]
    return [*bottom(figure, taste), *t_shirt(figure, taste)]
