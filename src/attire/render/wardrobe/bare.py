"""The catalogue of bare shoulders: tops that end below them, and what holds them up."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.panel import Panel, between
from attire.render.paths import Floats, Point, line, polygon, stroke, subtract, union
from attire.render.wardrobe.bands import edge_band
from attire.render.wardrobe.bodice import shoulder_y
from attire.render.wardrobe.collars import fitted
from attire.render.wardrobe.drape import gathers
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.necklines import label_edge

if TYPE_CHECKING:
    import skia

__all__ = ["BARE", "bare_shoulders", "bertha", "cut_armholes"]

Bare: TypeAlias = Callable[[Garment], "tuple[Floats, list[skia.Path]]"]
WIDE = 40.0


def tube(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Straight across the bust; nothing holds it."""
    y, dip = garment.taste.between(39.0, 42.0), garment.taste.between(0.0, 2.0)
    return _across(garment, [(-1, y + 2.5), (-0.5, y), (0, y + dip), (0.5, y), (1, y + 2.5)]), []


def camisole(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Thin straps, and an edge that dips between the breasts."""
    y, dip = garment.taste.between(37.5, 40.0), garment.taste.between(2.0, 7.0)
    places = [(-1, 45.5), (-0.72, y + 1.5), (-0.52, y), (0, y + dip), (0.52, y), (0.72, y + 1.5), (1, 45.5)]
    return _across(garment, places), _straps(garment, y + 1.0, garment.taste.between(0.8, 1.5))


def bustier(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Heart-shaped over the bust, with or without thin straps."""
    y = garment.taste.between(38.0, 40.5)
    x = np.linspace(0, 1, 15)
    heart = y + 4.2 * np.exp(-((x / 0.17) ** 2)) + 5.5 * np.clip((x - 0.5) / 0.5, 0, 1) ** 2
    half = list(zip(x.tolist(), heart.tolist(), strict=True))
    straps = _straps(garment, y + 1.5, 1.1) if garment.taste.often(0.5) else []
    return _across(garment, [*((-a, b) for a, b in half[:0:-1]), *half]), straps


def halter(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Rises from the armpits to a band around the neck."""
    low, neck = garment.taste.between(46.0, 48.0), garment.taste.between(6.0, 7.0)
    rise = [(-1.0, low), (-0.72, 42.0), (-0.5, 35.5), (-0.36, 30.4)]
    edge = _across(garment, [*rise, (-0.2, 31.6), (0, 32.4), (0.2, 31.6), *((-x, y) for x, y in rise[::-1])])
    loops = [
        fitted(garment, [(side * neck * 0.98, 31.0), (side * (neck - 0.2), 27.0), (side * 4.4, 24.5)])
        for side in (-1, 1)
    ]
    straps = [stroke(line(loop), 2.4) for loop in loops]
    garment.additions.extend(straps)
    return edge, straps


def one_shoulder(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Slants from one shoulder to the other armpit."""
    side = 1 if garment.taste.often(0.5) else -1
    places = [(-1.0, 46.0), (-0.72, 41.5), (-0.3, 36.5), (0.1, 32.2), (0.4, 28.5), (0.46, 25.0)]
    edge = _across(garment, places if side > 0 else [(-x, y) for x, y in places[::-1]])
    return edge, []


def off_shoulder(garment: Garment) -> "tuple[Floats, list[skia.Path]]":
    """Straight across breast and upper arms, below the shoulders."""
    y = garment.taste.between(36.0, 38.0)
    return _across(garment, [(-1, y), (-0.5, y + 1.2), (0, y + 1.8), (0.5, y + 1.2), (1, y)]), []


BARE: dict[str, Bare] = {
    "tube": tube,
    "camisole": camisole,
    "bustier": bustier,
    "halter": halter,
    "one shoulder": one_shoulder,
    "off shoulder": off_shoulder,
}
"""Upper edge of each in the pose, from left to right, shape (N, 2), and the straps that hold it."""


def bare_shoulders(garment: Garment, name: str, *, trim: str = "") -> Floats:
    """Cut a bodice off below the shoulders and label its upper edge as the neckline.

    Args:
        garment: Its body must begin at the shoulders.
        name: One of the catalogue.
        trim: Hex colour of a binding; empty for the garment's own.

    Returns:
        The edge in the pose from left to right, centimetres, shape (N, 2).
    """
    edge, straps = BARE[name](garment)
    above = polygon(
        np.concatenate([edge, [[WIDE, edge[-1, 1]], [WIDE, 5.0], [-WIDE, 5.0], [-WIDE, edge[0, 1]]]])
    )
    garment.cuts.append(subtract(above, union(straps)) if straps else above)
    label_edge(garment, edge, garment.outline(), trim=trim)
    return edge


def cut_armholes(garment: Garment, strap: float, ease: float, *, deep: float = 1.0, trim: str = "") -> None:
    """Cut the armholes of a sleeveless garment.

    Args:
        garment: Its body must begin at the shoulders.
        strap: Distance of the shoulder's outer end from the middle, centimetres.
        ease: Room over the body's half-width, centimetres; as given to the bodice.
        deep: How far they reach below the armpit, centimetres.
        trim: Hex colour of a binding; empty for the garment's own.
    """
    figure = garment.figure
    pit = (figure.half_width("armpit") + 0.6 + 0.8 * ease, 43.4 + 0.7 * ease + deep)
    top = shoulder_y(figure, strap)
    under = (min(strap + 0.3, figure.half_width("armpit") - 1.4), 41.5)
    for side in (-1, 1):
        knots = [(strap, top - 2.5), (strap, top), (strap - 0.7, 36.0), under, pit]
        edge = figure.pose(_curve([(side * x, y) for x, y in knots]))
        far = figure.pose(np.array([(side * WIDE, pit[1]), (side * WIDE, top - 2.5)]))
        garment.cuts.append(polygon(np.concatenate([edge, far])))
        inner = edge - np.array([side * 1.3, 0.0])
        edge_band(garment, edge, inner, color=trim)


def bertha(garment: Garment, edge: Floats, depth: float) -> Panel:
    """Hang a gathered flounce from the edge of bare shoulders over breast and upper arms.

    Args:
        garment: Gets the sheet.
        edge: Upper edge in the pose from left to right, centimetres, shape (N, 2).
        depth: Centimetres.
    """
    reach = [np.asarray(sleeve.points[0]) for sleeve in garment.sleeves]
    left = reach[0][0] if reach else edge[0]
    right = reach[1][-1] if reach else edge[-1]
    t = np.linspace(0, 1, 12)[:, None]
    flare = np.array([1.8, 0.0])
    sheet = between(
        left + t * (np.array([0.0, depth]) - flare), right + t * (np.array([0.0, depth]) + flare),
        bulge=8.0, sag=2.0, turn=garment.figure.turn, flare=1.0, columns=64,
    )  # fmt: skip
    s, down = sheet.grid()
    wave = gathers(sheet, garment.rng, top=0.5, bottom=1.1, count=8.0, reach=0.9 * depth)
    sheet = sheet.raised(wave)
    sheet = sheet.moved(lambda points: points + np.stack([0 * s, 0.5 * wave * down], axis=-1))
    garment.panels.append(sheet)
    return sheet


def _straps(garment: Garment, y: float, width: float) -> "list[skia.Path]":
    """Two straps from the edge, at a height, over the shoulders."""
    figure = garment.figure
    foot = 0.55 * figure.half_width("bust")
    top = min(foot + 1.5, 10.5)
    lines = [
        fitted(garment, [(side * foot, y + 1.5), (side * top, shoulder_y(figure, top) - 1.0)])
        for side in (-1, 1)
    ]
    return [stroke(line(points), width) for points in lines]


def _across(garment: Garment, places: Sequence[Point]) -> Floats:
    """Run a smooth edge through ``(share of the half-width, height)`` places of the straight body."""
    reach = garment.figure.half_width("armpit", 4.0)
    return fitted(garment, _curve([(x * reach, y) for x, y in places]))


def _curve(knots: Sequence[Point], count: int = 33) -> Floats:
    """Sample a Catmull-Rom curve through knots evenly in their number."""
    points = np.asarray(knots, float)
    ring = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    u = np.linspace(0, len(points) - 1 - 1e-9, count)
    i, f = u.astype(int), (u % 1)[:, None]
    a, b, c, d = (ring[i + k] for k in range(4))
    return np.asarray(b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a))))
