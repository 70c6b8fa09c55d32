"""Puts layers on a canvas: shadow beneath, cloth along its panels, light on its folds, seams and edges."""

from collections.abc import Callable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any

import numpy as np

from attire.render.cloth import Cloth, Rng, draw_swatch
from attire.render.cloth.swatch import SIDE
from attire.render.cloth.weaves import OPEN_WEAVES
from attire.render.color import argb, mixed
from attire.render.layer import Layer
from attire.render.light import Light
from attire.render.panel import Panel
from attire.render.paths import Floats, Point, canvas_library, intersect, joined, line

if TYPE_CHECKING:
    import skia

__all__ = ["Painter"]


class Painter:
    """A canvas in centimetres of one wearer, and the light that falls on it."""

    def __init__(self, canvas: Any, px_per_cm: float, light: Light, rng: Rng) -> None:
        """Take a canvas whose matrix turns centimetres into pixels.

        Args:
            canvas: skia canvas.
            px_per_cm: Its scale, which sets the resolution of cloth.
            light: What falls on everything.
            rng: Where the scatter of motifs comes from.
        """
        self.canvas = canvas
        self.px_per_cm = px_per_cm
        self.light = light
        self.rng = rng
        self._shaders: dict[Cloth, Any] = {}

    def paint(self, layer: Layer) -> None:
        """Draw one layer over what is there."""
        if layer.melt is not None:
            self._skin(layer, layer.melt)
            return
        canvas = self.canvas
        self.shadow(layer.path, layer.thickness)
        canvas.save()
        canvas.clipPath(layer.path, doAntiAlias=True)
        if layer.cloth.opacity < 1:
            canvas.saveLayerAlpha(None, round(255 * layer.cloth.opacity))
        canvas.save()
        if layer.cloth.weave in OPEN_WEAVES:
            for panel in layer.panels:
                canvas.clipPath(panel.outline(), canvas_library().ClipOp.kDifference, doAntiAlias=True)
        self._ground(layer)
        canvas.restore()
        for place, panel in enumerate(layer.panels):
            if place:
                self.shadow(panel.outline(), 0.6, 0.3)
            self.sheet(panel, layer.cloth)
        for detail in layer.details:
            detail(self)
        if layer.cloth.opacity < 1:
            canvas.restore()
        canvas.drawPath(layer.path, self.pen("#000000", 0.34, 0.5))
        canvas.restore()

    def _skin(self, layer: Layer, melt: float) -> None:
        """Draw skin: no joints between its sheets."""
        canvas = self.canvas
        if melt == 0:
            self.shadow(layer.path, layer.thickness)
        else:
            ends = [p.part((-1, 1), (min(0.6, 1.3 * melt / p.height), 1), columns=2) for p in layer.panels]
            bare = joined([end.outline() for end in ends])
            bare = intersect(bare, layer.path) if len(ends) == 1 else bare
            self.shadow(bare, layer.thickness, 0.3)
        canvas.save()
        canvas.clipPath(layer.path, doAntiAlias=True)
        if melt == 0:
            canvas.drawPath(layer.path, self._cloth_paint(layer.cloth))
        for panel in layer.panels:
            self.sheet(panel, layer.cloth, melt)
        for detail in layer.details:
            detail(self)
        if melt == 0:
            canvas.drawPath(layer.path, self.pen(mixed(layer.cloth.color, "#1a0705", 0.7), 0.5, 0.3))
        canvas.restore()

    def sheet(self, panel: Panel, cloth: Cloth, melt: float = 0.0) -> None:
        """Draw a panel's cloth and the light on it, fading in over its first ``melt`` centimetres."""
        skia = canvas_library()
        points = _points(panel.points)
        indices = _triangles(*panel.relief.shape)
        kind = skia.Vertices.VertexMode.kTriangles_VertexMode
        light = self.light.shade(panel)
        shown = np.clip(panel.t * panel.height / melt, 0, 1) if melt else np.ones(len(panel.t))
        alpha = (255 * shown * shown * (3 - 2 * shown)).astype(np.int64)[:, None]
        shades = ((light & 0xFFFFFF) | (alpha << 24)).reshape(-1).tolist()
        flat = None if _even(cloth) else _points(panel.flat)
        mesh = skia.Vertices(kind, points, flat, shades, indices)
        self.canvas.drawVertices(mesh, self._cloth_paint(cloth), skia.BlendMode.kModulate)
        if cloth.gloss > 0:
            glint = self.light.sheen(panel, cloth.gloss)
            sheen = ((glint & 0xFFFFFF) | ((glint >> 24) * alpha // 255 << 24)).reshape(-1).tolist()
            glints = skia.Vertices(kind, points, None, sheen, indices)
            self.canvas.drawVertices(glints, skia.Paint(AntiAlias=True), skia.BlendMode.kDst)

    def glaze(self, panel: Panel, color: str, alpha: Floats) -> None:
        """Tint a sheet: one colour, as opaque at every point as ``alpha`` says, 0 … 1, shape (R, C)."""
        skia = canvas_library()
        shades = (np.clip(alpha * 255, 0, 255).astype(np.int64) << 24) | argb(color, 0.0)
        kind, indices = skia.Vertices.VertexMode.kTriangles_VertexMode, _triangles(*panel.relief.shape)
        mesh = skia.Vertices(kind, _points(panel.points), None, shades.reshape(-1).tolist(), indices)
        self.canvas.drawVertices(mesh, skia.Paint(AntiAlias=True), skia.BlendMode.kDst)

    def lit(self, panel: Panel, draw: Callable[[], None]) -> None:
        """Draw flat ink on a sheet, and the sheet's light and folds on the ink."""
        skia = canvas_library()
        shades = self.light.shade(panel).reshape(-1).tolist()
        kind, indices = skia.Vertices.VertexMode.kTriangles_VertexMode, _triangles(*panel.relief.shape)
        mesh = skia.Vertices(kind, _points(panel.points), None, shades, indices)
        self.canvas.saveLayer(panel.outline().getBounds(), None)
        draw()
        self.canvas.drawVertices(mesh, skia.Paint(BlendMode=skia.BlendMode.kModulate), skia.BlendMode.kDst)
        self.canvas.restore()

    def shadow(self, path: "skia.Path", thickness: float, alpha: float = 0.42) -> None:
        """Darken what is already drawn beside a path, away from the light; the empty canvas stays empty."""
        if thickness <= 0:
            return
        skia = canvas_library()
        right, down, _ = self.light.direction
        paint = skia.Paint(
            Color=argb("#0a0814", alpha), AntiAlias=True, BlendMode=skia.BlendMode.kSrcATop,
            MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.9 * thickness),
        )  # fmt: skip
        self.canvas.save()
        self.canvas.translate(-right * 1.3 * thickness, -down * 1.6 * thickness)
        self.canvas.drawPath(path, paint)
        self.canvas.restore()

    def pen(self, color: str, alpha: float, width: float) -> Any:
        """Mix a paint for lines, centimetres wide but never thinner than a third of a pixel."""
        skia = canvas_library()
        return skia.Paint(
            Color=argb(color, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style,
            StrokeWidth=max(width, 0.34 / self.px_per_cm),
            StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip

    def seam(self, points: Sequence[Point] | Floats, alpha: float = 0.4, width: float = 0.3) -> None:
        """Draw a seam through points in centimetres, shape (N, 2): a dark line with a lit edge."""
        path = line(points)
        self.canvas.drawPath(path, self.pen("#000000", alpha, width))
        self.canvas.save()
        self.canvas.translate(0.3, 0.3)
        self.canvas.drawPath(path, self.pen("#ffffff", alpha * 0.4, width * 0.7))
        self.canvas.restore()

    def stitches(self, points: Sequence[Point] | Floats, color: str, width: float = 0.22) -> None:
        """Draw a dashed line of thread through points in centimetres, shape (N, 2)."""
        pen = self.pen(color, 0.85, width)
        pen.setPathEffect(canvas_library().DashPathEffect.Make([0.8, 0.5], 0.0))
        self.canvas.drawPath(line(points), pen)

    def solid(self, path: "skia.Path", color: str, alpha: float = 1.0) -> None:
        """Fill an outline with one colour."""
        self.canvas.drawPath(path, canvas_library().Paint(Color=argb(color, alpha), AntiAlias=True))

    def stud(self, center: Point, radius: float, color: str) -> None:
        """Draw a button, bead or rivet: a disc with its shadow and a glint."""
        x, y = center
        right, down, _ = self.light.direction
        skia = canvas_library()
        self.canvas.drawCircle(
            x - right * 0.4,
            y - down * 0.4,
            radius * 1.08,
            skia.Paint(Color=argb("#000000", 0.4), AntiAlias=True),
        )
        self.canvas.drawCircle(x, y, radius, skia.Paint(Color=argb(color), AntiAlias=True))
        self.canvas.drawCircle(
            x, y, radius * 0.92, self.pen(mixed(color, "#000000", 0.5), 0.8, radius * 0.16)
        )
        glint = skia.Paint(Color=argb("#ffffff", 0.55), AntiAlias=True)
        self.canvas.drawCircle(x + right * radius * 0.4, y + down * radius * 0.4, radius * 0.3, glint)

    def _ground(self, layer: Layer) -> None:
        """Lay the cloth flat: all there is of a layer without panels, a darker lining under the others."""
        canvas, paint = self.canvas, self._cloth_paint(layer.cloth)
        skia = canvas_library()
        if layer.panels:
            dark = skia.ColorFilters.Blend(argb("#000000", 0.25), skia.BlendMode.kSrcOver)
            paint.setColorFilter(dark)
        canvas.drawPath(layer.path, paint)
        if layer.panels:
            return
        bounds = layer.path.getBounds()
        right, down, _ = self.light.direction
        reach = 0.5 * max(bounds.width(), bounds.height())
        x, y = bounds.centerX(), bounds.centerY()
        ends = [
            skia.Point(x + right * reach, y + down * reach),
            skia.Point(x - right * reach, y - down * reach),
        ]
        shades = [argb("#ffffff", 0.12), argb("#000000", 0.0), argb("#000000", 0.32)]
        canvas.drawPath(
            layer.path, skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, shades, [0, 0.4, 1]))
        )

    def _cloth_paint(self, cloth: Cloth) -> Any:
        skia = canvas_library()
        if _even(cloth):
            return skia.Paint(AntiAlias=True, Color=argb(cloth.color))
        if cloth not in self._shaders:
            density = float(np.clip(self.px_per_cm * 1.25, 1.5, 14))
            image = draw_swatch(cloth, density, self.rng)
            scale = SIDE / image.width()
            matrix = skia.Matrix.Scale(scale, scale)
            matrix.postRotate(cloth.angle)
            repeat = skia.TileMode.kRepeat
            sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNone)
            self._shaders[cloth] = image.makeShader(repeat, repeat, sampling, matrix)
        return skia.Paint(AntiAlias=True, Shader=self._shaders[cloth])


def _even(cloth: Cloth) -> bool:
    """Say whether a cloth is one colour, such as skin: it needs no swatch, which costs time."""
    return cloth.weave == "smooth" and cloth.pattern == "plain (pattern)"


def _points(grid: Floats) -> list[Any]:
    return [*starmap(canvas_library().Point, grid.reshape(-1, 2).tolist())]


def _triangles(rows: int, columns: int) -> list[int]:
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    triangles: list[int] = np.stack([a, b, c, b, d, c], axis=-1).reshape(-1).tolist()
    return triangles
