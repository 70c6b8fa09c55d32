"""The catalogue of collars: each lies around the neck of a garment and is labelled for itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness
from attire.render.layer import Detail, Layer, Piece
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, Point, line, polygon, union
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import front_of

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["COLLARS", "fitted", "leaf", "sew_collar", "sew_part"]

Collar: TypeAlias = Callable[[Garment, float, float], None]


def sew_collar(garment: Garment, name: str, neck: float, meet: float | None = None) -> None:
    """Sew a collar of the catalogue on a garment whose neckline and front are cut.

    Args:
        garment: Gets the labelled part.
        name: ``shirt``, ``peter pan``, ``stand``, ``roll``, ``shawl``, ``sailor`` or ``fur``.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        meet: Height where its ends meet in front, centimetres below the crown; by default at the neckline's
            lowest point.
    """
    COLLARS[name](garment, neck, front_of(garment).right[0, 1] if meet is None else meet)


def shirt(garment: Garment, neck: float, meet: float) -> None:
    """Folded over, with two points."""
    taste = garment.taste
    spread, long = taste.between(3.5, 7.0), taste.between(5.0, 8.0)
    inner = [(neck - 2.2, 24.8), (neck - 2.6, 27.5), (0.2, meet - 0.6)]
    outer = [(neck - 0.4, 25.0), (neck + 2.4, 30.2), (spread, max(meet - 1.0, 31.0) + long)]
    _pair(garment, inner, outer, stitched=True)


def peter_pan(garment: Garment, neck: float, meet: float) -> None:
    """Flat, with round ends, often white."""
    wide = garment.taste.between(5.5, 8.0)
    inner = [(neck - 1.4, 26.0), (neck - 1.6, 28.6), (neck * 0.55, meet - 2.4), (0.3, meet - 0.4)]
    outer = [
        (neck - 0.2, 25.6), (neck + wide * 0.75, 31.0), (neck * 0.72 + 1.5, meet + wide * 0.8),
        (1.0, meet + 1.4),
    ]  # fmt: skip
    _pair(garment, inner, outer, cloth=_contrast(garment, 0.65), rounded=True)


def stand(garment: Garment, neck: float, meet: float) -> None:
    """A band that stands around the neck, open a little in front: mandarin, biker, bomber."""
    high, apart = garment.taste.between(3.2, 5.0), garment.taste.between(0.4, 1.6)
    upper = [(neck - 1.9, 28.2 - high), (neck - 2.6, 30.0 - high), (apart + 1.0, meet - high + 0.9)]
    lower = [(neck - 0.1, 28.2), (neck - 0.4, 30.2), (apart * 0.5, meet + 0.9)]
    _pair(garment, upper, lower)


def roll(garment: Garment, neck: float, meet: float) -> None:
    """A tube that is folded over below the chin: turtleneck."""
    top, foot = garment.taste.between(20.8, 22.6), max(meet + 0.6, 30.5)
    y = np.array([top, (top + 27) / 2, 27.0, foot - 0.6])
    half = np.array([6.4, 6.9, neck - 0.6, neck + 0.5])
    left, right = (garment.figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    tube = between(
        _dense(left), _dense(right), bulge=6.0, sag=2.2, turn=garment.figure.turn * 0.5, columns=18
    )
    fold = garment.taste.between(0.5, 0.7)
    tube = tube.raised(0.9 * np.exp(-(((tube.grid()[1] - fold) / 0.1) ** 2)))

    def turn(painter: "Painter") -> None:
        painter.seam(tube.on([(s, fold + 0.1) for s in np.linspace(-1, 1, 9)]), 0.6, 0.5)

    cloth = replace(garment.cloth, weave="rib") if garment.cloth.weave in ("knit", "rib") else garment.cloth
    sew_part(garment, "collar", [tube], cloth, details=[turn])


def shawl(garment: Garment, neck: float, meet: float) -> None:
    """One broad roll that narrows to where the edges meet."""
    low, wide = max(meet, 42.0), garment.taste.between(4.5, 7.5)
    inner = [(neck - 2.4, 25.0), (neck - 1.2, 28.6), (0.3 + (neck - 1) * 0.5, (28.6 + low) / 2), (0.3, low)]
    outer = [
        (neck - 0.4, 24.6), (neck + wide * 0.8, 31.0), (neck * 0.5 + wide, (30 + low) / 2), (1.0, low + 1.0),
    ]  # fmt: skip
    _pair(garment, inner, outer, rounded=True, thick=1.6)


def sailor(garment: Garment, neck: float, meet: float) -> None:
    """Broad over the shoulders, pointed in front, edged with braid."""
    low = max(meet, 38.0)
    inner = [(neck - 1.6, 26.0), (neck - 1.0, 28.8), (0.3, low)]
    outer = [(neck + 0.6, 25.4), (neck + 8.6, 32.0), (1.6, low + 2.5)]
    cloth = _contrast(garment, 0.6)
    braid = "#f4f1ea" if lightness(cloth.color) < 0.55 else "#23304f"
    _pair(garment, inner, outer, cloth=cloth, braid=braid, rounded=True)


def fur(garment: Garment, neck: float, meet: float) -> None:
    """Deep pile around the neck, thick and ragged."""
    low, wide = max(meet, 44.0), garment.taste.between(7.0, 10.0)
    inner = [(neck - 2.6, 23.8), (neck - 1.4, 28.0), (neck * 0.45, (28 + low) / 2), (0.2, low)]
    outer = [
        (neck + 1.2, 22.8), (neck + wide * 0.85, 30.5), (neck * 0.5 + wide, (31 + low) / 2 + 1),
        (3.0, low + 4.0),
    ]  # fmt: skip
    color = str(garment.rng.choice(["#5b3a29", "#17181c", "#e4d7c3", "#8a7a66", "#b9a88b", "#f4f1ea"]))
    cloth = Cloth(color=color, weave="pile")
    _pair(garment, inner, outer, cloth=cloth, rounded=True, thick=2.4, ragged=0.9)


COLLARS: dict[str, Collar] = {
    "shirt": shirt,
    "peter pan": peter_pan,
    "stand": stand,
    "roll": roll,
    "shawl": shawl,
    "sailor": sailor,
    "fur": fur,
}
"""How each collar is sewn on, given the neck's half-width and the height where its ends meet."""


