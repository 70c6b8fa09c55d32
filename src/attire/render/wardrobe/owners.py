"""Which garment a part was sewn to."""

from collections.abc import Sequence
from dataclasses import replace

from attire.ontology import Ontology
from attire.render.layer import Piece

__all__ = ["with_owners"]


def with_owners(pieces: Sequence[Piece]) -> list[Piece]:
    """Note on every part which garment it belongs to: the wardrobe hands parts over after their garment.

    Args:
        pieces: As garments and accessories give them, before anything reorders them.

    Returns:
        The same pieces, parts with their ``owner``.
    """
    ontology = Ontology.imaterialist2019()
    owned: list[Piece] = []
    garment: Piece | None = None
    for piece in pieces:
        if piece.category and ontology.category(piece.category).is_part:
            owned.append(replace(piece, owner=garment))
            continue
        garment = piece if piece.category else garment
        owned.append(piece)
    return owned
