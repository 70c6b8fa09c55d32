"""Masks of what can be seen: outlines drawn once more as numbers, so that what lies in front wins."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from attire.render.layer import Piece
from attire.render.paths import canvas_library
from attire.render.scene.scene import Scene

__all__ = ["visible_masks"]

Mask = npt.NDArray[np.bool_]


def visible_masks(scene: Scene, size: tuple[int, int]) -> Iterator[tuple[Piece, Mask]]:
    """Walk over labelled pieces in drawing order with their visible pixels.

    Args:
        scene: What was drawn.
        size: ``(height, width)`` in pixels.

    Yields:
        Each piece with its mask, shape ``(height, width)``; one mask is dense at a time.
    """
    front = _front(scene, size)
    numbers: dict[int, list[int]] = {}
    for number, drawn in enumerate(scene.drawn, start=1):
        if drawn.piece is not None:
            numbers.setdefault(id(drawn.piece), []).append(number)
    for own in numbers.values():
        piece = scene.drawn[own[0] - 1].piece
        if piece is None:
            continue
        mask = np.zeros(size, bool)
        for number in own:
            drawn = scene.drawn[number - 1]
            if drawn.hides:
                mask |= front == number
            else:
                mask |= _covered(drawn.path, size) & (front < number)
        yield piece, mask


def _front(scene: Scene, size: tuple[int, int]) -> npt.NDArray[np.uint32]:
    """Number (from 1) of the foremost hiding outline at every pixel; 0 where there is none."""
    skia = canvas_library()
    surface = skia.Surface(size[1], size[0])
    canvas = surface.getCanvas()
    for number, drawn in enumerate(scene.drawn, start=1):
        if drawn.hides:
            canvas.drawPath(drawn.path, skia.Paint(Color=0xFF000000 | number, AntiAlias=False))
    red, green, blue = np.moveaxis(
        surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(np.uint32), -1, 0
    )
    return np.asarray((red << 16) | (green << 8) | blue)


def _covered(path: object, size: tuple[int, int]) -> Mask:
    skia = canvas_library()
    surface = skia.Surface(size[1], size[0])
    surface.getCanvas().drawPath(path, skia.Paint(Color=skia.ColorWHITE, AntiAlias=False))
    covered: Mask = surface.toarray()[..., 3] > 0
    return covered
