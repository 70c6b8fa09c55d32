"""Umbrellas: open behind the head where a hand is raised, furled as a stick where it hangs."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import METAL
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, between
from attire.render.paths import Floats, Point, polygon
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import placed, sewn, strip
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["UMBRELLAS", "umbrella"]

RAISED = 62.0
"""Height of a wrist above which a hand holds an umbrella up, centimetres below the crown."""


def umbrella(figure: Figure, taste: Taste) -> list[Piece]:
    """Open over the head in a raised hand, else furled in a hand that hangs."""
    wrists = [arm[2][1] if figure.hands_shown[side] else 999.0 for side, arm in enumerate(figure.arms)]
    side = int(np.argmin(wrists))
    if wrists[side] < RAISED:
        return _open(figure, taste, side)
    shown = [side for side in (0, 1) if figure.hands_shown[side]] or [0]
    return _furled(figure, taste, max(shown, key=lambda side: figure.arms[side][2][1]))


UMBRELLAS = (umbrella,)


def _open(figure: Figure, taste: Taste, side: int) -> list[Piece]:
    cloth = cloth_for(taste, "smooth")
    hand, head = figure.grip(side), figure.head.center
    reach, high = taste.between(42, 52), taste.between(19, 24)
    top = (0.35 * hand[0] + 0.65 * head[0], head[1] - 8.0 - high)
    canopy = _canopy(top, reach, high, float(taste.rng.choice([-1, 1])) * taste.between(0, 7))
    inside = canopy.at(0, 1.0)
    stick = [
        (hand[0], hand[1] + 7),
        hand,
        (inside[0] * 0.8 + hand[0] * 0.2, inside[1] * 0.8 + hand[1] * 0.2),
        inside,
    ]
    shaft = strip(stick, [0.9, 0.55, 0.5, 0.5], thickness=1.0, columns=5)
    rod = Layer(
        path=shaft.outline(),
        cloth=Cloth(color="#5b3a29", weave="smooth", gloss=0.4),
        panels=(shaft,),
        thickness=0.5,
    )
    scallops = _scalloped(canopy)
    dome = Layer(
        path=scallops, cloth=cloth, panels=(canopy,), details=(partial(_ribs, canopy=canopy),), thickness=1.2
    )
    return [Piece(category="umbrella", layers=(rod, dome), worn="head")]


def _canopy(top: Point, reach: float, high: float, degrees: float) -> Panel:
    t = np.sin(np.linspace(0.02, np.pi / 2, 14))
    half, y = reach * t, high * (1 - np.sqrt(np.clip(1 - t**2, 0, 1)))
    edges = [placed(np.stack([out * half, y], axis=1), top, degrees) for out in (-1, 1)]
    sheet = between(*edges, bulge=0.5 * half, sag=0.07 * half, flare=1.0, columns=25)
    s, _ = sheet.grid()
    angle = np.arcsin(np.clip(s, -1, 1))
    return sheet.raised(-1.6 * np.abs(np.cos(4 * angle)) * sheet.t[:, None])


def _scalloped(canopy: Panel) -> "skia.Path":
    """The dome with an edge that hangs in bows between its ribs."""
    rows, _ = canopy.relief.shape
    angle = np.linspace(-np.pi / 2, np.pi / 2, 41)
    rim = canopy.on(np.stack([np.sin(angle), np.ones(41)], axis=1))
    rim[:, 1] -= 2.2 * np.abs(np.cos(4 * angle))
    left, right = canopy.points[: rows - 1, 0], canopy.points[rows - 2 :: -1, -1]
    return polygon(np.concatenate([left, rim, right]))


def _ribs(painter: "Painter", canopy: Panel) -> None:
    for angle in np.linspace(-np.pi / 2, np.pi / 2, 5)[1:-1]:
        painter.seam(canopy.on([(np.sin(angle), t) for t in (0, 0.3, 0.6, 1.0)]), 0.35, 0.35)


def _furled(figure: Figure, taste: Taste, side: int) -> list[Piece]:
    cloth = cloth_for(taste, "smooth", patterns=("plain (pattern)", "stripe", "check", "dot"))
    hand = figure.grip(side)
    out = (-1, 1)[side]
    tip = (hand[0] + out * taste.between(2, 9), min(169.5, hand[1] + 82))
    at = partial(_between, np.asarray(hand), np.asarray(tip))
    stick = strip([at(-0.02), at(0.3), at(1.0)], [0.6, 0.5, 0.35], thickness=1.0, rows=10, columns=5)
    cloth_roll = strip(
        [at(0.16), at(0.3), at(0.7), at(0.93)], [1.7, 3.1, 2.2, 0.7], thickness=0.9, rows=20, columns=12
    )
    s, t = cloth_roll.grid()
    cloth_roll = cloth_roll.raised(0.7 * np.cos(5 * s + 9 * t))
    hook = [
        (hand[0] + out * x, hand[1] + y)
        for x, y in ((-6, 1), (-6.4, -3.5), (-3.2, -6.2), (-0.4, -3.5), (0, 1))
    ]
    handle = strip(hook, 0.95, thickness=1.0, rows=18, columns=6)
    wood = Cloth(
        color=str(taste.rng.choice(["#5b3a29", "#3b2417", "#a8652f", "#17120f"])), weave="smooth", gloss=0.5
    )
    rods = [
        Layer(path=p.outline(), cloth=c, panels=(p,), thickness=0.4)
        for p, c in ((stick, Cloth(color=METAL[1], weave="smooth", gloss=0.6)), (handle, wood))
    ]
    return [sewn("umbrella", [cloth_roll], cloth, before=rods, worn="head")]


def _between(start: Floats, end: Floats, share: float) -> Point:
    x, y = (start + share * (end - start)).tolist()
    return x, y
