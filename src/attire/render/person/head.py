"""The head: face, features and hair. Nobody in particular."""

from functools import partial
from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth
from attire.render.color import mixed
from attire.render.layer import Layer
from attire.render.panel import Panel
from attire.render.paths import line, smooth
from attire.render.person.body import head_panel, skin_of
from attire.render.person.figure import Figure

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["hair_before", "hair_behind", "head_layers"]


def head_layers(figure: Figure) -> list[Layer]:
    """The face with its features."""
    face = head_panel(figure)
    features = partial(_features, face=face, figure=figure)
    return [
        Layer(path=face.outline(), panels=(face,), cloth=skin_of(figure), details=(features,), thickness=1.2)
    ]


def _features(painter: "Painter", face: Panel, figure: Figure) -> None:
    dark = mixed(figure.skin, "#1a0d08", 0.75)
    for side in (-1, 1):
        x = side * 0.4
        eye = face.edge([(x - 0.16, 0.47), (x, 0.435), (x + 0.16, 0.47), (x, 0.495)])
        painter.solid(eye, "#efe9e2", 0.9)
        painter.stud(face.at(x, 0.465), 0.62, "#2a1c14")
        painter.canvas.drawPath(
            line(face.on([(x - 0.18, 0.47), (x, 0.425), (x + 0.18, 0.47)])), painter.pen(dark, 0.8, 0.32)
        )
        brow = face.on([(x - 0.2, 0.385), (x, 0.355), (x + 0.2, 0.38)])
        painter.canvas.drawPath(line(brow), painter.pen(mixed(figure.hair, dark, 0.4), 0.75, 0.5))
    nose = face.on([(0.06, 0.5), (0.11, 0.63), (0.0, 0.665), (-0.1, 0.64)])
    painter.canvas.drawPath(line(nose), painter.pen(dark, 0.32, 0.35))
    lips = face.edge([(-0.27, 0.78), (-0.08, 0.755), (0, 0.765), (0.08, 0.755), (0.27, 0.78), (0, 0.83)])
    painter.solid(lips, mixed(figure.skin, "#a02838", 0.5), 0.85)
    painter.canvas.drawPath(
        line(face.on([(-0.26, 0.782), (0, 0.788), (0.26, 0.782)])), painter.pen(dark, 0.5, 0.2)
    )


def hair_behind(figure: Figure) -> Layer:
    """The hair that falls behind head and shoulders."""
    fall = figure.hair_length
    half = [(3.0, -1.5), (8.2, 3.0), (9.6, 11.0), (9.4, max(15.0, fall * 0.75)), (5.0, fall)]
    points = [figure.at(x, y) for x, y in [*half, *((-x, y) for x, y in reversed(half))]]
    return Layer(path=smooth(points), cloth=_hair(figure), behind=True, thickness=0.0)


def hair_before(figure: Figure) -> Layer:
    """The hair that frames the forehead."""
    face = head_panel(figure)
    points = [
        (0, -0.19), (0.85, -0.1), (1.2, 0.2), (1.17, 0.5), (0.98, 0.42), (0.75, 0.17), (0.1, 0.1),
        (-0.7, 0.2), (-0.98, 0.42), (-1.17, 0.5), (-1.2, 0.2), (-0.85, -0.1),
    ]  # fmt: skip
    middle = face.at(0, 0.3)
    top, scale = face.at(0, 0), 7.6
    placed = [(middle[0] + s * scale, top[1] + t * 20.5) for s, t in points]
    return Layer(path=smooth(placed), cloth=_hair(figure), thickness=0.5)


def _hair(figure: Figure) -> Cloth:
    return Cloth(color=figure.hair, weave="pile", gloss=0.3)
