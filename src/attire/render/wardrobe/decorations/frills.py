"""Strips of cloth sewn on along a line: ruffles and ribbons."""

from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth, Rng
from attire.render.cloth.dyes import choose_dye
from attire.render.color import mixed
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library
from attire.render.wardrobe.decorations.edges import from_shoulders, hems, neck_edge, spread, waist
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["frill", "ribbon", "ribbon_band", "ruffle", "strip"]


def ruffle(garment: Garment) -> None:
    """Frills around the neck, down the front, or along the hem and cuffs."""
    rng = garment.rng
    cloth = garment.cloth
    if cloth.pattern != "plain (pattern)":
        cloth = Cloth(color=choose_dye(rng, against=cloth.color))
    elif rng.random() < 0.4:
        cloth = Cloth(color=mixed(cloth.color, "#ffffff", 0.55))
    lines: list[tuple[Floats, float]] = []
    place = str(rng.choice(["neck", "front", "hem"])) if from_shoulders(garment) else "hem"
    if place == "neck":
        lines = [(neck_edge(garment, 0.2), 8.5)]
    elif place == "front":
        first, last = garment.body.at(0, 0.24), garment.body.at(0, 0.9)
        lines = [(np.linspace(first, last, 9), 5.5), (np.linspace(last, first, 9), 5.5)]
    else:
        lines = [(line - (0.0, 4.5), 9.5) for line in hems(garment)]
    for sleeve in garment.sleeves if place != "neck" else []:
        lines.append((sleeve.on(np.stack([np.linspace(-1, 1, 7), np.full(7, 0.95)], axis=1)), 4.5))
    for line, depth in lines:
        piece = frill(line, depth, cloth, rng)
        garment.parts.append(piece)
        garment.additions.append(piece.layers[0].path)


def ribbon(garment: Garment) -> None:
    """A satin band around the waist or hem, its ends hanging from a knot."""
    rng = garment.rng
    color = choose_dye(rng, against=garment.cloth.color)
    line = waist(garment)
    garment.parts.append(
        ribbon_band(line, 4.2, color, tails=float(rng.uniform(18, 30)), at=float(rng.uniform(0.35, 0.65)))
    )


def frill(line: Floats, depth: float, cloth: Cloth, rng: Rng) -> Piece:
    """Sew a ruffle along a line.

    Args:
        line: Its seam, centimetres, shape (N, 2); it falls to the right of the way along the line.
        depth: How far it reaches from the seam, centimetres.
        cloth: What it is made of.
        rng: Where its unevenness comes from.
    """
    seam = spread(line, 0.55)
    sheet = strip(seam, depth, rows=6)
    _, t = sheet.grid()
    along = np.arange(len(seam)) * 0.55
    wave = 2 * np.pi * along / 3.6 + 0.8 * np.sin(along / rng.uniform(4, 7) + rng.uniform(0, 6))
    reach = (0.9 + 0.13 * np.cos(wave))[:, None]
    away = sheet.points - sheet.points[:1]
    points = sheet.points[:1] + away * (1 + (reach.T - 1)[..., None] * t[..., None])
    sheet = sheet.moved(lambda _: points).raised(1.3 * np.cos(wave)[None] * t**0.6 + 1.2 * t)
    valleys = [sheet.points[1:5, column] for column in np.flatnonzero(np.diff(np.sign(np.sin(wave))) > 0)]

    def folds(painter: "Painter") -> None:
        painter.canvas.drawPath(_lines(valleys), painter.pen("#000000", 0.4, 0.45))

    layer = Layer(path=sheet.outline(), cloth=cloth, panels=(sheet,), details=(folds,), thickness=1.0)
    return Piece(category="ruffle", layers=(layer,), on_garment=True)


def ribbon_band(line: Floats, width: float, color: str, *, tails: float = 0.0, at: float = 0.5) -> Piece:
    """Lay a satin ribbon along a line.

    Args:
        line: Its upper edge from left to right, centimetres, shape (N, 2).
        width: Centimetres.
        color: Hex.
        tails: Length of the ends that hang from its knot, centimetres; 0 leaves it untied.
        at: Where along the line the knot is, 0 … 1.
    """
    satin = Cloth(color=color, weave="smooth", gloss=0.4)
    sheet = strip(spread(line, 2.0), width, rows=4)
    sheet = sheet.raised(0.7 * np.sin(np.pi * sheet.grid()[1]) + 3.0 * np.sqrt(1 - sheet.grid()[0] ** 2))
    layers = [Layer(path=sheet.outline(), cloth=satin, panels=(sheet,), thickness=0.5)]
    if tails:
        x, y = sheet.points[2, round(at * (len(sheet.s) - 1))].tolist()
        for way, share in ((-1, 1.0), (1, 0.82)):
            spine = [(x, y), (x + way * 2.0, y + 0.35 * tails * share), (x + way * 3.4, y + tails * share)]
            tail = strip(spread(np.array(spine) - np.array([width * 0.4, 0.0]), 1.5), -width * 0.8, rows=4)
            tail = tail.raised(0.8 * np.sin(7 * tail.grid()[0]))
            layers.append(Layer(path=tail.outline(), cloth=satin, panels=(tail,), thickness=0.6))
        knot = strip(
            np.array([(x - 2.0, y - width * 0.55), (x, y - width * 0.65), (x + 2.0, y - width * 0.55)]),
            width * 1.2,
            rows=5,
        )
        knot = knot.raised(1.2 * np.sin(np.pi * knot.grid()[1]))
        layers.append(Layer(path=knot.outline(), cloth=satin, panels=(knot,), thickness=0.6))
    return Piece(category="ribbon", layers=tuple(layers), on_garment=True)


def strip(line: Floats, depth: float, rows: int) -> Panel:
    """Span a strip of cloth from a line to its right-hand side, ``depth`` centimetres deep."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    away = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    t = np.linspace(0, 1, rows)
    points = line[None] + away[None] * (depth * t)[:, None, None]
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    flat = np.stack(np.meshgrid(length, abs(depth) * t), axis=-1)
    return Panel(
        points=points, flat=flat, relief=np.zeros(flat.shape[:2]), s=np.linspace(-1, 1, len(line)), t=t
    )


def _lines(lines: list[Floats]) -> "skia.Path":
    skia = canvas_library()
    path = skia.Path()
    for points in lines:
        path.addPoly([skia.Point(x, y) for x, y in points.tolist()], False)
    return path
