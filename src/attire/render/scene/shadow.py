"""The shadow of a figure's own outline on ground and wall, and the dark beneath its feet."""

from typing import TYPE_CHECKING, Any

from attire.render.color import argb
from attire.render.paths import Point, canvas_library
from attire.render.scene.floor import Floor
from attire.render.scene.stage import Stage
from attire.render.scene.view import Place, View

if TYPE_CHECKING:
    import skia

__all__ = ["cast_shadow"]

SHARE = 0.3
"""Shadows are drawn at this share of the picture's resolution; they are soft."""


def cast_shadow(stage: Stage, figure: "skia.Image", foot: Point, floor: Floor) -> None:
    """Cast a figure's shadow along the light onto the floor, and onto a wall behind where there is one.

    Args:
        stage: The picture, its canvas in pixels.
        figure: The figure alone on a transparent picture of the same size, tilted like it.
        foot: Where it touches the ground, pixels.
        floor: What it stands on.
    """
    skia = canvas_library()
    view, light = stage.view, stage.light
    behind = _behind(view, foot)
    small = skia.Surface(round(view.size[1] * SHARE), round(view.size[0] * SHARE))
    right, down, front = light.direction
    lean, fall = (part / max(-down, 0.22) for part in (-right, front))
    soft = light.softness * view.zoom(behind) * SHARE
    canvas = small.getCanvas()
    canvas.scale(SHARE, SHARE)
    canvas.concat(view.level())
    wall = floor.wall
    canvas.save()
    if wall is not None and wall > behind:
        _clip(canvas, view, wall, above=False)
    _throw(canvas, view, figure, foot, ((0, 0, behind), (lean, 0, fall)), light.cast, soft)
    canvas.restore()
    canvas.save()
    if wall is not None and behind < wall < behind + 150 * fall:
        reach = (wall - behind) / fall
        _clip(canvas, view, wall, above=True)
        start = (lean * reach, -reach, wall)
        _throw(canvas, view, figure, foot, (start, (0, 1, 0)), light.cast * 0.8, soft)
    canvas.restore()
    _contact(canvas, view, figure, foot)
    stage.paste(small.makeImageSnapshot())


def _behind(view: View, foot: Point) -> float:
    """How far behind the first wearer a foot stands, from the row where it touches the ground."""
    drop = max(foot[1] - view.horizon, 1.0)
    return max(0.0, view.distance * (view.scale * view.eye / drop - 1))


def _throw(
    canvas: Any, view: View, figure: "skia.Image", foot: Point, plane: tuple[Place, Place], alpha: float,
    soft: float,
) -> None:  # fmt: skip
    """Draw the figure's outline on the plane that its rows are projected to."""
    skia = canvas_library()
    (x, y, z), up = plane
    behind = _behind(view, foot)
    zoom = view.zoom(behind)
    right = (foot[0] - view.at(0, 0, behind)[0]) / zoom
    matrix = view.plane((x + right, y, z), (1, 0, 0), up)
    matrix.preScale(1 / zoom, -1 / zoom)
    matrix.preTranslate(-foot[0], -foot[1])
    matrix.preConcat(_upright(view))
    paint = skia.Paint(
        AntiAlias=True,
        ColorFilter=skia.ColorFilters.Blend(argb("#120f1c", 1.0), skia.BlendMode.kSrcIn),
        ImageFilter=skia.ImageFilters.Blur(soft, soft),
    )
    paint.setAlphaf(alpha)
    canvas.save()
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    canvas.saveLayer(None, paint)
    canvas.concat(matrix)
    canvas.drawImage(figure, 0, 0, linear)
    canvas.restore()
    canvas.restore()


def _upright(view: View) -> "skia.Matrix":
    """Undo the tilt with which a figure was drawn."""
    matrix = canvas_library().Matrix()
    view.level().invert(matrix)
    return matrix


def _clip(canvas: Any, view: View, wall: float, *, above: bool) -> None:
    """Keep what is on the wall, or what is on the floor before it."""
    left, top, right, bottom = view.frame()
    edge = view.at(0, 0, wall)[1]
    box = (left, top, right, edge) if above else (left, edge, right, bottom)
    canvas.clipRect(canvas_library().Rect.MakeLTRB(*box))


def _contact(canvas: Any, view: View, figure: "skia.Image", foot: Point) -> None:
    """Darken the ground close under the soles: the lowest hand's breadth of the figure, squashed."""
    skia = canvas_library()
    zoom = view.zoom(_behind(view, foot))
    soft = 1.7 * zoom * SHARE
    paint = skia.Paint(
        ColorFilter=skia.ColorFilters.Blend(argb("#0a0810", 1.0), skia.BlendMode.kSrcIn),
        ImageFilter=skia.ImageFilters.Blur(1.8 * soft, 0.7 * soft),
    )
    paint.setAlphaf(0.62)
    canvas.saveLayer(None, paint)
    canvas.translate(foot[0], foot[1] + 0.4 * zoom)
    canvas.scale(1.06, 0.3)
    canvas.translate(-foot[0], -foot[1])
    reach = 9 * zoom
    canvas.clipRect(skia.Rect.MakeLTRB(-1e4, foot[1] - reach, 1e4, foot[1] + reach))
    canvas.concat(_upright(view))
    canvas.drawImage(figure, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()
