"""Many small hard things sewn on: beads, rivets and sequins."""

from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.cloth import Cloth, Rng
from attire.render.cloth.dyes import METAL, choose_dye
from attire.render.color import mixed
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library, intersect, subtract, union
from attire.render.wardrobe.decorations.edges import across, from_shoulders, hems, neck_edge, spread, waist
from attire.render.wardrobe.finishes.places import drape, legs
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["beads", "rivets", "sequined", "sequins", "studs"]

BEADS = ("#f3ece0", "#e3c56a", "#c9d3dc", "#2f8f9d", "#c2334d", "#17181c", "#7fb3a6")


def beads(garment: Garment) -> None:
    """Rows around the neck, else above the hem or along the waist."""
    rng = garment.rng
    color = choose_dye(rng, BEADS, garment.cloth.color)
    way = 1.9
    if from_shoulders(garment):
        lines = [neck_edge(garment, 1.4)]
    elif rng.random() < 0.4:
        lines = [waist(garment)]
    else:
        lines, way = [line - np.array([0.0, 2.5]) for line in hems(garment)], -1.9
    for line in lines:
        rows = [spread(line + np.array([0.0, way * row]), 1.9) for row in range(4)]
        garment.parts.append(studs("bead", np.concatenate(rows), 0.85, color))


def rivets(garment: Garment) -> None:
    """Metal studs over the shoulders, along seams, the waistband or the hem."""
    rng = garment.rng
    color = str(rng.choice(METAL[:2] + METAL[3:4]))
    body = garment.body
    if from_shoulders(garment):
        lines = [
            body.on(np.stack([np.linspace(way * 0.45, way * 0.93, 6), np.full(6, t)], axis=1))
            for way in (-1, 1)
            for t in np.array([7.0, 10.0, 13.0]) / body.height
        ]
        lines += [line - (0.0, 2.0) for line in hems(garment)]
    else:
        lines = [
            across(panel, t)
            for panel in legs(garment) or [drape(garment)]
            for t in np.array([2.0, 5.0]) / panel.height
        ]
        lines += [
            panel.on(np.stack([np.full(9, s), np.linspace(0.1, 0.6, 9)], axis=1))
            for panel in legs(garment) or [body]
            for s in ((-0.8, 0.8) if not legs(garment) else (0.75 * np.sign(panel.at(0, 0.5)[0]),))
        ]
    points = np.concatenate([spread(line, 2.9) for line in lines])
    garment.parts.append(studs("rivet", points, 1.0, color, metal=True))


def sequined(garment: Garment) -> None:
    """Glittering discs all over, or on the upper part alone."""
    rng = garment.rng
    color = str(rng.choice(["#d9b65a", "#c3c9d1", garment.cloth.color, "#b04a6a", "#2f6f73", "#23242b"]))
    panels = [garment.body] if from_shoulders(garment) or not legs(garment) else legs(garment)
    if garment.skirt is not None and rng.random() < 0.5:
        panels = [garment.body, garment.skirt] if garment.skirt is not garment.body else [garment.body]
    whole = garment.outline()
    if garment.sleeves:
        whole = subtract(whole, union(sleeve.outline() for sleeve in garment.sleeves))
    for panel in panels:
        garment.parts.append(sequins(panel, intersect(panel.outline(), whole), color, rng))


def studs(category: str, points: Floats, radius: float, color: str, *, metal: bool = False) -> Piece:
    """Set beads or rivets, all labelled as one.

    Args:
        category: "bead" or "rivet".
        points: Where they are, centimetres, shape (N, 2).
        radius: Of each, centimetres.
        color: Hex.
        metal: Whether they mirror: a harder glint and a darker rim.
    """
    path = canvas_library().Path()
    for x, y in points.tolist():
        path.addCircle(x, y, radius * 1.15)
    rim, dome = mixed(color, "#000000", 0.62 if metal else 0.45), mixed(color, "#ffffff", 0.15)

    def draw(painter: "Painter") -> None:
        right, down, _ = painter.light.direction
        shift = np.array([right, down]) * radius
        _dots(painter, points, rim, 1.0, radius * 2.3)
        _dots(painter, points + shift * 0.08, color, 1.0, radius * 1.85)
        _dots(painter, points + shift * 0.25, dome, 0.8, radius * 1.2)
        _dots(
            painter,
            points + shift * 0.42,
            "#ffffff",
            0.95 if metal else 0.75,
            radius * (0.8 if metal else 0.6),
        )

    layer = Layer(path=path, cloth=Cloth(color=color, weave="smooth"), details=(draw,), thickness=0.35)
    return Piece(category=category, layers=(layer,), on_garment=True)


def sequins(panel: Panel, path: "skia.Path", color: str, rng: Rng) -> Piece:
    """Cover an area of a sheet with sequins.

    Args:
        panel: What they are sewn on.
        path: The area, centimetres.
        color: Hex.
        rng: Which of them glitter.
    """
    pitch = 1.9
    s = np.arange(-1, 1, 2 * pitch / max(panel.width, 1))
    t = np.arange(0, 1, 0.8 * pitch / max(panel.height, 1))
    place = np.stack(np.meshgrid(s, t), axis=-1)
    place[1::2, :, 0] += pitch / max(panel.width, 1)
    points = panel.on(np.clip(place.reshape(-1, 2), (-1, 0), (1, 1)))
    shade = rng.choice(5, len(points), p=[0.22, 0.34, 0.28, 0.11, 0.05])
    tones = [
        mixed(color, "#000000", 0.5),
        mixed(color, "#000000", 0.2),
        color,
        mixed(color, "#ffffff", 0.5),
        "#ffffff",
    ]

    def draw(painter: "Painter") -> None:
        for i, tone in enumerate(tones):
            _dots(painter, points[shade == i], tone, 0.7 if i < 3 else 0.95, pitch * (0.98 if i < 4 else 0.7))

    cloth = Cloth(color=mixed(color, "#000000", 0.25), weave="smooth", gloss=0.6)
    layer = Layer(path=path, cloth=cloth, panels=(panel,), details=(draw,), thickness=0.2)
    return Piece(category="sequin", layers=(layer,), on_garment=True)


def _dots(painter: "Painter", points: Floats, color: str, alpha: float, size: float) -> None:
    skia: Any = canvas_library()
    places = [skia.Point(x, y) for x, y in points.tolist()]
    painter.canvas.drawPoints(
        skia.Canvas.PointMode.kPoints_PointMode, places, painter.pen(color, alpha, size)
    )
