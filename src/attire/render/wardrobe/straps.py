"""The catalogue of what holds a garment up without sleeves: straps, a halter, one shoulder, or nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.layer import Piece
from attire.render.paths import Floats, intersect, line, polygon, stroke, subtract, union
from attire.render.person import LEVEL, Figure
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["STRAPS", "cut_straps"]

Bands: TypeAlias = list[tuple[Floats, float]]
Straps: TypeAlias = Callable[[Figure], tuple[Floats, Bands]]

X = np.linspace(-1.15, 1.15, 25)
EDGE = LEVEL["armpit"] + 0.4


def _edge(figure: Figure, y: Floats) -> Floats:
    """Place an edge, which falls beneath the arms at its ends."""
    fall = 9.0 * np.clip(np.abs(X) - 0.74, 0, None)
    return np.stack([X * figure.half_width("armpit", 1.5), y + fall], axis=1)


def _over(figure: Figure, foot: float, head: float, y: float, width: float) -> Bands:
    half = figure.half_width("armpit")
    return [
        (
            np.array(
                [
                    (side * foot * half, y),
                    (side * 0.5 * (foot + head) * half, 36.0),
                    (side * head * half, 26.0),
                ]
            ),
            width,
        )
        for side in (-1, 1)
    ]


def sweetheart(figure: Figure) -> tuple[Floats, Bands]:
    """Strapless, in two curves over the bust."""
    y = EDGE - 1.8 * np.cos(2 * np.pi * np.abs(X) / 0.95 - np.pi) * (np.abs(X) < 0.95) + 0.5
    return _edge(figure, y), []


def strapless(figure: Figure) -> tuple[Floats, Bands]:
    """Straight over the bust."""
    return _edge(figure, EDGE - 0.8 * (1 - X**2)), []


def spaghetti(figure: Figure) -> tuple[Floats, Bands]:
    """Thin straps on a soft V."""
    return _edge(figure, EDGE - 3.5 + 5.5 * np.abs(np.abs(X) - 0.5)), _over(figure, 0.5, 0.58, 43.0, 1.1)


def broad(figure: Figure) -> tuple[Floats, Bands]:
    """Broad straps on a square front."""
    return _edge(figure, EDGE - 0.6 + 0 * X), _over(figure, 0.62, 0.6, 45.0, 4.6)


def halter(figure: Figure) -> tuple[Floats, Bands]:
    """Two bands that meet behind the neck."""
    y = EDGE - 1.0 + 6.5 * np.exp(-((X / 0.28) ** 2))
    return _edge(figure, y), _over(figure, 0.5, 0.3, 46.0, 5.0)


def one_shoulder(figure: Figure) -> tuple[Floats, Bands]:
    """Runs aslant from one shoulder to beneath the other arm."""
    u = (X + 1) / 2
    y = 25.5 + (EDGE - 24.5) * np.clip(u, 0, 1) ** 0.8
    fall = 9.0 * np.clip(X - 0.74, 0, None)
    return np.stack([X * figure.half_width("armpit", 1.5), y + fall], axis=1), []


STRAPS: dict[str, Straps] = {
    "sweetheart": sweetheart, "strapless": strapless, "spaghetti": spaghetti, "broad": broad,
    "halter": halter, "one shoulder": one_shoulder,
}  # fmt: skip
"""Upper edge of the front, shape (N, 2), and straps with their widths, straight-body centimetres."""


def cut_straps(garment: Garment, name: str) -> None:
    """Cut shoulders and neck away from a garment, but for its straps, and label the edge as a neckline.

    Args:
        garment: Its body must begin at the shoulders.
        name: A name of :data:`STRAPS`.
    """
    figure = garment.figure
    edge, straps = STRAPS[name](figure)
    flip = -1.0 if name == "one shoulder" and garment.rng.random() < 0.5 else 1.0
    upper = figure.pose(edge * (flip, 1.0))
    right, left = upper[-1] + (flip * 12, 0.0), upper[0] - (flip * 12, 0.0)
    above = np.array([right, (right[0], 8.0), (left[0], 8.0), left])
    cut = polygon(np.concatenate([upper, above]))
    bands = [stroke(line(figure.pose(points)), width) for points, width in straps]
    if name != "halter":
        bands = [intersect(band, garment.body.outline()) for band in bands]
    if bands:
        cut = subtract(cut, union(bands))
        garment.additions += bands
    garment.cuts.append(cut)
    rim = intersect(stroke(line(upper), 3.0), garment.outline())
    garment.parts.append(Piece(category="neckline", layers=(), marks=(rim,), on_garment=True))
    garment.details.append(_rim(upper, bands))


def _rim(upper: Floats, bands: "list[skia.Path]") -> "Callable[[Painter], None]":
    lower = np.add(upper, (0.0, 1.3))

    def draw(painter: "Painter") -> None:
        painter.seam(lower, 0.35, 0.3)
        for band in bands:
            painter.canvas.drawPath(band, painter.pen("#000000", 0.45, 0.25))

    return draw
