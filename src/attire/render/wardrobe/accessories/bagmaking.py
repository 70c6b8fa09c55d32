"""What bags are made with: where they are held, handles, clasps, zippers and seams."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.color import mixed
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, Point, canvas_library, circle, line, polygon, stroke, union
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import Worn, arc, fitting, frame_buckle, placed, sewn, strip

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = [
    "belly",
    "carry_straps",
    "clasp",
    "flap_edge",
    "grip_of",
    "handle",
    "hem",
    "side_of",
    "tassel",
    "thread_for",
    "zipper",
]


def side_of(figure: Figure, taste: Taste) -> int:
    """Choose the side of a bag on a strap: where a hand holds the strap, else where an arm hangs."""
    if "strap" in figure.gestures:
        return figure.gestures.index("strap")
    left, right = (arm[2][1] for arm in figure.arms)
    if abs(left - right) < 8:
        return int(taste.rng.integers(2))
    return 0 if left > right else 1


def grip_of(figure: Figure, taste: Taste) -> tuple[Point, int]:
    """Choose the hand that holds something, the one in front of the body or the lower one, and say where."""
    shown = [side for side in (0, 1) if figure.hands_shown[side]] or [0]
    ahead = [side for side in shown if figure.gestures[side] == "front"]
    low = max(figure.arms[side][2][1] for side in shown)
    sides = ahead or [side for side in shown if figure.arms[side][2][1] > low - 8]
    side = int(taste.rng.choice(sides))
    return figure.grip(side), side


def handle(body: Panel, grip: Point, reach: float, half: float = 0.75) -> Panel:
    """A handle from one corner of a bag over the hand to the other."""
    left, right = body.at(-reach, 0.05), body.at(reach, 0.05)
    apex = (grip[0], grip[1] + 0.5 * (reach - 0.45) * 10)
    knots = [
        left,
        (left[0] * 0.8 + apex[0] * 0.2, left[1] * 0.35 + apex[1] * 0.65),
        apex,
        (right[0] * 0.8 + apex[0] * 0.2, right[1] * 0.35 + apex[1] * 0.65),
        right,
    ]
    return strip(knots, half, thickness=0.8, rows=18, columns=5)


def carry_straps(shoulder: Point, body: Panel, cloth: Cloth, taste: Taste) -> list[Layer]:
    """Hang a bag from the shoulder by both ends of a strap or chain."""
    half = 0.55 if cloth.gloss == 0.7 else taste.between(0.7, 1.6)
    layers = []
    for s, lean in ((0.85, 1.0), (-0.85, -1.0)):
        foot = body.at(s, 0.06)
        spine = arc((shoulder[0] + 0.5 * lean, shoulder[1]), foot, (0.9 * lean, -0.5))
        strap = strip(spine, half, rows=20, columns=5)
        layers.append(Layer(path=strap.outline(), cloth=cloth, panels=(strap,), thickness=0.6))
    return layers


def thread_for(cloth: Cloth) -> str:
    """Give the colour of stitches that show on a leather or cloth."""
    return mixed(cloth.color, "#fff4dc", 0.55)


def clasp(flap: Panel, cloth: Cloth, taste: Taste, degrees: float, worn: Worn = "head") -> list[Piece]:
    """A turn lock on a flap, or a strap with a buckle; now and then rivets at the corners."""
    place = flap.at(0, 0.86)
    parts = []
    if taste.often(0.5, "buckle"):
        parts.append(frame_buckle(place, 3.4, 4.2, cloth, degrees=degrees + 90, worn=worn))
    else:
        plate = polygon(placed([(-1.6, -1.1), (1.6, -1.1), (1.6, 1.1), (-1.6, 1.1)], place, degrees))
        parts.append(fitting("buckle", plate, cloth, worn=worn, hole=circle(place, 0.5)))
    if taste.often(0.25, "rivet"):
        studs = [flap.at(s, t) for s, t in ((-0.86, 0.88), (0.86, 0.88), (-0.45, 0.92), (0.45, 0.92))]
        parts.append(fitting("rivet", union(circle(stud, 0.75) for stud in studs), cloth, worn=worn))
    return parts


def zipper(body: Panel, cloth: Cloth, worn: Worn = "body") -> list[Piece]:
    """A zipper along the top with a puller."""
    path = body.on([(s, 0.14) for s in (-0.9, -0.4, 0, 0.4, 0.9)])
    x, y = body.at(0.72, 0.15)
    pull = stroke(line([(x, y), (x + 0.4, y + 3.0)]), 0.9)
    teeth = stroke(line(path), 0.9)
    whole = Layer(
        path=union([teeth, pull]), cloth=cloth, details=(partial(_teeth, path=path),), thickness=0.3
    )
    return [Piece(category="zipper", layers=(whole,), on_garment=True, worn=worn)]


def tassel(top: Point, lean: float, long: float, cloth: Cloth) -> Piece:
    """Hang a tassel of leather strips, ``long`` centimetres, its end swung aside by ``lean``."""
    x, y = top
    threads = strip(
        [(x, y), (x + lean * 0.6, y + long * 0.5), (x + lean, y + long)],
        [0.35, 0.8, 1.5],
        thickness=0.8,
        rows=9,
        columns=9,
    )
    s, _ = threads.grid()
    return sewn(
        "tassel", [threads.raised(0.3 * np.cos(14 * s))], cloth, worn="head", on_garment=True, thickness=0.5
    )


def flap_edge(painter: "Painter", body: Panel, flap: Panel, thread: str) -> None:
    """The edge of a flap with its shadow and thread."""
    places = [(-1, 0.0), (-0.99, 0.8), (-0.85, 1.0), (0, 1.03), (0.85, 1.0), (0.99, 0.8), (1, 0.0)]
    edge = flap.on(places)
    painter.canvas.save()
    painter.canvas.clipPath(body.outline(), doAntiAlias=True)
    painter.canvas.translate(0, 0.5)
    painter.canvas.drawPath(line(edge), painter.pen("#000000", 0.35, 1.1))
    painter.canvas.restore()
    painter.seam(edge, 0.5, 0.3)
    painter.stitches(flap.on([(s * 0.93, t * 0.93) for s, t in places]), thread, 0.2)


def belly(painter: "Painter", body: Panel) -> None:
    """Piping around the body of a bag."""
    painter.seam(
        body.on([(-0.9, 0.1), (-0.9, 0.85), (-0.75, 0.93), (0, 0.95), (0.75, 0.93), (0.9, 0.85), (0.9, 0.1)]),
        0.35,
        0.3,
    )


def hem(painter: "Painter", body: Panel, thread: str) -> None:
    """Stitch the upper edge of a bag and the seam of its bottom."""
    painter.stitches(body.on([(s, 0.08) for s in (-0.97, -0.5, 0, 0.5, 0.97)]), thread, 0.24)
    painter.seam(body.on([(s, 0.9) for s in (-0.99, -0.5, 0, 0.5, 0.99)]), 0.3, 0.3)


def _teeth(painter: "Painter", path: Floats) -> None:
    pen = painter.pen("#000000", 0.5, 0.5)
    pen.setPathEffect(canvas_library().DashPathEffect.Make([0.35, 0.45], 0.0))
    painter.canvas.drawPath(line(path), pen)
