"""Fronts of jackets and coats: the neck cut down to where edges meet, or a gap all the way to the hem."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.color import mixed
from attire.render.layer import Layer
from attire.render.panel import between, profile
from attire.render.paths import Floats, polygon
from attire.render.person import LEVEL
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import draw_on_front, shifted

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["choose_lining", "cut_front", "hang_back", "turn_back"]


def cut_front(garment: Garment, *, neck: float, meet: float, gap: float = 0.0) -> tuple[Floats, Floats]:
    """Cut a front whose edges run from the neck to where they come closest, and on to the hem.

    Args:
        garment: Its body must begin at the shoulders.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        meet: Height where the edges meet, or come closest, centimetres below the crown.
        gap: How far each edge lies from the middle at the hem, centimetres; 0 closes it below ``meet``.

    Returns:
        Left and right edge from the neck to ``meet``, where lapels fold back, centimetres, shape (N, 2).
    """
    body = garment.body
    meet = min(meet, body.at(0.0, 1.0)[1] - 5)
    stance = body.t_for(meet)
    edges = []
    for side in (-1, 1):
        wide = gap * garment.taste.between(0.75, 1.25)
        close = wide * garment.taste.between(0.3, 0.6)
        knots = [(0.0, neck - 0.3), (stance, close), (1.0, wide)]
        if gap and meet < LEVEL["waist"] - 8:
            waist = close + (wide - close) * garment.taste.between(0.2, 0.5)
            knots.insert(2, (body.t_for(LEVEL["waist"]), waist))
        t = np.unique(np.concatenate([np.linspace(0, 1, 28), [stance]]))
        across = np.where(t < stance, np.interp(t, *np.array(knots).T), profile(knots, t))
        places = [(body.s_for(side * x, down), down) for x, down in zip(across, t, strict=True)]
        edges.append(body.on(places))
    left, right = edges
    roll = t <= stance + 1e-9
    if gap:
        _raise_edges(garment, left, right)
        garment.front = (left, right)
        ends = np.array([left[-1] + (0, 5), right[-1] + (0, 5)])
        hole = np.concatenate([left, ends, right[::-1]])
    else:
        hole = np.concatenate([left[roll], right[roll][::-1]])
    above = np.array([right[0] - (0, 12), left[0] - (0, 12)])
    garment.cuts.append(polygon(np.concatenate([hole, above])))
    return left[roll], right[roll]


def choose_lining(garment: Garment, share: float = 0.25) -> Cloth | None:
    """Line a garment with a bright cloth now and then, and say so; None leaves its own inside."""
    if not garment.taste.often(share, "lining"):
        return None
    garment.say("lining")
    color = choose_dye(garment.rng, against=garment.cloth.color)
    return Cloth(color=color, weave="smooth", gloss=0.35)


def hang_back(garment: Garment, lining: Cloth | None, *, lift: float = 2.5) -> None:
    """Show the inside of the back behind neck and legs.

    Args:
        garment: Gets the layer.
        lining: What the inside is made of; by default the garment's cloth.
        lift: How much higher the back's hem looks than the front's, centimetres.
    """
    body = garment.body
    inside = lining or garment.cloth
    inside = replace(inside, color=mixed(inside.color, "#000000", 0.15 if lining else 0.38), gloss=0.0)
    left, right = body.points[:, 0], body.points[:, -1]
    rise = np.linspace(0, lift, len(left))[:, None] * (0, 1)
    hem = (right[-1] - left[-1]) * np.array([[0.5, 0.0]]) + left[-1] - (0, lift * 1.6)
    neck = np.array([left[0] + (1.5, -1.8), right[0] - (1.5, 1.8)])
    points = np.concatenate([left - rise, hem, (right - rise)[::-1], neck[::-1]])
    garment.behind.append(Layer(path=polygon(points), cloth=inside, behind=True, thickness=0.0))


def turn_back(garment: Garment, lining: Cloth) -> None:
    """Let the edges of an open front turn outwards below the breast, so that the lining is seen."""
    if garment.front is None:
        return
    taste, flaps = garment.taste, []
    for side, edge in zip((-1, 1), garment.front, strict=True):
        start = int(taste.between(0.3, 0.5) * len(edge))
        lower = edge[start:]
        wide = taste.between(4.5, 8.0) * np.linspace(0, 1, len(lower)) ** 0.7
        outer = lower + np.stack([side * wide, -0.12 * wide], axis=1)
        pair = (lower, outer) if side > 0 else (outer, lower)
        flaps.append(between(*pair, bulge=1.6, columns=7))

    def draw(painter: "Painter") -> None:
        for flap in flaps:
            painter.shadow(flap.outline(), 0.9, 0.6)
            painter.sheet(flap, lining)
            painter.canvas.drawPath(flap.outline(), painter.pen("#000000", 0.5, 0.35))

    draw_on_front(garment, draw)


def _raise_edges(garment: Garment, left: Floats, right: Floats) -> None:
    """Let the cloth curl towards the viewer along both edges, and stitch them."""
    body = garment.body
    grid_y = body.points[..., 1]
    relief = np.zeros_like(body.relief)
    for edge in (left, right):
        x = np.interp(grid_y, edge[:, 1], edge[:, 0])
        relief += 0.9 * np.exp(-(((body.points[..., 0] - x) / 2.4) ** 2))
    garment.replace_panel(body, body.raised(relief))

    def draw(painter: "Painter") -> None:
        painter.seam(shifted(left, -1.0), 0.22, 0.25)
        painter.seam(shifted(right, 1.0), 0.22, 0.25)

    draw_on_front(garment, draw)
