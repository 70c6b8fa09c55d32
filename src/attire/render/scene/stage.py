"""The set of a picture while it is built: a canvas, the view on it, the light, and simple shapes to place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.cloth.dyes import DYES
from attire.render.color import argb, mixed
from attire.render.light import Light
from attire.render.paths import Floats, Point, canvas_library
from attire.render.scene.grain import grain_paint
from attire.render.scene.view import View

if TYPE_CHECKING:
    import skia

__all__ = ["Box", "Stage", "tone"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def tone(rng: Rng, low: float, high: float, tint: float = 10.0) -> str:
    """Choose a greyish colour, hex, by its level and the spread of its channels, 0 … 255."""
    level = rng.uniform(low, high) + rng.uniform(-tint, tint, 3)
    return "#" + "".join(f"{int(part):02x}" for part in np.clip(level, 0, 255))


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """What a backdrop is drawn with. Coordinates are those of the plane that is being drawn on."""

    canvas: Any
    """skia canvas."""
    view: View
    """From the world to pixels."""
    light: Light
    """What falls on everything."""
    rng: Rng
    """Where every choice comes from."""

    def onto(self, canvas: Any) -> "Stage":
        """Go on drawing on another canvas."""
        return replace(self, canvas=canvas)

    @contextmanager
    def plane(self, matrix: Any) -> Iterator[None]:
        """Draw on a plane of the world, as :class:`View` gives it, centimetres."""
        self.canvas.save()
        self.canvas.concat(matrix)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextmanager
    def standing(self, right: float, behind: float, turn: bool = False) -> Iterator[None]:
        """Draw something upright that stands on the ground at a place: x to the right, y 0 at the ground."""
        with self.plane(self.view.upright(behind)):
            self.canvas.translate(right, 0)
            if turn:
                self.canvas.scale(-1, 1)
            yield

    def paste(self, image: "skia.Image") -> None:
        """Spread an image, in which the tilt is drawn already, over the whole picture."""
        skia = canvas_library()
        height, width = self.view.size
        self.canvas.save()
        self.canvas.resetMatrix()
        linear = skia.SamplingOptions(skia.FilterMode.kLinear)
        self.canvas.drawImageRect(image, skia.Rect.MakeWH(width, height), linear)
        self.canvas.restore()

    def cover(self, *colors: str) -> None:
        """Fill the whole picture with a gradient from top to bottom."""
        self.box(self.view.frame(), *colors)

    def box(self, box: Box, *colors: str, alpha: float = 1.0) -> None:
        """Fill a rectangle with a colour, or with a gradient from top to bottom."""
        skia = canvas_library()
        paint = skia.Paint(Color=argb(colors[0], alpha), AntiAlias=True)
        if len(colors) > 1:
            ends = [skia.Point(0, box[1]), skia.Point(0, box[3])]
            paint.setShader(skia.GradientShader.MakeLinear(ends, [argb(color, alpha) for color in colors]))
        self.canvas.drawRect(skia.Rect.MakeLTRB(*box), paint)

    def boxes(self, boxes: Sequence[Box] | Floats, color: str, alpha: float = 1.0) -> None:
        """Fill many rectangles with one colour at once, shape (N, 4)."""
        path = canvas_library().Path()
        for left, top, right, bottom in np.asarray(boxes, float).reshape(-1, 4).tolist():
            path.addRect(left, top, right, bottom)
        self.fill(path, color, alpha)

    def discs(self, centers: Sequence[Point] | Floats, radii: Sequence[float] | Floats, color: str,
              alpha: float = 1.0) -> None:  # fmt: skip
        """Fill many discs with one colour at once: centres of shape (N, 2), radii of shape (N,)."""
        path = canvas_library().Path()
        for (x, y), radius in zip(np.asarray(centers, float).tolist(), radii, strict=True):
            path.addCircle(x, y, float(radius))
        self.fill(path, color, alpha)

    def fill(self, path: Any, color: str, alpha: float = 1.0) -> None:
        """Fill an outline."""
        self.canvas.drawPath(path, canvas_library().Paint(Color=argb(color, alpha), AntiAlias=True))

    def lines(self, lines: Sequence[Sequence[Point]], color: str, width: float, alpha: float = 1.0) -> None:
        """Draw straight or bent lines of one colour and width at once."""
        skia = canvas_library()
        path = skia.Path()
        for points in lines:
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
        self.canvas.drawPath(
            path,
            skia.Paint(Color=argb(color, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style,
                       StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap),
        )  # fmt: skip

    def grain(self, name: str, alpha: float, side: float, box: Box, stretch: float = 1.0) -> None:
        """Make a rectangle uneven with noise that repeats after ``side`` units."""
        shift = (self.rng.uniform(0, side), self.rng.uniform(0, side))
        paint = grain_paint(name, alpha, side, shift, stretch)
        self.canvas.drawRect(canvas_library().Rect.MakeLTRB(*box), paint)

    def dye(self, muted: float = 0.35) -> str:
        """Choose a colour that clothes have too, hex, mixed with some grey."""
        return mixed(str(self.rng.choice(DYES)), tone(self.rng, 90, 190), muted)

    def chance(self, share: float) -> bool:
        """Say yes with a probability."""
        return bool(self.rng.random() < share)
