"""Threads that hang: fringes and tassels."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth, Rng
from attire.render.cloth.dyes import choose_dye
from attire.render.color import lightness, mixed
from attire.render.layer import Layer, Piece
from attire.render.panel import along
from attire.render.paths import Floats, Point, line, stroke
from attire.render.wardrobe.decorations.edges import across, from_shoulders, hems, neck_edge, spread
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.threads import comb, strands

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["fringe", "fringes", "tassel", "tassels"]


def fringes(garment: Garment) -> None:
    """Long threads below the hem, or across the yoke and down the sleeves."""
    rng, color = garment.rng, garment.cloth.color
    if rng.random() < 0.4:
        color = choose_dye(rng, against=color)
    yoke = from_shoulders(garment) and rng.random() < 0.4
    body = garment.body
    for edge in [across(body, min(16.0 / body.height, 0.5), (-0.9, 0.9), 24)] if yoke else hems(garment):
        piece = fringe(edge, float(rng.uniform(11, 17)), color, rng)
        garment.parts.append(piece)
        if not yoke:
            garment.additions.append(piece.layers[0].path)


def tassels(garment: Garment) -> None:
    """Two on cords at the neck, or a row along the hem."""
    rng = garment.rng
    color = choose_dye(rng, against=garment.cloth.color)
    if from_shoulders(garment) and rng.random() < 0.5:
        edge = neck_edge(garment, 1.5)
        x, y = edge[len(edge) // 2].tolist()
        for way, fall in ((-1, 11.0), (1, 14.0)):
            garment.parts.append(tassel((x + way * 0.8, y), 10.5, color, cord=(way * 2.6, fall)))
        return
    for edge in hems(garment):
        for at in (
            spread(edge, 6.0)[1:-1].tolist() if len(hems(garment)) == 1 else spread(edge, 6.0)[:-1].tolist()
        ):
            piece = tassel((at[0], at[1] - 1.0), 10.5, color)
            garment.parts.append(piece)
            garment.additions.append(piece.layers[0].path)


def fringe(edge: Floats, length: float, color: str, rng: Rng) -> Piece:
    """Hang threads from an edge.

    Args:
        edge: From left to right, centimetres, shape (N, 2).
        length: Centimetres.
        color: Hex.
        rng: Where their unevenness comes from.
    """
    starts = spread(edge, 1.15)
    sway = rng.normal(0, 0.35, len(starts))
    tips = starts + np.stack([sway, length * rng.uniform(0.9, 1.05, len(starts))], axis=1)
    light = mixed(color, "#ffffff", 0.4) if lightness(color) < 0.8 else mixed(color, "#806a50", 0.3)
    right = np.array([0.5, 0.0])
    lit, dark = strands(starts, tips), strands(starts + right, tips + right - np.array([0.0, length * 0.12]))

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(dark, painter.pen("#000000", 0.5, 0.45))
        painter.canvas.drawPath(lit, painter.pen(light, 0.8, 0.4))
        painter.canvas.drawPath(line(starts), painter.pen(mixed(color, "#000000", 0.35), 1.0, 1.4))

    path = comb(starts - (0.0, 0.7), tips, cleft=0.55)
    layer = Layer(path=path, cloth=Cloth(color=color, weave="smooth"), details=(draw,), thickness=0.7)
    return Piece(category="fringe", layers=(layer,), on_garment=True)


def tassel(at: Point, length: float, color: str, cord: Point = (0.0, 0.0)) -> Piece:
    """Hang a tassel.

    Args:
        at: Where it, or its cord, is fixed, centimetres.
        length: Of the tassel alone, centimetres.
        color: Hex.
        cord: From there to the tassel's head, centimetres.
    """
    x, y = at[0] + cord[0], at[1] + cord[1]
    knots = [(x, y), (x, y + 0.1 * length), (x, y + 0.24 * length), (x, y + 0.34 * length), (x, y + length)]
    body = along(knots, np.array([0.05, 0.15, 0.14, 0.1, 0.24]) * length, rows=14, columns=8)
    path = body.outline()
    if cord != (0.0, 0.0):
        path.addPath(stroke(line([at, (at[0] + cord[0] * 0.7, at[1] + cord[1] * 0.5), (x, y + 0.1)]), 0.7))
    fan = np.linspace(-0.85, 0.85, 6)
    starts = body.on(np.stack([fan, np.full(6, 0.36)], axis=1))
    tips = body.on(np.stack([fan, np.ones(6)], axis=1))
    threads, waist = strands(starts, tips), line(body.on([(-1, 0.33), (0, 0.35), (1, 0.33)]))
    pale = "#e9dcae" if lightness(color) < 0.7 else "#7a5b2a"

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(threads, painter.pen("#000000", 0.5, 0.3))
        painter.canvas.drawPath(waist, painter.pen(pale, 1.0, 0.9))

    cloth = Cloth(color=color, weave="smooth", gloss=0.2)
    layer = Layer(path=path, cloth=cloth, panels=(body,), details=(draw,), thickness=0.6)
    return Piece(category="tassel", layers=(layer,), on_garment=True)
