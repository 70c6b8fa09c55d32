"""Finishes that take cloth away: slits, cutouts and perforation."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.color import lightness, mixed
from attire.render.layer import Layer
from attire.render.panel import Panel
from attire.render.paths import (
    Floats,
    canvas_library,
    intersect,
    polygon,
    smooth,
    stroke,
    subtract,
    union,
)
from attire.render.person import LEVEL
from attire.render.wardrobe.finishes.places import drape, front_middle, legs, on_sheet, sheets
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["cutout", "perforated", "slit"]


def slit(garment: Garment) -> None:
    """A long cut from the hem that opens over a leg; on short tops at the side."""
    panel, rng = drape(garment), garment.rng
    hem = float(panel.points[-1, :, 1].mean())
    high = hem > LEVEL["hip"] + 14
    reach = rng.uniform(0.45, 0.72) if high else 12.0 / max(panel.height, 1)
    if high and panel.height > 70:
        reach = min(reach, (hem - LEVEL["crotch"] - 2) / panel.height)
    top = 1 - float(reach)
    leg = garment.figure.legs[int(rng.integers(2))]
    away = (leg[1][0] - panel.at(0, (1 + top) / 2)[0]) / max(panel.width / 2, 1)
    s = float(np.clip(away, -0.7, 0.7)) if high else float(rng.choice([-0.62, 0.62]))
    half = float(np.clip(rng.uniform(6.0, 8.5) if high else 4.0, 0, panel.width * 0.3)) * 2 / panel.width
    places = [(s, top), (s + half * 0.38, top + 0.4 * reach), (s + half, 1.03), (s - half * 0.9, 1.03)]
    wedge = polygon(
        panel.on(np.clip([*places, (s - half * 0.3, top + 0.4 * reach)], (-1, 0), (1, 1))) + _below(5)
    )
    garment.behind.append(_inside(garment, intersect(wedge, panel.outline())))
    garment.cuts.append(wedge)
    edge = panel.on(np.clip([places[3], (s - half * 0.3, top + 0.4 * reach), *places[:3]], (-1, 0), (1, 1)))
    garment.details.append(lambda painter: _rim(painter, polygon(edge), 1.3))
    garment.witnesses["finishing"] = subtract(stroke(polygon(edge), 4.0), wedge)


def cutout(garment: Garment) -> None:
    """Shaped holes at the waist's sides, at the shoulders or on the chest."""
    panel, kinds = garment.body, ["waist", "chest", "shoulders"]
    if garment.skirt is garment.body or legs(garment):
        kinds = ["hips"]
    elif panel.height < 36:
        kinds = ["chest"]
    elif not garment.sleeves:
        kinds = ["waist", "chest"]
    kind = str(garment.rng.choice(kinds))
    holes = {"waist": _waist, "chest": _chest, "shoulders": _shoulders, "hips": _hips}[kind](garment)
    for hole in holes:
        garment.cuts.append(hole)
        garment.details.append(partial(_rim, path=hole, width=1.2))
    # A hole shows what is beneath; whether it can be seen, its edge says.
    rims = intersect(union([stroke(hole, 4.0) for hole in holes]), garment.outline())
    garment.witnesses["finishing"] = subtract(rims, union(holes))


def perforated(garment: Garment) -> None:
    """A regular grid of punched holes, in petals or lozenges, through which it is dark."""
    rng, petals = garment.rng, bool(garment.rng.random() < 0.5)
    whole = bool(rng.random() < 0.5)
    pitch = 2.9
    for panel in (garment.body, *garment.panels):
        first = 0.1 if whole else max(0.1, 1 - 16.0 / max(panel.height, 1))
        t = np.arange(first, 0.96, pitch / max(panel.height, 1))
        s = np.arange(-0.9, 0.91, 2 * pitch / max(panel.width, 1))
        column, row = np.meshgrid(np.arange(len(s)), np.arange(len(t)))
        keep = (column + row) % 2 == 0
        if petals:
            keep |= (column % 4 == 0) & (row % 4 == 1)
        centers = panel.on(np.stack([s[column[keep]], t[row[keep]]], axis=1))
        garment.details.append(on_sheet(garment, panel, _holes(garment, centers)))


