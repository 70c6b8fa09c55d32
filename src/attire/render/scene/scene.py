"""A whole picture: backdrop, one or more dressed people, and everything in the order in which it was drawn."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from attire.render.layer import Layer, Piece
from attire.render.light import Light, choose_light
from attire.render.painter import Painter
from attire.render.paths import canvas_library
from attire.render.person import Figure, pose_figure
from attire.render.person.body import body_layers, hand_layers
from attire.render.person.head import hair_before, hair_behind, head_layers
from attire.render.scene.backdrop import cast_shadow, draw_backdrop
from attire.render.taste import Taste
from attire.render.wardrobe import dress_figure

if TYPE_CHECKING:
    import skia

__all__ = ["Drawn", "Scene", "draw_scene"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """An outline in pixels that was drawn."""

    path: "skia.Path"
    """What it covers, pixels."""
    piece: Piece | None
    """What it belongs to; None for skin and hair, which only hide."""
    hides: bool = True
    """False for parts, which hide nothing of their garment."""


@dataclass(kw_only=True, eq=False)
class Scene:
    """Everything drawn, from back to front."""

    drawn: list[Drawn] = field(default_factory=list)
    """In drawing order."""


def draw_scene(canvas: Any, size: tuple[int, int], taste: Taste, *, product: bool = False) -> Scene:
    """Draw a picture.

    Args:
        canvas: skia canvas in pixels.
        size: ``(height, width)`` in pixels.
        taste: Makes every choice.
        product: One garment on white instead of a dressed person.

    Returns:
        What was drawn, for the masks.
    """
    rng, scene = taste.rng, Scene()
    light = choose_light(rng)
    height, width = size
    scale = height * taste.between(0.8, 0.94) / 170
    sole = height * taste.between(0.955, 0.985)
    draw_backdrop(canvas, size, sole - scale * taste.between(4, 26), rng)
    center_x = width * taste.between(0.44, 0.56)
    cast_shadow(canvas, center_x, sole, scale * 19, scale * 170)
    matrix = canvas_library().Matrix.Translate(center_x, sole - 170 * scale).preScale(scale, scale)
    draw_person(canvas, matrix, scale, pose_figure(rng), light, taste, scene)
    return scene


def draw_person(
    canvas: Any, matrix: Any, scale: float, figure: Figure, light: Light, taste: Taste, scene: Scene
) -> None:
    """Draw one dressed person on a transparent sheet over what is there, and note every outline."""
    pieces = dress_figure(figure, taste)
    canvas.save()
    canvas.concat(matrix)
    canvas.saveLayer()
    painter = Painter(canvas, scale, light, taste.rng)
    for layer, piece in _in_order(figure, pieces):
        if layer is not None:
            painter.paint(layer)
            path = _moved(layer.path, matrix)
            labelled = piece if piece is not None and piece.category else None
            hides = piece is None or not piece.on_garment
            scene.drawn.append(Drawn(path=path, piece=labelled, hides=hides))
        elif piece is not None:
            for mark in piece.marks:
                scene.drawn.append(Drawn(path=_moved(mark, matrix), piece=piece, hides=False))
    canvas.restore()
    canvas.restore()


def _in_order(figure: Figure, pieces: list[Piece]) -> list[tuple[Layer | None, Piece | None]]:
    """Give layers from back to front with the piece they belong to; no layer stands for a piece's marks."""
    order: list[tuple[Layer | None, Piece | None]] = [(hair_behind(figure), None)]
    order += [(layer, piece) for piece in pieces for layer in piece.layers if layer.behind]
    order += [(layer, None) for layer in body_layers(figure)]
    for worn, skin in (
        ("body", [*head_layers(figure), hair_before(figure)]),
        ("head", hand_layers(figure)),
        ("hand", []),
    ):
        for piece in (piece for piece in pieces if piece.worn == worn):
            order += [(layer, piece) for layer in piece.layers if not layer.behind]
            order += [(None, piece)] if piece.marks else []
        order += [(layer, None) for layer in skin]
    return order


def _moved(path: "skia.Path", matrix: Any) -> "skia.Path":
    moved = canvas_library().Path()
    path.transform(matrix, moved)
    return moved
