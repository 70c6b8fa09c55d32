"""The head: ears, face and hair. Nobody in particular."""

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from attire.render.layer import Layer
from attire.render.paths import Floats, line, smooth, union
from attire.render.person.face import draw_face
from attire.render.person.figure import Figure
from attire.render.person.hair import STYLES
from attire.render.person.head_shape import ear_points, head_panel
from attire.render.person.skin import skin_of, skin_shade
from attire.render.person.tresses import Hair, hair_layer

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["hair_before", "hair_behind", "head_layers"]


def head_layers(figure: Figure) -> list[Layer]:
    """The head with its ears, over the neck."""
    face = head_panel(figure)
    ears = [ear_points(figure, side) for side in (-1, 1)]
    skin = skin_of(figure)
    lobes = union([smooth(ear) for ear in ears])
    return [
        Layer(
            path=lobes, cloth=skin, thickness=0.3,
            details=(partial(_draw_ears, figure=figure, ears=ears),),
        ),
        Layer(
            path=face.outline(), panels=(face,), cloth=skin, thickness=1.3,
            details=(partial(draw_face, face=face, figure=figure),),
        ),
    ]  # fmt: skip


def _draw_ears(painter: "Painter", figure: Figure, ears: list[Floats]) -> None:
    pen = painter.pen(skin_shade(figure, 0.7), 0.6, 0.25)
    for ear in ears:
        painter.canvas.drawPath(line(0.75 * ear[1:5] + 0.25 * ear.mean(axis=0)), pen)


def hair_behind(figure: Figure) -> Layer:
    """The hair that falls behind head and shoulders; nothing for short hair."""
    return hair_layer(_hair(figure), figure.hair, figure.face_seed, behind=True)


def hair_before(figure: Figure) -> Layer:
    """The hair over the head and in front of the shoulders; nothing for a shaved head."""
    return hair_layer(_hair(figure), figure.hair, figure.face_seed, behind=False)


@lru_cache(maxsize=4)
def _hair(figure: Figure) -> Hair:
    return STYLES[figure.hair_style].make(figure)
