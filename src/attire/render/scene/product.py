"""One garment alone, as a shop shows it: on white, worn by nobody, the inside of its back showing."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from attire.render.cloth import choose_palette
from attire.render.cloth.cloth import Cloth, Rng
from attire.render.color import argb, mixed
from attire.render.layer import Layer, Piece
from attire.render.light import choose_light
from attire.render.painter import Painter
from attire.render.paths import Floats, Point, canvas_library, union
from attire.render.person import LEVEL, Figure, pose_figure
from attire.render.person.figure import Limb
from attire.render.scene.scene import Scene, draw_layers
from attire.render.taste import Taste
from attire.render.wardrobe import CATALOGUE, with_owners

if TYPE_CHECKING:
    import skia

__all__ = ["draw_product", "mannequin"]

Order: TypeAlias = list[tuple[Layer | None, Piece | None]]


def draw_product(canvas: Any, size: tuple[int, int], taste: Taste) -> Scene:
    """Draw a picture of one garment, shoe, bag or the like.

    Args:
        canvas: skia canvas in pixels.
        size: ``(height, width)`` in pixels.
        taste: Makes every choice; it may want a category.

    Returns:
        What was drawn, for the masks.
    """
    skia, rng, scene = canvas_library(), taste.rng, Scene()
    makers = CATALOGUE[taste.pick(*CATALOGUE)]
    taste = replace(taste, palette=choose_palette(rng))
    make, figure = makers[int(rng.integers(len(makers)))], mannequin(rng)
    # Gloves are made for hands that show; a figure drawn with both in its pockets takes them out.
    pieces = make(figure, taste) or make(replace(figure, hands_shown=(True, True)), taste)
    pieces = with_owners(pieces)
    order = _hollow(pieces)
    light = choose_light(rng, "beauty", "softbox")
    matrix, scale = _framing(order, size, rng)
    surface = skia.Surface(size[1], size[0])
    sheet = surface.getCanvas()
    sheet.concat(matrix)
    draw_layers(Painter(sheet, scale, light, rng), order, matrix, scene)
    image = surface.makeImageSnapshot()
    white = mixed("#ffffff", "#d9d9dc", float(rng.choice([0.0, 0.1, rng.uniform(0, 0.8)])))
    canvas.clear(argb(white))
    _soft_shadow(canvas, image, size, scene, standing=bool(rng.random() < 0.5), rng=rng)
    canvas.drawImage(image, 0, 0)
    return scene


def mannequin(rng: Rng) -> Figure:
    """Stand upright with arms a little aside: nobody, but clothes hang as on somebody."""
    figure = pose_figure(rng)
    straight = replace(
        figure, lean=(0.0, 0.0), tilt=(0.0, 0.0), turn=0.3 * figure.turn, nod=0.0, head_on=False
    )
    lift = np.radians(rng.uniform(6, 20))
    arms: list[Limb] = []
    legs: list[Limb] = []
    for side in (-1, 1):
        reach = np.array([side * np.sin(lift), np.cos(lift)])
        shoulder = np.array([side * (straight.half_width("shoulder") - 3.6), LEVEL["shoulder"] + 3.4])
        elbow, wrist = shoulder + reach * 29.0, shoulder + reach * 54.0
        arms.append((_point(shoulder), _point(elbow), _point(wrist)))
        hip, ankle = side * 8.2 * straight.breadth, side * 9.0
        legs.append(
            (
                (hip, LEVEL["hip"] + 4),
                ((hip + ankle) / 2 + side * 0.9, LEVEL["knee"]),
                (ankle, LEVEL["ankle"]),
            )
        )
    return replace(straight, arms=(arms[0], arms[1]), legs=(legs[0], legs[1]))


def _point(place: Floats) -> Point:
    return float(place[0]), float(place[1])


def _hollow(pieces: list[Piece]) -> Order:
    """Order the layers of pieces that nobody wears, with the inside of the garment's back behind."""
    inside: Order = [
        (_inside(layer), piece) for piece in pieces[:1] for layer in piece.layers if layer.panels
    ]
    back: Order = [(layer, piece) for piece in pieces for layer in piece.layers if layer.behind]
    front: Order = []
    for piece in pieces:
        front += [(layer, piece) for layer in piece.layers if not layer.behind]
        front += [(None, piece)] if piece.marks else []
    return [*back, *inside, *front]


def _inside(layer: Layer) -> Layer:
    """The back of a garment, seen where its front is cut out."""
    cloth: Cloth = replace(layer.cloth, color=mixed(layer.cloth.color, "#000000", 0.3), gloss=0.0)
    path = union(panel.outline() for panel in layer.panels)
    return Layer(path=path, cloth=cloth, behind=True, thickness=0.0)


def _framing(order: Order, size: tuple[int, int], rng: Rng) -> "tuple[skia.Matrix, float]":
    """Fill most of the picture, a little off its middle; give pixels to a centimetre too."""
    skia = canvas_library()
    bounds = [layer.path.getBounds() for layer, _ in order if layer is not None]
    left, top = min(b.left() for b in bounds), min(b.top() for b in bounds)
    right, bottom = max(b.right() for b in bounds), max(b.bottom() for b in bounds)
    height, width = size
    fill = float(rng.uniform(0.62, 0.9))
    scale = fill * min(width / (right - left), height / (bottom - top))
    x = width * float(np.clip(rng.normal(0.5, 0.015), 0.47, 0.53))
    y = height * float(np.clip(rng.normal(0.5, 0.015), 0.47, 0.53))
    matrix = skia.Matrix()
    matrix.setRotate(float(rng.normal(0, 0.8)), x, y)
    matrix.preTranslate(x, y)
    matrix.preScale(scale, scale)
    matrix.preTranslate(-(left + right) / 2, -(top + bottom) / 2)
    return matrix, scale


def _soft_shadow(
    canvas: Any, image: "skia.Image", size: tuple[int, int], scene: Scene, *, standing: bool, rng: Rng
) -> None:  # fmt: skip
    """Let the thing lie on paper, or stand on it."""
    skia = canvas_library()
    black = skia.ColorFilters.Blend(argb("#15131c"), skia.BlendMode.kSrcIn)
    share, height = 0.25, size[0]
    small = skia.Surface(round(size[1] * share), round(height * share))
    soft = height * share * float(rng.uniform(0.006, 0.02))
    paint = skia.Paint(ColorFilter=black, ImageFilter=skia.ImageFilters.Blur(soft, soft))
    paint.setAlphaf(float(rng.uniform(0.12, 0.34)))
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    sheet = small.getCanvas()
    sheet.scale(share, share)
    sheet.saveLayer(None, paint)
    if standing:
        bottom = max(drawn.path.getBounds().bottom() for drawn in scene.drawn)
        sheet.translate(0, bottom)
        sheet.scale(1.0, 0.05)
        sheet.translate(0, -bottom)
    else:
        sheet.translate(float(rng.uniform(-0.008, 0.008)) * height, float(rng.uniform(0.003, 0.012)) * height)
    sheet.drawImage(image, 0, 0, linear)
    sheet.restore()
    canvas.drawImageRect(small.makeImageSnapshot(), skia.Rect.MakeWH(size[1], height), linear)
