"""Headbands, head coverings and what is put into the hair."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, Point, circle, line, smooth, stroke, subtract, union
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import metal, placed, sewn, strip
from attire.render.wardrobe.accessories.hats import dome
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["HEADWEAR", "flower_crown", "hair_bow", "hair_clip", "headband", "headscarf", "turban", "veil"]

NAME = "headband, head covering, hair accessory"
OVER = [(-1.14, -0.2), (-1.06, -0.62), (-0.68, -0.98), (0, -1.12), (0.68, -0.98), (1.06, -0.62), (1.14, -0.2)]
"""From ear to ear over the top of the head, in the head's frame."""


def headband(figure: Figure, taste: Taste) -> list[Piece]:
    """A band of cloth over the hair, plain, padded or knotted."""
    cloth = cloth_for(taste, "smooth")
    wide = taste.between(1.2, 2.6)
    band = strip(_over(figure, -0.06), wide, thickness=0.7, rows=22, columns=9)
    band = band.raised(rumple(band, taste.rng, 0.2, waves=4))
    knot = []
    if taste.often(0.4):
        x, y = figure.head.at(0.1, -1.1)
        knot = [
            strip(
                placed([(-2.6, 1.0), (0, 0), (2.6, -1.0)], (x, y)),
                [wide, wide * 1.5, wide],
                thickness=0.9,
                rows=8,
            )
        ]
    return [sewn(NAME, [band, *knot], cloth, worn="head", thickness=0.5)]


def turban(figure: Figure, taste: Taste) -> list[Piece]:
    """A long cloth wound around the head, twisted in front."""
    cloth = cloth_for(taste, "smooth")
    top = -taste.between(1.45, 1.7)
    body = dome(figure, [(top, 0.55), (top + 0.12, 0.9), (-0.95, 1.26), (-0.42, 1.16)], sag=1.0)
    body = body.raised(rumple(body, taste.rng, 0.3, waves=5))
    turns = []
    for out in (-1, 1):
        for rise in (0.0, 0.32):
            places = [
                (-out * 0.1, -1.18 - rise),
                (out * 0.55, -0.92 - rise * 0.7),
                (out * 1.18, -0.5 - rise * 0.8),
            ]
            turns.append(_fold(figure, taste, places, 2.6))
    x, y = figure.head.at(figure.head.turn * 0.6, -0.92)
    knot = strip(
        placed([(0, -3.6), (0, 0), (0, 3.0)], (x, y), 12), [1.6, 2.3, 1.7], thickness=0.9, rows=9, columns=9
    )
    return [sewn(NAME, [body, *turns, knot], cloth, worn="head", thickness=0.9)]


def headscarf(figure: Figure, taste: Taste) -> list[Piece]:
    """A square over the hair, tied under the chin."""
    cloth = cloth_for(taste, "smooth")
    hood = dome(
        figure, [(-1.3, 0.35), (-1.2, 0.75), (-0.7, 1.2), (0.2, 1.26), (0.9, 0.9), (1.1, 0.62)], sag=0.6
    )
    hood = hood.raised(rumple(hood, taste.rng, 0.4, waves=10))
    rim = [
        (0, -0.74),
        (0.62, -0.56),
        (0.86, -0.05),
        (0.76, 0.5),
        (0.42, 0.9),
        (0, 1.0),
        (-0.42, 0.9),
        (-0.76, 0.5),
        (-0.86, -0.05),
        (-0.62, -0.56),
    ]
    face = smooth(figure.head.on_face(np.array(rim)))
    x, y = figure.head.at(figure.head.turn * 0.3, 1.08)
    ends = [
        strip(
            [(x, y), (x + out * 2.4, y + 3.5), (x + out * taste.between(2, 4), y + taste.between(7, 10))],
            [0.9, 2.0, 2.4],
            thickness=0.4,
            rows=9,
        )
        for out in (-1, 1)
    ]
    knot = strip(placed([(-1.8, 0), (0, 0), (1.8, 0)], (x, y)), [0.9, 1.5, 0.9], thickness=0.9, rows=7)
    path = union([subtract(hood.outline(), face), *(panel.outline() for panel in (*ends, knot))])
    return [sewn(NAME, [hood, *ends, knot], cloth, path=path, worn="head", thickness=0.7)]


def hair_bow(figure: Figure, taste: Taste) -> list[Piece]:
    """A large bow on top or at the side of the head."""
    cloth = cloth_for(taste, "smooth", patterns=("plain (pattern)", "dot", "stripe", "check"))
    out = float(taste.rng.choice([-1, 0, 1]))
    place = figure.head.at(out * 0.75, -1.05 if out else -1.22)
    reach, tilt = taste.between(5.5, 8.5), out * 24
    loops = []
    for side in (-1, 1):
        spine = placed([(side * 0.6, 0), (side * reach * 0.6, -0.9), (side * reach, -0.6)], place, tilt)
        loop = strip(spine, [1.0, reach * 0.4, reach * 0.46], thickness=0.4, rows=9, columns=9)
        s, t = loop.grid()
        loops.append(loop.raised(0.6 * np.cos(8 * s) * np.exp(-3 * t)))
    knot = strip(placed([(0, -1.6), (0, 0), (0, 1.6)], place, tilt), [1.0, 1.3, 1.0], thickness=0.9, rows=7)
    return [sewn(NAME, [*loops, knot], cloth, worn="head", thickness=0.6)]


