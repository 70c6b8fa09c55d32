"""Outfits that go together."""

from collections.abc import Callable

from attire.render.figure import Figure
from attire.render.wardrobe.accessories import bag, belt, glasses, hat, scarf, shoes
from attire.render.wardrobe.lower import dress, pants, shorts, skirt
from attire.render.wardrobe.pieces import Piece, Rng
from attire.render.wardrobe.tops import coat, jacket, shirt, sweater, t_shirt

__all__ = ["dress_figure"]


def dress_figure(figure: Figure, rng: Rng) -> list[Piece]:
    """Choose an outfit that goes together, from the skin outwards.

    Args:
        figure: Who wears it.
        rng: Where every choice comes from.

    Returns:
        Pieces in the order in which they are drawn.
    """
    wear: list[Callable[[Figure, Rng], list[Piece]]] = [shoes]
    if rng.random() < 0.35:
        wear.append(dress)
    else:
        bottom = (pants, skirt, shorts)[int(rng.choice(3, p=[0.55, 0.25, 0.2]))]
        top = (t_shirt, shirt, sweater)[int(rng.choice(3, p=[0.4, 0.35, 0.25]))]
        wear += [top, bottom] if rng.random() < 0.4 else [bottom, top]
        if rng.random() < 0.25:
            wear.append(belt)
    if rng.random() < 0.35:
        wear.append((jacket, coat)[int(rng.integers(2))])
    for extra, share in ((scarf, 0.15), (glasses, 0.25), (hat, 0.25), (bag, 0.5)):
        if rng.random() < share:
            wear.append(extra)
    return [piece for garment in wear for piece in garment(figure, rng)]
