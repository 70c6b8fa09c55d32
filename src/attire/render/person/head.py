"""The head: ears, face and hair. Nobody in particular."""

from functools import lru_cache, partial


from attire.render.layer import Layer
from attire.render.paths import line, smooth, union
from attire.render.person.face import draw_face
from attire.render.person.figure import Figure
from attire.render.person.hair import STYLES
from attire.render.person.head_shape import ear_points, head_panel
from attire.render.person.skin import skin_of, skin_shade
from attire.render.person.tresses import Hair, hair_layer

__all__ = ["hair_before", "hair_behind", "head_layers"]


def head_layers(figure: Figure) -> list[Layer]:
    """The head with its ears, over the neck."""
    face = head_panel(figure)
    ears = [ear_points(figure, side) for side in (-1, 1)]
    skin = skin_of(figure)

    def folds(painter: "object") -> None:
        pen = painter.pen(skin_shade(figure, 0.7), 0.6, 0.25)  # type: ignore[attr-defined]
        for ear in ears:
            painter.canvas.drawPath(line(0.75 * ear[1:5] + 0.25 * ear.mean(axis=0)), pen)  # type: ignore[attr-defined]

    lobes = union([smooth(ear) for ear in ears])
    return [
        Layer(path=lobes, cloth=skin, thickness=0.3, details=(folds,)),
        Layer(
            path=face.outline(), panels=(face,), cloth=skin, thickness=1.3,
            details=(partial(draw_face, face=face, figure=figure),),
        ),
    ]  # fmt: skip


def hair_behind(figure: Figure) -> Layer:
    """The hair that falls behind head and shoulders; nothing for short hair."""
    return hair_layer(_hair(figure), figure.hair, figure.face_seed, behind=True)


def hair_before(figure: Figure) -> Layer:
    """The hair over the head and in front of the shoulders; nothing for a shaved head."""
    return hair_layer(_hair(figure), figure.hair, figure.face_seed, behind=False)


@lru_cache(maxsize=4)
def _hair(figure: Figure) -> Hair:
    return STYLES[figure.hair_style].make(figure)