def hair_clip(figure: Figure, taste: Taste) -> list[Piece]:
    """Two barrettes of metal or colour at the side of the hair."""
    cloth = (
        metal(taste)
        if taste.often(0.5)
        else Cloth(color=choose_dye(taste.rng, against=figure.hair), weave="smooth", gloss=0.6)
    )
    out = float(taste.rng.choice([-1, 1]))
    bars = []
    for drop in (0.0, 0.17)[: 2 if taste.often(0.6) else 1]:
        ends = figure.head.on(
            np.array([(out * 0.62, -0.74 + drop), (out * 0.86, -0.66 + drop), (out * 1.1, -0.48 + drop)])
        )
        bars.append(strip(ends, 0.75, thickness=0.8, rows=8, columns=6))
    return [sewn(NAME, bars, cloth, worn="head", thickness=0.4)]


def flower_crown(figure: Figure, taste: Taste) -> list[Piece]:
    """Blossoms and leaves on a wreath around the head."""
    spine = _over(figure, 0.0)
    wreath = Layer(path=stroke(line(spine), 1.3), cloth=Cloth(color="#4c6444", weave="pile"), thickness=0.5)
    colors = [
        choose_dye(taste.rng, ("#d98a9a", "#f4e9e2", "#a33c5d", "#e9b44c", "#f2c6c0", "#8a6fae"))
        for _ in range(2)
    ]
    layers, blossoms = [wreath], []
    for color in colors:
        heads = []
        for place in taste.rng.uniform(0, len(spine) - 1, 6):
            x = np.interp(place, np.arange(len(spine)), spine[:, 0])
            y = np.interp(place, np.arange(len(spine)), spine[:, 1])
            heads.append((float(x), float(y) - taste.between(-0.6, 0.8), taste.between(1.5, 2.3)))
        path = union(_blossom(*head) for head in heads)
        blossoms.append(path)
        layers.append(
            Layer(
                path=path,
                cloth=Cloth(color=color, weave="smooth"),
                thickness=0.5,
                details=(partial(_hearts, heads=heads),),
            )
        )
    crown = Piece(category=NAME, layers=tuple(layers), worn="head")
    return [crown, Piece(category="flower", layers=(), marks=tuple(blossoms), on_garment=True, worn="head")]


def veil(figure: Figure, taste: Taste) -> list[Piece]:
    """Tulle that falls from a comb on the crown over the hair to the chest."""
    fall = taste.between(2.6, 4.2)
    cloth = Cloth(
        color="#fbf8f2" if taste.often(0.7) else "#1a181c", weave="smooth", opacity=taste.between(0.5, 0.65)
    )
    sheet = dome(
        figure, [(-1.3, 0.4), (-1.15, 0.95), (-0.4, 1.4), (fall * 0.5, 1.9), (fall, 2.3)], sag=1.5, columns=26
    )
    s, t = sheet.grid()
    sheet = sheet.raised(0.9 * np.cos(17 * np.arcsin(s)) * (0.25 + t))
    rim = [
        (0, -0.82),
        (0.7, -0.6),
        (0.98, 0.0),
        (1.1, fall * 0.6),
        (1.3, fall + 0.5),
        (-1.3, fall + 0.5),
        (-1.1, fall * 0.6),
        (-0.98, 0.0),
        (-0.7, -0.6),
    ]
    path = subtract(sheet.outline(), smooth(figure.head.on_face(np.array(rim)), 0.7))
    band = strip(_over(figure, 0.1)[2:-2], 0.8, thickness=0.8, rows=12)
    comb = Layer(path=band.outline(), cloth=metal(taste), panels=(band,), thickness=0.3)
    return [sewn(NAME, [sheet], cloth, path=path, worn="head", after=[comb], thickness=0.3)]


HEADWEAR = (headband, turban, headscarf, hair_bow, hair_clip, flower_crown, veil)
"""Every kind of headband, head covering and hair accessory."""


def _over(figure: Figure, drop: float) -> Floats:
    return figure.head.on(np.array(OVER) + np.array([0.0, drop]))


def _fold(figure: Figure, taste: Taste, places: list[Point], half: float) -> Panel:
    fold = strip(
        figure.head.on(np.array(places)), [half, half * 1.1, half * 0.8], thickness=0.6, rows=12, columns=9
    )
    s, _ = fold.grid()
    return fold.raised(0.35 * np.cos(8 * s + taste.between(0, 6)))


def _blossom(x: float, y: float, radius: float) -> "skia.Path":
    angle = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    reach = radius * (0.78 + 0.22 * np.cos(5 * angle + x))
    return smooth(np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], axis=1))


def _hearts(painter: "Painter", heads: list[tuple[float, float, float]]) -> None:
    for x, y, radius in heads:
        painter.solid(circle((x, y), radius * 0.32), "#e2b13c")
        for angle in np.arange(5) * 1.2566 + x:
            tip = (x + 0.75 * radius * np.cos(angle), y + 0.75 * radius * np.sin(angle))
            painter.canvas.drawLine(x, y, *tip, painter.pen("#000000", 0.18, 0.2))
