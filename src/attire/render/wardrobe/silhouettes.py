"""The catalogue of silhouettes: how wide a skirt or a trouser leg is at every height, and how it drapes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from attire.render.panel import profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure

__all__ = ["DRAPES", "LEGS", "SKIRTS", "Drape", "body_half", "follow"]

Knots: TypeAlias = list[Point]
Silhouette: TypeAlias = Callable[[Figure, float, float], Knots]


@dataclass(frozen=True, kw_only=True)
class Drape:
    """How the cloth of a skirt falls."""

    folds: float = 3.0
    """How many folds hang across half its front."""
    depth: float = 0.6
    """Their depth at the hem, centimetres."""
    start: float = 0.25
    """Where they begin, share of its length; 0 gathers them into the waist."""
    gather: float = 0.0
    """Depth of the small folds of a gathered waist, centimetres."""


DRAPES = {
    "pencil": Drape(folds=2.0, depth=0.25),
    "straight": Drape(folds=3.5, depth=0.6),
    "peg": Drape(folds=4.0, depth=0.4, start=0.0, gather=0.9),
    "a-line": Drape(folds=5.5, depth=1.2, start=0.3),
    "flare": Drape(folds=9.5, depth=2.6, start=0.12),
    "fit and flare": Drape(folds=10.0, depth=2.8, start=0.3),
    "circle": Drape(folds=13.0, depth=4.6, start=0.0),
    "trumpet": Drape(folds=9.0, depth=2.6, start=0.5),
    "mermaid": Drape(folds=10.0, depth=3.0, start=0.62),
    "balloon": Drape(folds=12.0, depth=1.5, start=0.0, gather=0.9),
    "bell": Drape(folds=9.0, depth=2.2, start=0.0, gather=0.6),
    "tent": Drape(folds=7.5, depth=2.7, start=0.1),
    "baggy": Drape(folds=5.0, depth=1.7, start=0.0, gather=0.5),
    "high low": Drape(folds=10.0, depth=2.7, start=0.2),
    "peplum": Drape(folds=2.0, depth=0.3),
}
"""How the cloth of each shape falls, by the shape's full name."""


def body_half(figure: Figure, y: float, ease: float = 0.0) -> float:
    """Half the body's width at any height from bust to crotch, plus room, centimetres."""
    names = ("bust", "waist", "hip")
    knots = [(LEVEL[name], figure.half_width(name)) for name in names]
    knots.append((LEVEL["crotch"] + 8, figure.half_width("hip") - 0.4))
    return float(profile(knots, np.array([y]))[0]) + ease


def follow(figure: Figure, top: float, bottom: float, ease: float) -> Knots:
    """Knots that follow the body from one height to another."""
    marks = [y for y in (57.0, LEVEL["waist"], 74.0, LEVEL["hip"]) if top + 3 < y < bottom - 3]
    return [(y, body_half(figure, y, ease)) for y in (top, *marks, bottom)]


def pencil(figure: Figure, top: float, hem: float) -> Knots:
    """Close to hip and thigh, narrowest at the hem."""
    hip = min(LEVEL["hip"], hem - 6)
    narrow = 0.09 * max(hem - LEVEL["hip"], 0)
    return [*follow(figure, top, hip, 0.7), (hem, figure.half_width("hip", 0.4) - min(narrow, 4.6))]


def straight(figure: Figure, top: float, hem: float) -> Knots:
    """Falls straight down from the hip."""
    hip = min(LEVEL["hip"], hem - 6)
    return [*follow(figure, top, hip, 1.6), (hem, body_half(figure, hip, 2.0))]


def a_line(figure: Figure, top: float, hem: float) -> Knots:
    """Widens evenly from the waist."""
    start = body_half(figure, top, 0.9)
    hip = figure.half_width("hip", 2.0)
    slope = 0.17 * (hem - LEVEL["hip"])
    return [(top, start), (LEVEL["hip"], hip), (hem, hip + slope)] if hem > 90 else [(top, start), (hem, hip)]