def fitted(garment: Garment, points: Sequence[Point] | Floats) -> Floats:
    """Put straight-body points, shape (N, 2), on neck and breast: they follow the turn of what is worn."""
    figure = garment.figure
    x, y = np.asarray(points, float).T
    half = profile([(22.0, 5.5), (28.6, 8.5), (33.0, 17.0), (45.0, figure.half_width("armpit", 2.0))], y)
    turn = figure.turn * half * np.clip(1 - (x / half) ** 2, 0, 1)
    return figure.pose(np.stack([x + turn, y], axis=1))


def leaf(inner: Floats, outer: Floats, *, thick: float = 1.0, columns: int = 8) -> Panel:
    """Span a folded leaf between its two edges, centimetres, each of shape (N, 2)."""
    return between(inner, outer, bulge=thick, columns=columns)


def sew_part(
    garment: Garment,
    category: str,
    panels: Sequence[Panel],
    cloth: Cloth,
    *,
    details: Sequence[Detail] = (),
    ragged: float = 0.0,
) -> None:
    """Sew a labelled part of its own layer on a garment, which it may overhang.

    Args:
        garment: Gets the part; its outline grows by it.
        category: Full category name.
        panels: Sheets of the part.
        cloth: What it is made of.
        details: Drawn on it.
        ragged: How far tufts stick out of its outline, centimetres.
    """
    outlines = [_tufts(panel, ragged, garment) if ragged else panel.outline() for panel in panels]
    path = union(outlines)
    garment.overlays.append(path)
    layer = Layer(path=path, cloth=cloth, panels=tuple(panels), details=tuple(details), thickness=0.9)
    garment.parts.append(Piece(category=category, layers=(layer,), on_garment=True))


