"""Openings that are tied: laced through eyelets, or wrapped and belted."""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.dyes import METAL, choose_dye
from attire.render.color import lightness, mixed
from attire.render.paths import Floats, canvas_library, line, polygon, smooth
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import (
    draw_on_front,
    front_of,
    places_along,
    shifted,
    show_opening,
    waist_t,
)

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["draw_tie", "lace_up", "wrapping"]


def lace_up(garment: Garment) -> None:
    """A cord that criss-crosses over a slit, through two columns of eyelets, and ends in a bow."""
    front = front_of(garment, through=False)
    middle = (front.left + front.right) / 2 if len(front.left) == len(front.right) else front.left
    reach = min(garment.taste.between(20.0, 30.0), 0.9 * float(np.ptp(middle[:, 1])))
    middle = middle[middle[:, 1] <= middle[0, 1] + reach]
    half, cord = garment.taste.between(2.6, 3.6), choose_dye(garment.rng, against=garment.cloth.color)
    places = places_along(middle, garment.taste.between(3.6, 4.8), 1.5, 1.0)
    metal = choose_dye(garment.rng, METAL, against=garment.cloth.color)
    slit = np.concatenate([shifted(middle, -half * 0.55), shifted(middle, half * 0.55)[::-1]])

    def draw(painter: "Painter") -> None:
        beneath = mixed(garment.cloth.color, "#000000", 0.72)
        painter.solid(polygon(slit), beneath)
        for side in (-1, 1):
            painter.seam(shifted(middle, side * half * 0.55), 0.6, 0.4)
            painter.seam(shifted(middle, side * (half + 1.4)), 0.4)
        _lacing(painter, places, half, cord, metal)
        x, y = places[-1].tolist()
        draw_bow(painter, (x, y + 1.0), cord)

    show_opening(garment, [middle], 2 * half)
    draw_on_front(garment, draw)


def wrapping(garment: Garment) -> None:
    """One half laps slantwise over the other; a belt of the same cloth ties it at the side of the waist."""
    side, body, waist = (-1 if garment.taste.often(0.5) else 1), garment.body, waist_t(garment)
    knot, lower = side * garment.taste.between(0.35, 0.6), side * garment.taste.between(0.15, 0.5)
    slant = [(-side * 0.95 * (1 - k) + knot * 1.25 * k, waist * k) for k in np.linspace(0, 1, 12)]
    fall = [(knot * 1.25 * (1 - k) + lower * k, waist + (1 - waist) * k) for k in np.linspace(0.06, 1, 12)]
    if waist < 0.1:
        slant = []
    edges = [body.on(np.array(part)) for part in (slant, fall) if part]
    skirt = garment.skirt
    if skirt is not None and skirt is not body:
        edges = [*edges[:1], skirt.on([(knot + (lower - knot) * k, k) for k in np.linspace(0, 1, 12)])]
    across = body.on([(s, waist) for s in np.linspace(-1.0, 1.0, 15)])
    light = lightness(garment.cloth.color) > 0.3
    tie = mixed(garment.cloth.color, "#000000" if light else "#ffffff", 0.22)

    def draw(painter: "Painter") -> None:
        for edge in edges:
            painter.shadow(polygon(np.concatenate([edge, shifted(edge, -side * 1.2)[::-1]])), 1.0, 0.7)
            painter.seam(edge, 0.75, 0.55)
            painter.seam(shifted(edge, -side * 1.6), 0.3)
        draw_tie(painter, across, body.at(knot, waist), tie)

    show_opening(garment, edges or [across], 5.0)
    draw_on_front(garment, draw)


def draw_tie(painter: "Painter", across: Floats, knot: tuple[float, float], color: str) -> None:
    """Draw a tied belt of cloth: a band along ``across`` (N, 2), a knot and two hanging ends; centimetres."""
    band = polygon(np.concatenate([across - (0, 2.1), np.add(across, (0, 2.1))[::-1]]))
    x, y = knot
    ends = [
        smooth(np.add(points, (x, y)), 0.35)
        for points in (
            [(-1.2, 0), (1.0, 0), (-1.0, 11), (-2.4, 22), (-6.0, 21), (-4.2, 11)],
            [(-1.0, 0), (1.4, 0), (3.8, 9), (5.6, 18), (2.4, 18.6), (1.0, 10)],
        )
    ]
    heart = smooth(
        np.add([(-2.4, -2.4), (0.6, -2.8), (2.6, -1.6), (2.4, 2.2), (-0.4, 2.9), (-2.6, 1.8)], (x, y))
    )
    for path in (band, *ends, heart):
        painter.shadow(path, 0.9, 0.6)
        painter.solid(path, color)
        painter.canvas.drawPath(path, painter.pen("#000000", 0.55, 0.35))
    for offset in (-0.8, 0.7):
        painter.canvas.drawPath(line(np.add(across, (0, offset))), painter.pen("#000000", 0.22, 0.4))
    for a, b in (((0.2, 2.0), (-3.4, 20.0)), ((0.6, 2.0), (3.6, 16.0)), ((-1.4, -1.4), (1.2, 2.0))):
        painter.canvas.drawLine(x + a[0], y + a[1], x + b[0], y + b[1], painter.pen("#000000", 0.3, 0.35))


def draw_bow(painter: "Painter", center: tuple[float, float], color: str) -> None:
    """Draw a small bow of cord with hanging ends; centimetres."""
    x, y = center
    loops = [
        [(0, 0), (-3.4, -1.8), (-4.6, 0.2), (-3.2, 1.8), (0, 0)],
        [(0, 0), (3.4, -1.8), (4.6, 0.2), (3.2, 1.8), (0, 0)],
        [(0, 0), (-1.8, 3.4), (-2.2, 7.5)],
        [(0, 0), (1.6, 3.0), (2.6, 8.2)],
    ]
    path = canvas_library().Path()
    for loop in loops:
        path.addPath(line(np.add(loop, (x, y))))
    painter.canvas.drawPath(path, painter.pen("#000000", 0.45, 1.0))
    painter.canvas.drawPath(path, painter.pen(color, 1.0, 0.65))
    painter.stud((x, y), 0.7, color)


def _lacing(painter: "Painter", places: Floats, half: float, cord: str, metal: str) -> None:
    path = canvas_library().Path()
    for upper, lower in pairwise(places):
        for side in (-1, 1):
            path.moveTo(*np.add(upper, (side * half, 0)).tolist())
            path.lineTo(*(lower - (side * half, 0)).tolist())
    path.moveTo(*(places[0] - (half, 0)).tolist())
    path.lineTo(*(places[0] + (half, 0)).tolist())
    for place in places:
        for side in (-1, 1):
            painter.stud((float(place[0] + side * half), float(place[1])), 0.75, metal)
    painter.canvas.drawPath(path, painter.pen("#000000", 0.5, 1.15))
    painter.canvas.drawPath(path, painter.pen(cord, 1.0, 0.75))