def flare(figure: Figure, top: float, hem: float) -> Knots:
    """Spreads widely from the waist."""
    wide = figure.half_width("waist", 9.0) + 0.34 * (hem - LEVEL["waist"])
    return [
        (top, body_half(figure, top, 0.8)),
        (0.6 * top + 0.4 * hem, 0.55 * body_half(figure, top) + 0.45 * wide + 1),
        (hem, wide),
    ]


def circle(figure: Figure, top: float, hem: float) -> Knots:
    """As wide as cloth can be: almost a disc with a hole."""
    fall = hem - top
    wide = figure.half_width("waist", 6.0) + min(0.72 * fall, 26 + 0.22 * fall)
    return [
        (top, body_half(figure, top, 0.8)),
        (top + 0.16 * fall, body_half(figure, top, 0.24 * fall)),
        (hem, wide),
    ]


def fit_and_flare(figure: Figure, top: float, hem: float) -> Knots:
    """Fitted to the hip, then spreads."""
    turn = min(LEVEL["hip"] - 2, top + 0.45 * (hem - top))
    hip = body_half(figure, turn, 0.8)
    return [*follow(figure, top, turn, 0.8), (hem, hip + 5 + 0.36 * (hem - turn))]


def trumpet(figure: Figure, top: float, hem: float) -> Knots:
    """Fitted to mid-thigh, then opens like a trumpet."""
    turn = LEVEL["crotch"] + 0.24 * (hem - LEVEL["crotch"])
    hip = figure.half_width("hip", 0.6)
    middle = 0.5 * (turn + hem)
    return [
        *follow(figure, top, LEVEL["hip"], 0.6),
        (turn, hip - 1.0),
        (middle, hip + 4.0),
        (hem, hip + 8 + 0.14 * (hem - turn)),
    ]


def mermaid(figure: Figure, top: float, hem: float) -> Knots:
    """Fitted to the knee, then fans out."""
    knee = min(LEVEL["knee"] - 3, 0.42 * LEVEL["hip"] + 0.58 * hem)
    hip = figure.half_width("hip", 0.5)
    below = knee + 0.3 * (hem - knee)
    return [
        *follow(figure, top, LEVEL["hip"], 0.5),
        (knee, hip - 4.0),
        (below, hip - 0.5),
        (hem, hip + 8.0 + 0.2 * (hem - knee)),
    ]


def balloon(figure: Figure, top: float, hem: float) -> Knots:
    """Puffed, and gathered in at the hem."""
    fall = hem - top
    puff = figure.half_width("hip", 5.5) + 0.1 * fall
    return [
        (top, body_half(figure, top, 0.8)),
        (top + 0.3 * fall, 0.93 * puff),
        (top + 0.68 * fall, puff + 2),
        (top + 0.92 * fall, puff - 3.0),
        (hem, 0.62 * puff),
    ]


def bell(figure: Figure, top: float, hem: float) -> Knots:
    """Rounds out below the waist, then falls like a bell."""
    fall = hem - top
    wide = figure.half_width("hip", 6.0) + 0.13 * fall
    return [
        (top, body_half(figure, top, 0.8)),
        (top + 0.14 * fall, 0.8 * wide),
        (top + 0.4 * fall, 0.98 * wide),
        (top + 0.8 * fall, wide),
        (hem, wide + 1.5 + 0.03 * fall),
    ]


def tent(figure: Figure, top: float, hem: float) -> Knots:
    """Spreads from the shoulders or the bust without a waist."""
    start = body_half(figure, max(top, LEVEL["bust"]), 1.5)
    return [(top, start), (hem, start + 3 + 0.26 * (hem - LEVEL["bust"]))]


def peg(figure: Figure, top: float, hem: float) -> Knots:
    """Full at the hip, narrow at the hem."""
    hip = figure.half_width("hip", 6.0)
    return [
        (top, body_half(figure, top, 0.8)),
        (LEVEL["hip"] - 5, hip),
        (0.45 * hem + 0.55 * LEVEL["hip"], 0.9 * hip),
        (hem, figure.half_width("hip") - 3.5),
    ]


def baggy(figure: Figure, top: float, hem: float) -> Knots:
    """Loose everywhere."""
    return [
        (top, body_half(figure, top, 6.0)),
        (LEVEL["hip"], figure.half_width("hip", 9.0)),
        (hem, figure.half_width("hip", 8.0)),
    ]