def _pair(
    garment: Garment,
    inner: Sequence[Point],
    outer: Sequence[Point],
    *,
    cloth: Cloth | None = None,
    stitched: bool = False,
    rounded: bool = False,
    thick: float = 1.0,
    ragged: float = 0.0,
    braid: str = "",
) -> None:
    """Sew two mirrored leaves, each given by its right half's edges from the back to the front."""
    panels = []
    for side in (-1, 1):
        mirror = np.array([side, 1.0])
        edges = [fitted(garment, _dense(np.array(edge) * mirror, curved=rounded)) for edge in (inner, outer)]
        panels.append(leaf(*(edges if side > 0 else edges[::-1]), thick=thick))
    places = [
        _rim(panel, side, 0.8 if stitched else 0.72) for side, panel in zip((-1, 1), panels, strict=True)
    ]

    def draw(painter: "Painter") -> None:
        for rim in places:
            if stitched:
                painter.seam(rim, 0.28, 0.25)
            if braid:
                painter.canvas.drawPath(line(rim), painter.pen(braid, 0.95, 0.8))

    _back(garment, inner, cloth or garment.cloth)
    sew_part(garment, "collar", panels, cloth or garment.cloth, details=[draw], ragged=ragged)


def _rim(panel: Panel, side: int, share: float) -> Floats:
    """A line along the outer edge and the front end of a leaf."""
    down = [(side * share, t) for t in np.linspace(0.05, 0.93, 9)]
    end = [(side * s, 0.93) for s in np.linspace(share - 0.2, -0.8, 4)]
    return panel.on([*down, *end])


def _back(garment: Garment, inner: Sequence[Point], cloth: Cloth) -> None:
    """The part of a collar that stands behind the neck."""
    x, y = inner[0]
    points = [(-x, y), (-x * 0.5, y - 1.0), (x * 0.5, y - 1.0), (x, y), (x + 1.5, 31.0), (-x - 1.5, 31.0)]
    path = polygon(garment.figure.pose(np.array(points)))
    garment.behind.append(Layer(path=path, cloth=cloth, behind=True, thickness=0.0))


def _contrast(garment: Garment, share: float) -> Cloth:
    """White or another colour with some probability, else the garment's own cloth."""
    if not garment.taste.often(share):
        return garment.cloth
    dyes = ("#f4f1ea", "#f4f1ea", "#17181c", "#23304f", "#d8a7a7")
    return Cloth(color=choose_dye(garment.rng, dyes, against=garment.cloth.color))


def _dense(edge: Floats, *, curved: bool = False, count: int = 10) -> Floats:
    """Sample an edge evenly, straight between its knots or along a curve through them."""
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    steps = np.linspace(0, place[-1], count)
    if not curved:
        return np.stack([np.interp(steps, place, edge[:, axis]) for axis in (0, 1)], axis=1)
    knots = [list(zip(place.tolist(), edge[:, axis].tolist(), strict=True)) for axis in (0, 1)]
    return np.stack([profile(knot, steps) for knot in knots], axis=1)


def _tufts(panel: Panel, reach: float, garment: Garment) -> "skia.Path":
    """The outline of a leaf with hairs that stick out all around."""
    p = panel.points
    ring = np.concatenate([p[:, 0], p[-1, 1:], p[-2::-1, -1], p[0, -2:0:-1]])
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    steps = np.arange(0, place[-1], 0.7)
    dense = np.stack([np.interp(steps, place, ring[:, axis]) for axis in (0, 1)], axis=1)
    out = dense - dense.mean(axis=0)
    out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-9
    return polygon(dense + out * garment.rng.uniform(-0.2, 1.0, (len(dense), 1)) * reach)
