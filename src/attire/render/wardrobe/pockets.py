"""The catalogue of pockets, each put at a place of a garment's sheet and labelled for itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from attire.render.color import lightness, mixed
from attire.render.layer import Detail, Piece
from attire.render.panel import Panel
from attire.render.paths import Floats, Point, polygon, smooth, union
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import draw_on_front, marks_on_front

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = [
    "flap_pocket",
    "kangaroo_pocket",
    "pair_of",
    "patch_pocket",
    "slant_pocket",
    "thread_on",
    "welt_pocket",
    "zip_pocket",
]


def patch_pocket(
    garment: Garment, panel: Panel, s: float, t: float, width: float, height: float, *, flap: bool = False
) -> Piece:
    """Sew a pocket on a sheet: pointed at its foot, hemmed on top, with or without a buttoned flap.

    Args:
        garment: Gets the drawing and the labelled part.
        panel: The sheet of it on which the pocket lies.
        s: Place of the middle of its upper edge across, -1 … 1.
        t: Place of its upper edge down, 0 … 1.
        width: Centimetres.
        height: Centimetres.
        flap: Whether a flap falls over its mouth.

    Returns:
        The labelled piece, which is among ``garment.parts`` already.
    """
    outline = _placed(panel, s, t, width, height, [(-1, 0), (1, 0), (1, 0.84), (0, 1), (-1, 0.84)])
    path = polygon(outline)
    mouth = _placed(panel, s, t, width, height, [(-1, 0.14), (1, 0.14)])
    cover = _flap(panel, s, t - 0.6 / panel.height, width + 0.6, min(5.0, 0.38 * height)) if flap else None

    def draw(painter: "Painter") -> None:
        _raise(painter, path)
        painter.stitches(_inset(outline, 0.5), thread_on(garment))
        if cover is None:
            painter.seam(mouth, 0.35)
        else:
            _draw_flap(painter, garment, cover)

    return _label(garment, draw, path if cover is None else union([path, polygon(cover)]))


def flap_pocket(
    garment: Garment, panel: Panel, s: float, t: float, width: float, height: float = 5.5
) -> Piece:
    """Hang a flap over a pocket that lies inside; arguments as for :func:`patch_pocket`."""
    cover = _flap(panel, s, t, width, height, point=0.0)

    def draw(painter: "Painter") -> None:
        _draw_flap(painter, garment, cover, button=False)
        painter.seam(cover[:2], 0.55, 0.4)

    return _label(garment, draw, polygon(cover))


def welt_pocket(
    garment: Garment,
    panel: Panel,
    s: float,
    t: float,
    width: float,
    height: float = 2.2,
    *,
    lean: float = 0.0,
) -> Piece:
    """Set a narrow strip in front of a pocket that lies inside.

    Args:
        garment: Gets the drawing and the labelled part.
        panel: The sheet of it on which the pocket lies.
        s: Place of the middle across.
        t: Place of the upper edge down.
        width: Centimetres.
        height: Of the strip, centimetres.
        lean: How much lower its right end is than its left, centimetres.
    """
    drop = lean / height / 2
    strip = _placed(panel, s, t, width, height, [(-1, -drop), (1, drop), (1, 1 + drop), (-1, 1 - drop)])

    def draw(painter: "Painter") -> None:
        _raise(painter, polygon(strip))
        painter.seam(strip[:2], 0.75, 0.45)

    return _label(garment, draw, polygon(strip))


def slant_pocket(garment: Garment, panel: Panel, s: float, t: float, width: float, height: float) -> Piece:
    """Cut a pocket aslant into the side, as at the hip of trousers.

    Args:
        garment: Gets the drawing and the labelled part.
        panel: The sheet of it on which the pocket lies.
        s: Place across of the mouth's upper end, towards the middle; the side (s < 0: left) follows from it.
        t: Place down of that end.
        width: How far the mouth's lower end lies outwards, centimetres.
        height: How far it lies below, centimetres.
    """
    out = -1.0 if s < 0 else 1.0
    lap, fall = _lap(panel, t, width), height / panel.height
    mouth = panel.on([(s, t), (s + out * 0.35 * lap, t + 0.6 * fall), (s + out * lap, t + fall)])
    inner = panel.on([(s - out * 0.25 * lap, t), (s + out * 0.75 * lap, t + fall * 1.06)])
    path = smooth(np.concatenate([mouth, inner[::-1]]), 0.3)

    def draw(painter: "Painter") -> None:
        painter.seam(mouth, 0.75, 0.45)
        painter.stitches(mouth + np.array([-out * 0.8, 0.4]), thread_on(garment))

    return _label(garment, draw, path)


def kangaroo_pocket(garment: Garment, panel: Panel, t: float, width: float, height: float) -> Piece:
    """Sew the wide pocket with slanted mouths on the belly of a hooded sweatshirt.

    Args:
        garment: Gets the drawing and the labelled part.
        panel: The sheet of it on which the pocket lies, around its middle.
        t: Place of its upper edge down.
        width: At its foot, centimetres.
        height: Centimetres.
    """
    outline = _placed(
        panel, 0.0, t, width, height, [(-0.62, 0), (0.62, 0), (1, 0.62), (1, 1), (-1, 1), (-1, 0.62)]
    )

    def draw(painter: "Painter") -> None:
        _raise(painter, polygon(outline))
        for mouth in (outline[1:3], outline[[5, 0]]):
            painter.seam(mouth, 0.7, 0.5)
        painter.stitches(_inset(outline, 0.6), thread_on(garment))

    return _label(garment, draw, polygon(outline))


def zip_pocket(
    garment: Garment, panel: Panel, s: float, t: float, width: float, *, lean: float = 0.0
) -> Piece:
    """Close a pocket with a metal zip; arguments as for :func:`welt_pocket`."""
    drop = lean / 1.8 / 2
    strip = _placed(panel, s, t, width, 1.8, [(-1, -drop), (1, drop), (1, 1 + drop), (-1, 1 - drop)])
    middle = (strip[[0, 1]] + strip[[3, 2]]) / 2

    def draw(painter: "Painter") -> None:
        painter.solid(polygon(strip), mixed(garment.cloth.color, "#000000", 0.45))
        painter.canvas.drawPath(polygon(strip), painter.pen("#000000", 0.5, 0.25))
        painter.stitches(middle, "#d9dade", 0.7)
        x, y = middle[1 if lean <= 0 else 0].tolist()
        painter.stud((x, y), 0.65, "#c9cbd0")

    return _label(garment, draw, polygon(strip))


def pair_of(places: Sequence[float]) -> list[tuple[float, float]]:
    """Mirror a place ``(s, t)`` of the left half to both halves.

    Example:
        >>> pair_of((0.4, 0.7))
        [(-0.4, 0.7), (0.4, 0.7)]
    """
    s, t = places
    return [(-abs(s), t), (abs(s), t)]


def thread_on(garment: Garment) -> str:
    """A thread that is seen on a garment's cloth."""
    color = garment.cloth.color
    return mixed(color, "#000000", 0.55) if lightness(color) > 0.45 else mixed(color, "#ffffff", 0.45)