SKIRTS: dict[str, Silhouette] = {
    "pencil": pencil, "straight": straight, "a-line": a_line, "flare": flare, "circle": circle,
    "fit and flare": fit_and_flare, "trumpet": trumpet, "mermaid": mermaid, "balloon": balloon, "bell": bell,
    "tent": tent, "peg": peg, "baggy": baggy, "high low": flare, "peplum": pencil,
}  # fmt: skip
"""Half-widths of a skirt by the full name of its shape: ``(figure, top, hem)`` to knots."""


def _leg(figure: Figure, hem: float, *widths: Point) -> Knots:
    """Knots of a leg down to its hem; widths are for a body of usual breadth."""
    inner = [(y, half * figure.breadth) for y, half in widths if y < hem - 2]
    end = float(profile(widths, np.array([hem]))[0]) * figure.breadth
    return [*inner, (hem, end)]


CROTCH, KNEE, CALF, ANKLE = LEVEL["crotch"], LEVEL["knee"], LEVEL["knee"] + 12, LEVEL["ankle"]


def skin_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Like a second skin: thigh, knee and calf show."""
    return _leg(
        figure,
        hem,
        (CROTCH, 9.0),
        (104, 7.9),
        (KNEE - 2, 6.0),
        (CALF, 6.3),
        (152, 4.7),
        (ANKLE, 4.1),
        (170, 4.2),
    )


def straight_leg(figure: Figure, top: float, hem: float) -> Knots:
    """As wide at the hem as at the knee."""
    return _leg(figure, hem, (CROTCH, 9.6), (108, 8.5), (KNEE, 8.0), (170, 7.7))


def peg_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Full at hip and thigh, narrow at the ankle."""
    return _leg(figure, hem, (CROTCH - 6, 11.6), (104, 11.2), (KNEE, 8.4), (ANKLE, 4.7), (170, 4.6))


def wide_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Falls wide from the hip."""
    return _leg(figure, hem, (CROTCH, 10.8), (108, 11.6), (KNEE, 12.8), (170, 15.5))


def flared_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Widens evenly from mid-thigh."""
    return _leg(figure, hem, (CROTCH, 9.4), (104, 8.6), (KNEE, 9.6), (ANKLE, 13.4), (170, 14.4))


def bell_bottom_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Tight to the knee, then a bell."""
    return _leg(figure, hem, (CROTCH, 9.2), (106, 7.9), (KNEE - 3, 6.3), (138, 9.0), (152, 13.0), (170, 16.5))


def bootcut_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Slim to the knee, a little wider below it."""
    return _leg(figure, hem, (CROTCH, 9.3), (106, 8.1), (KNEE - 2, 6.8), (144, 7.7), (170, 9.9))


def baggy_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Loose everywhere."""
    return _leg(figure, hem, (CROTCH, 11.4), (108, 11.4), (KNEE, 11.2), (150, 10.8), (170, 10.2))


def balloon_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Puffed, and gathered in at the hem."""
    fall = hem - CROTCH
    return [
        (CROTCH, 12.5 * figure.breadth),
        (CROTCH + 0.5 * fall, 13.5 * figure.breadth),
        (hem - 0.14 * fall, 11.8 * figure.breadth),
        (hem, (5.2 if hem > 140 else 7.4) * figure.breadth),
    ]


def a_line_leg(figure: Figure, top: float, hem: float) -> Knots:
    """Shorts that widen evenly."""
    return [(CROTCH - 4, 9.8 * figure.breadth), (hem, (10.4 + 0.16 * (hem - CROTCH)) * figure.breadth)]


LEGS: dict[str, Silhouette] = {
    "straight": straight_leg, "pencil": skin_leg, "peg": peg_leg, "wide leg": wide_leg, "flare": flared_leg,
    "bell bottom": bell_bottom_leg, "bootcut": bootcut_leg, "baggy": baggy_leg, "balloon": balloon_leg,
    "a-line": a_line_leg,
}  # fmt: skip
"""Half-widths of one trouser leg below the crotch, by the shape's full name."""
