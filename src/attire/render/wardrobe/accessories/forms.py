"""Small solid forms that accessories are built of: strips, pads, loops and metal fittings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import LEATHER, METAL
from attire.render.layer import Detail, Layer, Piece
from attire.render.panel import Panel, along, between, profile
from attire.render.paths import Floats, Point, polygon, smooth, subtract, union
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste

if TYPE_CHECKING:
    import skia

__all__ = [
    "Worn",
    "arc",
    "fitting",
    "frame_buckle",
    "front",
    "leather",
    "metal",
    "pad",
    "placed",
    "sewn",
    "strip",
    "widened",
]

Worn = Literal["body", "head", "hand"]


def leather(taste: Taste, *dyes: str) -> Cloth:
    """Leather, suede or patent in one of the usual (or the given) colours."""
    gloss = float(taste.rng.choice([0.0, 0.3, 0.45, 0.8], p=[0.2, 0.35, 0.3, 0.15]))
    return Cloth(color=str(taste.rng.choice(dyes or LEATHER)), weave="smooth", gloss=gloss)


def metal(taste: Taste) -> Cloth:
    """Gold, silver, bronze or gunmetal."""
    return Cloth(color=str(taste.rng.choice(METAL)), weave="smooth", gloss=0.7)


def front(figure: Figure, places: Sequence[Point] | Floats) -> Floats:
    """Put straight-body points, shape (N, 2), on the front of the torso as it turns and leans."""
    x, y = np.asarray(places, float).T
    knots = [
        (LEVEL["neck"], 6.0), (LEVEL["armpit"], figure.half_width("armpit")),
        (LEVEL["waist"], figure.half_width("waist")), (LEVEL["hip"], figure.half_width("hip")),
    ]  # fmt: skip
    half = profile(knots, y)
    turn = figure.turn * half * np.clip(1 - (x / half) ** 2, 0, 1)
    return figure.pose(np.stack([x + turn, y], axis=1))


def placed(points: Sequence[Point] | Floats, origin: Point, degrees: float = 0.0) -> Floats:
    """Turn points, shape (N, 2), clockwise around (0, 0) and move that to ``origin``."""
    angle = np.radians(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    moved: Floats = np.asarray(points, float) @ np.array([[cos, sin], [-sin, cos]]) + np.asarray(origin)
    return moved


def arc(start: Point, end: Point, rise: Point, count: int = 9) -> Floats:
    """Lead a parabola from one point to another, its middle moved by ``rise``, shape (count, 2)."""
    u = np.linspace(0, 1, count)[:, None]
    a, b, lift = (np.asarray(p, float) for p in (start, end, rise))
    return np.asarray(a * (1 - u) + b * u + 4 * u * (1 - u) * lift)


def strip(
    spine: Sequence[Point] | Floats,
    half: float | Sequence[float] | Floats,
    *,
    thickness: float = 0.35,
    rows: int = 16,
    columns: int = 6,
) -> Panel:
    """Lay a flat band along a spine.

    Args:
        spine: Its middle in centimetres, shape (N, 2).
        half: Half its width, centimetres, once or for every knot.
        thickness: How round it is: 0 a flat tape, 1 a tube.
        rows: Points along.
        columns: Points across.
    """
    knots = np.asarray(spine, float)
    widths = np.broadcast_to(np.asarray(half, float), len(knots))
    band = along(knots, widths, rows=rows, columns=columns)
    return replace(band, relief=band.relief * thickness)


def pad(
    knots: Sequence[Point],
    origin: Point,
    *,
    degrees: float = 0.0,
    depth: float = 2.0,
    sharp: float = 6.0,
    sag: float = 0.0,
    rows: int = 12,
    columns: int = 12,
) -> Panel:
    """Fill a case: flat in front, round at its edges, like the front of a bag.

    Args:
        knots: ``(down, half-width)`` from its top to its bottom, centimetres.
        origin: The middle of its top edge.
        degrees: Clockwise turn around it.
        depth: How far it stands out, centimetres.
        sharp: 2 is a cushion, 8 a box.
        sag: How far the middle of its rows hangs down, centimetres.
        rows: Points down.
        columns: Points across.
    """
    top, bottom = knots[0][0], knots[-1][0]
    down = (1 - np.cos(np.linspace(0, np.pi, rows))) / 2
    y = top + (bottom - top) * down
    half = profile(knots, y)
    sheet = between(
        np.stack([-half, y], axis=1), np.stack([half, y], axis=1), bulge=0.0, sag=sag * down, columns=columns
    )
    s, t = sheet.grid()
    round_ = (1 - np.abs(s) ** sharp) * (1 - np.abs(2 * t - 1) ** sharp)
    sheet = replace(sheet, relief=depth * np.sqrt(np.clip(round_, 0, 1)))
    return sheet.moved(lambda points: placed(points.reshape(-1, 2), origin, degrees).reshape(points.shape))


def widened(panel: Panel, centimetres: float | Floats) -> Panel:
    """Let a sheet reach further on both sides (shape (R,) for every row): what is worn over a limb."""
    middle = (panel.points[:, :1] + panel.points[:, -1:]) / 2
    half = np.linalg.norm(panel.points[:, -1] - panel.points[:, 0], axis=1) / 2
    grow = 1 + np.asarray(centimetres, float) / np.maximum(half, 0.1)
    return replace(
        panel,
        points=middle + (panel.points - middle) * grow[:, None, None],
        relief=panel.relief * grow[:, None],
    )


def sewn(
    category: str,
    panels: Sequence[Panel],
    cloth: Cloth,
    *,
    details: Sequence[Detail] = (),
    worn: Worn = "body",
    path: "skia.Path | None" = None,
    before: Sequence[Layer] = (),
    after: Sequence[Layer] = (),
    thickness: float = 0.8,
    on_garment: bool = False,
    attributes: Sequence[str] = (),
) -> Piece:
    """Make one piece of panels of one cloth, with more layers before or after where it has several."""
    path = union(panel.outline() for panel in panels) if path is None else path
    layer = Layer(path=path, cloth=cloth, panels=tuple(panels), details=tuple(details), thickness=thickness)
    return Piece(
        category=category, layers=(*before, layer, *after), worn=worn, on_garment=on_garment,
        attributes=tuple(attributes),
    )  # fmt: skip


def fitting(
    category: str, outline: "skia.Path", cloth: Cloth, *, worn: Worn = "body", hole: "skia.Path | None" = None
) -> Piece:
    """Set a metal part on an accessory: labelled to its outer edge, open where it has a hole."""
    ring = outline if hole is None else subtract(outline, hole)
    layer = Layer(path=ring, cloth=cloth, thickness=0.35)
    return Piece(category=category, layers=(layer,), marks=(outline,), on_garment=True, worn=worn)


def frame_buckle(
    center: Point, width: float, height: float, cloth: Cloth, *, degrees: float = 0.0, worn: Worn = "body"
) -> Piece:
    """Set a frame with a prong on a belt or strap that runs across it; sizes in centimetres."""
    x, y, bar = width / 2, height / 2, max(0.45, 0.17 * min(width, height))

    def ring(shrink: float) -> Floats:
        a, b = x - shrink, y - shrink
        corners = [(-a, -b), (0, -b), (a, -b), (a, 0), (a, b), (0, b), (-a, b), (-a, 0)]
        return placed(corners, center, degrees)

    prong = polygon(placed([(-x, -0.25), (x, -0.2), (x, 0.2), (-x, 0.25)], center, degrees))
    hole = subtract(smooth(ring(bar), 0.35), prong)
    return fitting("buckle", smooth(ring(0.0), 0.35), cloth, worn=worn, hole=hole)