def _lap(panel: Panel, t: float, width: float) -> float:
    """Turn a width in centimetres into a width in s around the middle."""
    return panel.s_for(width / 2, t) - panel.s_for(-width / 2, t)


def _placed(panel: Panel, s: float, t: float, width: float, height: float, shape: Sequence[Point]) -> Floats:
    """Put a shape (across -1 … 1, down 0 … 1) of a size in centimetres at a place; shape (N, 2)."""
    lap, fall = _lap(panel, float(np.clip(t, 0, 1)), width) / 2, height / panel.height
    return panel.on([(s + x * lap, t + y * fall) for x, y in shape])


def _flap(panel: Panel, s: float, t: float, width: float, height: float, point: float = 0.25) -> Floats:
    return _placed(panel, s, t, width, height, [(-1, 0), (1, 0), (1, 1 - point), (0, 1), (-1, 1 - point)])


def _draw_flap(painter: "Painter", garment: Garment, flap: Floats, *, button: bool = True) -> None:
    painter.shadow(polygon(flap), 0.7, 0.35)
    _raise(painter, polygon(flap))
    painter.stitches(_inset(flap, 0.5)[1:], thread_on(garment))
    if button:
        x, y = (0.72 * flap[3] + 0.28 * flap[:2].mean(axis=0)).tolist()
        painter.stud((x, y), 0.65, mixed(garment.cloth.color, "#ffffff", 0.7))


def _raise(painter: "Painter", path: "skia.Path") -> None:
    """Let a sewn-on piece of the same cloth stand out: shadow, a lighter face, a dark edge."""
    painter.shadow(path, 0.5, 0.3)
    painter.solid(path, "#ffffff", 0.07)
    painter.canvas.drawPath(path, painter.pen("#000000", 0.5, 0.35))


def _inset(outline: Floats, step: float) -> Floats:
    """Move a closed outline inwards by about ``step`` centimetres; the first point comes again at the end."""
    middle = outline.mean(axis=0)
    away = outline - middle
    inner = outline - step * np.sign(away) * (np.abs(away) > step)
    return np.concatenate([inner, inner[:1]])


def _label(garment: Garment, draw: Detail, path: "skia.Path") -> Piece:
    """Draw a pocket with its garment and label it, cut to what the garment covers."""
    piece = Piece(category="pocket", layers=(), marks=(marks_on_front(garment, path),), on_garment=True)
    draw_on_front(garment, draw)
    garment.parts.append(piece)
    return piece
