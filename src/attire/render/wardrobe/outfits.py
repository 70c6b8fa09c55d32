"""Outfits that go together."""

from collections.abc import Callable
from dataclasses import replace

from attire.render.figure import Figure
from attire.render.paths import canvas_library, union
from attire.render.wardrobe.accessories import bag, belt, glasses, hat, scarf, shoes
from attire.render.wardrobe.lower import dress, pants, shorts, skirt
from attire.render.wardrobe.pieces import Piece, Rng
from attire.render.wardrobe.tops import coat, jacket, shirt, sweater, t_shirt

__all__ = ["dress_figure"]

EDGES = frozenset({"sleeve", "collar", "lapel", "neckline"})
"""Parts that a garment ends in; the others are sewn onto it."""


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
    return [piece for garment in wear for piece in _joined(garment(figure, rng))]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Let garments reach under their collars and edges, and cut patches to the garment they are sewn on."""
    skia = canvas_library()
    garment = next((piece for piece in pieces if not piece.on_garment), None)
    if garment is None or len(pieces) == 1:
        return pieces
    parts = [piece for piece in pieces if piece.on_garment]
    edges = [piece.path for piece in parts if piece.category in EDGES]
    whole = replace(garment, path=union([garment.path, *edges]))
    others = [piece for piece in pieces if not piece.on_garment and piece is not garment]
    cut = [
        replace(piece, path=skia.Op(piece.path, whole.path, skia.PathOp.kIntersect_PathOp)) for piece in parts
    ]
    return [whole, *others, *cut]
