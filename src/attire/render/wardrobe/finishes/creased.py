"""Sharp edges of folds: where cloth is pressed, stitched or pulled together."""

from typing import TYPE_CHECKING

from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library
from attire.render.wardrobe.finishes.places import on_sheet
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["crease", "polyline"]


def crease(garment: Garment, sheet: Panel, lines: list[Floats], alpha: float, width: float) -> None:
    """Draw folds' sharp edges: dark, with light beside them."""
    path = polyline(lines)

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(path, painter.pen("#000000", alpha, width))
        painter.canvas.translate(width * 1.1, width * 0.4)
        painter.canvas.drawPath(path, painter.pen("#ffffff", alpha * 0.35, width))
        painter.canvas.translate(-width * 1.1, -width * 0.4)

    garment.details.append(on_sheet(garment, sheet, draw))


def polyline(lines: list[Floats]) -> "skia.Path":
    """Draw straight lines through points, centimetres, each of shape (N, 2)."""
    skia = canvas_library()
    path = skia.Path()
    for points in lines:
        path.addPoly([skia.Point(x, y) for x, y in points.tolist()], False)
    return path
