"""Openings with buttons: one row, two rows, and the toggles of a duffle coat."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth.dyes import DYES, METAL, choose_dye
from attire.render.color import lightness, mixed
from attire.render.paths import Floats, line, smooth
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import (
    draw_on_front,
    front_of,
    places_along,
    shifted,
    show_opening,
)

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["double_breasted", "single_breasted", "toggled"]

WOOD = ("#6e4526", "#c9a06a", "#3b2417", "#e8dcc0")


def single_breasted(garment: Garment) -> None:
    """One row of buttons down the edge that laps over the other."""
    front, radius = front_of(garment), _button_radius(garment)
    color, step = _button_color(garment), garment.taste.between(8.0, 11.5) * (0.7 + 0.25 * radius)
    lap = 1.1 + 0.8 * radius
    places = places_along(shifted(front.right, 0.0 if front.closed else lap + 0.4), step, 2.5, 4.0)

    def draw(painter: "Painter") -> None:
        for edge in (-1, 1) if front.closed else ():
            painter.seam(shifted(front.right, edge * lap), 0.55 if edge > 0 else 0.3, 0.4)
        if not front.closed:
            painter.seam(shifted(front.right, 2 * lap + 0.6), 0.3)
            painter.seam(shifted(front.left, -2 * lap - 0.6), 0.3)
            _buttonholes(painter, places_along(shifted(front.left, -lap - 0.4), step, 2.5, 4.0), radius)
        _row(painter, places, radius, color)

    show_opening(garment, [front.right], 2 * radius + 1.0)
    draw_on_front(garment, draw)


def double_breasted(garment: Garment) -> None:
    """Two rows of buttons; one half laps far over the other."""
    front, radius = front_of(garment), _button_radius(garment) + 0.25
    color, half = _button_color(garment), garment.taste.between(5.0, 7.0)
    step, reach = garment.taste.between(9.0, 13.0), garment.taste.between(30.0, 60.0)
    row = _upper(front.right, reach)
    if front.closed:
        columns = [shifted(row, -half), shifted(row, half)]
    else:
        left = _upper(front.left, reach)
        columns = [shifted(left, -half - 1.5), shifted(row, 2.6), shifted(row, half + 6.0)]

    def draw(painter: "Painter") -> None:
        if front.closed:
            lap = shifted(front.right, half + 2.6)
            lap[0] += (-half, -2.0)
            painter.seam(lap, 0.7, 0.55)
            painter.seam(shifted(lap, -0.9), 0.25)
        for column in columns:
            _row(painter, places_along(column, step, 4.0, 1.0), radius, color)

    show_opening(garment, columns, 2 * radius + 1.0)
    draw_on_front(garment, draw)


def toggled(garment: Garment) -> None:
    """Toggles of horn or wood that go through loops of cord on leather patches."""
    front, rng = front_of(garment), garment.rng
    plain = garment.cloth.pattern == "plain (pattern)"
    cords = DYES if plain else ("#f4f1ea", "#17120f")
    wood, cord = str(rng.choice(WOOD)), choose_dye(rng, cords, against=garment.cloth.color)
    if abs(lightness(wood) - lightness(garment.cloth.color)) < 0.2:
        wood = WOOD[3] if lightness(garment.cloth.color) < 0.5 else WOOD[2]
    reach = garment.taste.between(38.0, 56.0)
    step = garment.taste.between(11.0, 15.0)
    left, right = (places_along(_upper(edge, reach), step, 5.0, 1.0) for edge in (front.left, front.right))

    def draw(painter: "Painter") -> None:
        if front.closed:
            painter.seam(shifted(front.right, 2.6), 0.6, 0.5)
        for side, places in ((-1, left), (1, right)):
            for x, y in places.tolist():
                _patch(painter, x + side * (6.5 if front.closed else 5.0), y, side, cord)
        for a, b in zip(left.tolist(), right.tolist(), strict=False):
            middle = (a[0], a[1]) if front.closed else (b[0] + 1.5, b[1])
            _toggle(painter, middle, a[0] - 5.0, b[0] + 5.0, wood, cord, closed=front.closed)

    show_opening(garment, [_upper(front.left, reach), _upper(front.right, reach)], 8.0)
    draw_on_front(garment, draw)


def _button_radius(garment: Garment) -> float:
    coat = garment.category in ("coat", "jacket", "cape", "cardigan")
    return garment.taste.between(1.25, 1.7) if coat else garment.taste.between(0.95, 1.2)


def _button_color(garment: Garment) -> str:
    """Metal, horn or a dye, but never one that the cloth swallows."""
    metal = METAL if garment.taste.often(0.35) else (*METAL, "#17120f", "#f4f1ea", "#6e4526")
    return choose_dye(garment.rng, metal, against=garment.cloth.color)


def _upper(edge: Floats, reach: float) -> Floats:
    """The first centimetres of a line."""
    short = edge[edge[:, 1] <= edge[0, 1] + reach]
    return short if len(short) > 1 else edge


def _row(painter: "Painter", places: Floats, radius: float, color: str) -> None:
    dark = painter.pen(mixed(color, "#000000", 0.75), 0.9, radius * 0.22)
    for x, y in places.tolist():
        painter.stud((x, y), radius, color)
        for hole in (-0.22, 0.22):
            painter.canvas.drawPoint(x + hole * radius, y, dark)


def _buttonholes(painter: "Painter", places: Floats, radius: float) -> None:
    pen = painter.pen("#000000", 0.55, 0.4)
    for x, y in places.tolist():
        painter.canvas.drawLine(x - radius, y, x + radius * 0.6, y, pen)


def _patch(painter: "Painter", x: float, y: float, side: int, color: str) -> None:
    """A small shield of leather that holds the cord."""
    shield = np.array([(0.0, -1.8), (2.8, -2.2), (4.0, 0.0), (2.8, 2.2), (0.0, 1.8)]) * (side, 1)
    path = smooth(np.add(shield, (x, y)), 0.3)
    painter.shadow(path, 0.4)
    painter.solid(path, mixed(color, "#000000", 0.25))
    painter.canvas.drawPath(path, painter.pen("#000000", 0.5, 0.25))


def _toggle(
    painter: "Painter",
    middle: tuple[float, float],
    left: float,
    right: float,
    wood: str,
    cord: str,
    *,
    closed: bool,
) -> None:
    """A spindle across, with cords to the patches that are near enough."""
    x, y = middle
    pen = painter.pen(cord, 1.0, 0.7)
    dark = painter.pen("#000000", 0.5, 1.15)
    for end in (left, right) if closed else (right,):
        for lift in (-0.8, 0.8):
            cords = line([(x, y + 0.3 * lift), ((x + end) / 2, y + lift), (end, y + lift * 0.5)])
            painter.canvas.drawPath(cords, dark)
            painter.canvas.drawPath(cords, pen)
    if not closed:
        loop = line(
            [(left, y - 0.5), (left + 3.6, y - 0.9), (left + 4.4, y), (left + 3.6, y + 0.9), (left, y + 0.5)]
        )
        painter.canvas.drawPath(loop, pen)
    shape = [(-3.3, 0), (-1.6, -1.2), (1.6, -1.2), (3.3, 0), (1.6, 1.2), (-1.6, 1.2)]
    spindle = smooth(np.add(shape, (x, y)), 0.9)
    painter.shadow(spindle, 0.6)
    painter.solid(spindle, wood)
    painter.canvas.drawPath(spindle, painter.pen("#000000", 0.6, 0.25))
    painter.canvas.drawLine(x - 1.6, y - 0.4, x + 1.6, y - 0.4, painter.pen("#ffffff", 0.5, 0.35))
