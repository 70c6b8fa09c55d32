"""Parts that lie on garments: necklines, collars, lapels and pockets."""

from attire.render.cloth import Cloth
from attire.render.figure import LEVEL, Figure
from attire.render.paths import smooth, union
from attire.render.wardrobe.pieces import Piece

__all__ = ["collar", "lapels", "neckline", "pocket"]


def neckline(figure: Figure, cloth: Cloth, neck: tuple[float, float]) -> Piece:
    """Trace the edge of a neckline of a given half-width and depth, figure heights."""
    width, depth = neck
    outer = [
        (-width - 0.006, 0.004),
        (0, depth + 0.011),
        (width + 0.006, 0.004),
        (width, 0.0),
        (0, depth),
        (-width, 0.0),
    ]
    path = smooth([figure.at(x, LEVEL["neck"] + y) for x, y in outer], roundness=0.8)
    return Piece(category="neckline", path=path, cloth=cloth, on_garment=True)


def collar(figure: Figure, cloth: Cloth) -> Piece:
    """Lay two collar wings around the neck."""
    wings = []
    for side in (-1, 1):
        points = [(0.002, 0.014), (0.03, -0.012), (0.052, 0.022), (0.03, 0.052)]
        wings.append(smooth([figure.at(side * x, LEVEL["neck"] + y) for x, y in points], roundness=0.2))
    return Piece(category="collar", path=union(wings), cloth=cloth, on_garment=True)


def lapels(figure: Figure, cloth: Cloth, gap: float) -> Piece:
    """Turn back the edges of an open front whose half-gap is given, figure heights."""
    wings = []
    for side in (-1, 1):
        points = [(0.034, 0.004), (0.068, 0.055), (0.05, 0.07), (gap, 0.19), (gap * 0.8, 0.1)]
        wings.append(smooth([figure.at(side * x, LEVEL["neck"] + y) for x, y in points], roundness=0.15))
    return Piece(category="lapel", path=union(wings), cloth=cloth, on_garment=True)


def pocket(figure: Figure, cloth: Cloth, x: float, y: float, half: float = 0.02) -> Piece:
    """Sew a patch pocket on, its upper edge centred at ``(x, y)`` figure heights."""
    corners = [
        (x - half, y),
        (x + half, y),
        (x + half, y + 2 * half),
        (x, y + 2.3 * half),
        (x - half, y + 2 * half),
    ]
    path = smooth([figure.at(*corner) for corner in corners], roundness=0.1)
    return Piece(category="pocket", path=path, cloth=cloth, on_garment=True)
