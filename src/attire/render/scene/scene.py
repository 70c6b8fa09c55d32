"""A whole picture: backdrop, one or two dressed people, and everything in the order in which it was drawn."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from attire.render.layer import Layer, Piece
from attire.render.light import Light, choose_light
from attire.render.painter import Painter
from attire.render.paths import Point, canvas_library
from attire.render.person import Figure, pose_figure
from attire.render.person.body import body_layers, hand_layers
from attire.render.person.head import hair_before, hair_behind, head_layers
from attire.render.scene.backdrop import draw_backdrop
from attire.render.scene.backdrops import choose_backdrop
from attire.render.scene.framing import frame_companion, frame_wearer
from attire.render.scene.optics import draw_border, draw_optics
from attire.render.scene.shadow import cast_shadow
from attire.render.scene.stage import Stage
from attire.render.scene.view import View
from attire.render.taste import Taste
from attire.render.wardrobe import dress_figure

if TYPE_CHECKING:
    import skia

__all__ = ["Drawn", "Scene", "draw_layers", "draw_scene", "layers_in_order"]

TWO_PEOPLE = 0.1
"""Share of pictures that show two people."""

PAIR = "two people"
"""Name by which a picture of two people is wanted."""

TALL = 170.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """An outline in pixels that was drawn."""

    path: "skia.Path"
    """What it covers, pixels."""
    piece: Piece | None
    """What it belongs to; None for skin and hair, which only hide."""
    hides: bool = True
    """False for parts, which hide nothing of their garment."""
    witnesses: "tuple[tuple[str, skia.Path], ...]" = ()
    """Groups of attributes and where in the picture they show, pixels."""


@dataclass(kw_only=True, eq=False)
class Scene:
    """Everything drawn, from back to front."""

    drawn: list[Drawn] = field(default_factory=list)
    """In drawing order."""


def draw_scene(canvas: Any, size: tuple[int, int], taste: Taste) -> Scene:
    """Draw a picture of one or two dressed people.

    Args:
        canvas: skia canvas in pixels.
        size: ``(height, width)`` in pixels.
        taste: Makes every choice; it may want a backdrop by its name, or ``two people``.

    Returns:
        What was drawn, for the masks.
    """
    rng, scene = taste.rng, Scene()
    backdrop = choose_backdrop(taste)
    light = choose_light(rng, *backdrop.lights)
    view = frame_wearer(size, rng)
    stage = Stage(canvas=canvas, view=view, light=light, rng=rng)
    places: list[tuple[Point, float]] = [(view.foot, view.scale)]
    if taste.often(TWO_PEOPLE, PAIR):
        places.insert(0, frame_companion(view, rng))
    canvas.save()
    canvas.concat(view.level())
    floor = draw_backdrop(stage, backdrop)
    for foot, scale in places:
        figure = pose_figure(rng)
        image, lowest = _draw_person(view, foot, scale, figure, light, taste, scene)
        cast_shadow(stage, image, (foot[0], lowest), floor)
        stage.paste(image)
    canvas.restore()
    draw_optics(canvas, size, rng)
    border = draw_border(canvas, size, rng)
    if border is not None:
        scene.drawn.append(Drawn(path=border, piece=None))
    return scene


def _draw_person(
    view: View, foot: Point, scale: float, figure: Figure, light: Light, taste: Taste, scene: Scene
) -> "tuple[skia.Image, float]":
    """Draw one dressed person on a transparent sheet, and give it with the row of the soles."""
    skia = canvas_library()
    matrix = skia.Matrix.Translate(foot[0], foot[1] - TALL * scale).preScale(scale, scale)
    tilted = skia.Matrix.Concat(view.level(), matrix)
    surface = skia.Surface(view.size[1], view.size[0])
    canvas = surface.getCanvas()
    canvas.concat(tilted)
    painter = Painter(canvas, scale, light, taste.rng)
    order = layers_in_order(figure, dress_figure(figure, taste))
    draw_layers(painter, order, tilted, scene)
    lowest = max(layer.path.getBounds().bottom() for layer, _ in order if layer is not None)
    return surface.makeImageSnapshot(), matrix.mapXY(0, min(lowest, TALL + 12)).y()


def draw_layers(
    painter: Painter, order: list[tuple[Layer | None, Piece | None]], matrix: Any, scene: Scene
) -> None:
    """Paint layers in order, and note every outline as ``matrix`` turns it into pixels of the picture."""
    for layer, piece in order:
        if layer is not None:
            painter.paint(layer)
            path = _moved(layer.path, matrix)
            labelled = piece if piece is not None and piece.category else None
            hides = piece is None or not piece.on_garment
            witnesses = (
                tuple((group, _moved(where, matrix)) for group, where in piece.witnesses) if piece else ()
            )
            scene.drawn.append(Drawn(path=path, piece=labelled, hides=hides, witnesses=witnesses))
        elif piece is not None:
            for mark in piece.marks:
                scene.drawn.append(Drawn(path=_moved(mark, matrix), piece=piece, hides=False))


def layers_in_order(figure: Figure, pieces: list[Piece]) -> list[tuple[Layer | None, Piece | None]]:
    """Give layers from back to front with the piece they belong to; no layer stands for a piece's marks."""
    order: list[tuple[Layer | None, Piece | None]] = [(hair_behind(figure), None)]
    order += [(layer, piece) for piece in pieces for layer in piece.layers if layer.behind]
    order += [(layer, None) for layer in body_layers(figure)]
    for worn, skin in (
        ("body", [*head_layers(figure), hair_before(figure)]),
        ("head", hand_layers(figure, pieces)),
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
