"""The catalogue of silhouettes: how wide a skirt or a trouser leg is at every height."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.paths import Point
from attire.render.person import LEVEL, Figure

__all__ = ["LEGS", "SKIRTS"]

Knots: TypeAlias = list[Point]
Silhouette: TypeAlias = Callable[[Figure, float, float], Knots]


def _hips(figure: Figure, top: float, ease: float) -> Knots:
    """The part that every skirt shares: it follows waist and hip from its top."""
    waist = (LEVEL["waist"], figure.half_width("waist", ease * 0.6))
    hip = (LEVEL["hip"], figure.half_width("hip", ease))
    return [(top, waist[1]), *([waist] if top < LEVEL["waist"] - 3 else []), hip]


def pencil(figure: Figure, top: float, hem: float) -> Knots:
    """Narrows to the knee."""
    return [*_hips(figure, top, 0.8), (hem, figure.half_width("hip") - 2.6)]


def straight(figure: Figure, top: float, hem: float) -> Knots:
    """Falls straight from the hip."""
    return [*_hips(figure, top, 1.6), (hem, figure.half_width("hip", 1.8))]


def a_line(figure: Figure, top: float, hem: float) -> Knots:
    """Widens evenly from the waist."""
    fall = hem - LEVEL["waist"]
    return [(top, figure.half_width("waist", 0.8)), (hem, figure.half_width("hip", 2.5) + 0.16 * fall)]


SKIRTS: dict[str, Silhouette] = {"pencil": pencil, "straight": straight, "a-line": a_line}
"""Half-widths of a skirt by the shape's full name: ``(figure, top, hem)`` to ``(height, half-width)`` knots."""


def straight_leg(figure: Figure, top: float, hem: float) -> Knots:
    """As wide at the hem as at the knee."""
    wide = figure.breadth
    return [(LEVEL["crotch"], 10.0 * wide), (LEVEL["knee"], 8.2 * wide), (hem, 7.8 * wide)]


def peg_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Full at the hip, narrow at the ankle."""
    wide = figure.breadth
    return [(LEVEL["crotch"], 11.5 * wide), (LEVEL["knee"], 8.0 * wide), (LEVEL["ankle"], 4.6 * wide)]


def wide_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Falls wide from the hip."""
    wide = figure.breadth
    return [(LEVEL["crotch"], 11.5 * wide), (LEVEL["knee"], 12.5 * wide), (LEVEL["ankle"], 14.0 * wide)]


LEGS: dict[str, Silhouette] = {"straight": straight_leg, "peg": peg_leg, "wide leg": wide_leg}
"""Half-widths of one trouser leg below the crotch, by the shape's full name."""