def _below(count: int) -> Floats:
    """Carry a wedge's two lower corners past the hem."""
    move = np.zeros((count, 2))
    move[2:4, 1] = 2.5
    return move


def _inside(garment: Garment, path: "skia.Path") -> Layer:
    """The back of a skirt, seen through a slit from its inside."""
    dark = replace(
        garment.cloth, color=mixed(garment.cloth.color, "#0a0a12", 0.55), pattern="plain (pattern)", gloss=0.0
    )
    return Layer(path=path, cloth=dark, behind=True, thickness=0.0)


def _rim(painter: "Painter", path: "skia.Path", width: float) -> None:
    """Draw a faced edge around a hole."""
    painter.canvas.drawPath(path, painter.pen("#000000", 0.4, width))
    painter.canvas.drawPath(path, painter.pen("#ffffff", 0.35, width * 0.4))


def _hole(panel: Panel, s: float, t: float, width: float, height: float, corners: int = 16) -> "skia.Path":
    """Cut an oval, or a lozenge of four corners; centimetres."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    ring = np.stack(
        [s + width / panel.width * np.cos(angle), t + height / panel.height / 2 * np.sin(angle)], axis=1
    )
    return smooth(panel.on(np.clip(ring, (-1, 0), (1, 1))), 0.9 if corners > 4 else 0.25)


def _waist(garment: Garment) -> "list[skia.Path]":
    panel = garment.body
    middle = float(np.clip(panel.t_for(LEVEL["waist"] - 3), 0.3, 0.82))
    height = min(17.0, 0.5 * panel.height)
    tall, deep = height / 2 / panel.height, garment.rng.uniform(0.45, 0.58)
    holes = []
    for side in (-1, 1):
        curve = np.linspace(-1, 1, 9)
        inner = panel.on(np.stack([side * (1 - deep * (1 - curve**2)), middle + tall * curve], axis=1))
        outer = panel.on([(side, middle + tall), (side, middle - tall)]) + np.array([side * 6.0, 0.0])
        holes.append(polygon(np.concatenate([inner, outer])))
    return holes


def _chest(garment: Garment) -> "list[skia.Path]":
    panel, t = garment.body, front_middle(garment) + 5.0 / garment.body.height
    if garment.rng.random() < 0.5:
        return [_hole(panel, 0.0, t, 9.0, 13.0, 4)]
    return [_hole(panel, s, t, 5.0, 12.0) for s in (-0.36, 0.0, 0.36)]


def _shoulders(garment: Garment) -> "list[skia.Path]":
    if garment.sleeves:
        return [_hole(sleeve, 0.0, min(0.5, 9.0 / sleeve.height), 10.0, 11.0) for sleeve in garment.sleeves]
    panel = garment.body
    return [_hole(panel, s, 10.0 / panel.height, 8.0, 10.0) for s in (-0.58, 0.58)]


def _hips(garment: Garment) -> "list[skia.Path]":
    holes = []
    for panel in legs(garment) or sheets(garment)[:1]:
        steps = np.arange(0.3, 0.8, 11.0 / max(panel.height, 12.0))[:4]
        places = [-0.7, 0.7] if not legs(garment) else [0.35 * (-1 if panel.at(0, 0.5)[0] < 0 else 1)]
        holes += [_hole(panel, s, float(t), 6.0, 8.5, 4) for s in places for t in steps]
    return holes


def _holes(garment: Garment, centers: Floats) -> "Callable[[Painter], None]":
    skia = canvas_library()
    ground, skin = garment.cloth.color, garment.figure.skin
    dark = mixed(mixed(ground, skin, 0.25), "#000000", 0.72) if lightness(ground) > 0.35 else "#e9dccb"
    edge = "#ffffff" if lightness(ground) > 0.35 else "#000000"
    points = [skia.Point(x, y) for x, y in centers.tolist()]
    lit = [skia.Point(x + 0.16, y + 0.2) for x, y in centers.tolist()]

    def draw(painter: "Painter") -> None:
        for places, color, alpha, size in ((lit, edge, 0.6, 1.95), (points, dark, 0.95, 1.65)):
            painter.canvas.drawPoints(
                skia.Canvas.PointMode.kPoints_PointMode, places, painter.pen(color, alpha, size)
            )

    return draw
