"""The catalogue of necklines: what is cut out of a bodice, and the edge that is labelled."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.layer import Layer, Piece
from attire.render.paths import Floats, Point, intersect, polygon, smooth, subtract
from attire.render.taste import Taste
from attire.render.wardrobe.bands import edge_band
from attire.render.wardrobe.bodice import shoulder_y
from attire.render.wardrobe.collars import fitted
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["NECKLINES", "WIDTHS", "cut_neckline", "label_edge", "neck_width"]

EDGE = 2.0
"""Width of the labelled edge, centimetres."""

Neckline: TypeAlias = Callable[[Garment, float], Floats]


def crew(garment: Garment, neck: float) -> Floats:
    """Round and close to the neck."""
    return _arc(neck, garment.taste.between(4.2, 6.5), power=2.2)


def scoop(garment: Garment, neck: float) -> Floats:
    """Round and deep."""
    return _arc(neck, garment.taste.between(10.0, 14.5), power=2.5)


def v_neck(garment: Garment, neck: float) -> Floats:
    """Pointed."""
    return _arc(neck, garment.taste.between(11.0, 16.0), power=1.0)


def deep_v(garment: Garment, neck: float) -> Floats:
    """Pointed, down to the bust."""
    return _arc(neck, garment.taste.between(19.0, 25.0), power=1.0)


def square(garment: Garment, neck: float) -> Floats:
    """Two corners and a straight edge."""
    depth = garment.taste.between(9.0, 13.0)
    half = [(x * neck, depth) for x in np.linspace(0, 0.92, 9)]
    return _mirrored([*half, *((neck * (0.92 + 0.08 * k), depth * (1 - k)) for k in (0.25, 0.5, 0.75, 1.0))])


def boat(garment: Garment, neck: float) -> Floats:
    """Wide and shallow, from shoulder to shoulder."""
    return _arc(neck, garment.taste.between(3.2, 4.6), power=2.6)


def sweetheart(garment: Garment, neck: float) -> Floats:
    """Two arcs over the bust that meet in a point."""
    depth = garment.taste.between(11.0, 14.0)
    x = np.linspace(0, 0.88, 12)
    heart = (
        depth + 1.8 * np.exp(-((x / 0.16) ** 2)) - 2.6 * np.sin(np.pi * np.clip(x / 0.88, 0, 1) ** 0.8) ** 1.2
    )
    half = list(zip((x * neck).tolist(), heart.tolist(), strict=True))
    return _mirrored([*half, *((neck * (0.88 + 0.12 * k), depth * (1 - k)) for k in (0.3, 0.65, 1.0))])


def keyhole(garment: Garment, neck: float) -> Floats:
    """Round, with a drop-shaped hole below that a button closes."""
    edge = _arc(neck, garment.taste.between(4.2, 5.5), power=2.2)
    low, long, half = (
        edge[:, 1].max() + 1.6,
        garment.taste.between(7.0, 11.0),
        garment.taste.between(1.9, 3.0),
    )
    turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    drop = np.stack(
        [half * np.sin(turn) * np.sin(turn / 2) ** 1.2, low + long * (1 - np.cos(turn)) / 2], axis=1
    )
    hole = fitted(garment, drop)
    button = fitted(garment, [(0.0, low - 0.6)])[0].tolist()
    garment.cuts.append(smooth(hole, 0.9))

    def draw(painter: "Painter") -> None:
        painter.seam(np.concatenate([hole, hole[:1]]), 0.4, 0.5)
        painter.stud((button[0], button[1]), 0.75, "#f4f1ea")

    garment.details.append(draw)
    return edge


def cowl(garment: Garment, neck: float) -> Floats:
    """Deep, in soft draped folds."""
    depth, body = garment.taste.between(10.0, 13.0), garment.body
    top = body.t_for(garment.figure.at(0, 28.0 + depth)[1])
    s, t = body.grid()
    relief = np.zeros_like(s)
    for step in range(1, 5):
        arc = (top + 0.065 * step) - 0.16 * step * s**2 * (1 - 0.12 * step)
        relief += (
            1.3
            * (1 - 0.15 * step)
            * np.exp(-(((t - arc) * body.height / 1.3) ** 2))
            * np.exp(-((s / 0.7) ** 4))
        )
    garment.replace_panel(body, body.raised(relief))
    return _arc(neck, depth, power=2.0)


NECKLINES: dict[str, Neckline] = {
    "crew": crew,
    "scoop": scoop,
    "v": v_neck,
    "deep v": deep_v,
    "square": square,
    "boat": boat,
    "sweetheart": sweetheart,
    "keyhole": keyhole,
    "cowl": cowl,
}
"""Lower edge of each opening from left to right; x in straight-body centimetres, y in centimetres below the
shoulder's point at the neck, shape (N, 2)."""

WIDTHS: dict[str, Point] = {
    "crew": (7.2, 8.4), "scoop": (8.6, 11.0), "v": (7.4, 9.2), "deep v": (7.6, 9.0), "square": (9.5, 11.5),
    "boat": (12.0, 14.0), "sweetheart": (10.0, 12.0), "keyhole": (7.2, 8.2), "cowl": (9.0, 11.0),
}  # fmt: skip
"""From and to which half-width on the shoulders each neckline is cut, centimetres."""


def neck_width(taste: Taste, name: str) -> float:
    """Choose how wide a neckline is cut: half its width on the shoulders, centimetres."""
    return taste.between(*WIDTHS[name])


def cut_neckline(
    garment: Garment, name: str, neck: float, *, trim: str = "", ribbed: bool = False, labelled: bool = True
) -> Floats:
    """Cut an opening for the neck into a garment and label its edge.

    Args:
        garment: Its body must begin at the shoulders; sleeves are sewn in already.
        name: A neckline of the catalogue.
        neck: Half the width of the opening on the shoulders, centimetres; as given to the bodice.
        trim: Hex colour of the edge; empty for the garment's own.
        ribbed: Whether the edge is knitted in ribs.
        labelled: False where a collar covers the edge.

    Returns:
        The lower edge in the pose from left to right, centimetres, shape (N, 2).
    """
    start = shoulder_y(garment.figure, neck)
    lower = NECKLINES[name](garment, neck)
    lower = fitted(garment, lower + np.array([0.0, start]))
    rise = np.array([[neck * 0.95, start - 7.0], [-neck * 0.95, start - 7.0]])
    opening = polygon(np.concatenate([lower, garment.figure.pose(rise)]))
    garment.behind.append(_back_of_neck(garment, neck, start))
    whole = garment.outline()
    garment.cuts.append(opening)
    if labelled:
        label_edge(garment, lower, subtract(whole, opening), trim=trim, ribbed=ribbed)
    return lower


def label_edge(
    garment: Garment,
    edge: Floats,
    within: object,
    *,
    trim: str = "",
    ribbed: bool = False,
    width: float = EDGE,
) -> None:
    """Draw a band along the upper edge of a garment and label it as its neckline.

    Args:
        garment: Gets the drawing and the labelled part.
        edge: From left to right, centimetres, shape (N, 2).
        within: What of the garment is there to lie on.
        trim: Hex colour of the band; empty for the garment's own.
        ribbed: Whether it is knitted in ribs.
        width: Centimetres.
    """
    along = np.gradient(edge, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    outer = edge + width * np.stack([-along[:, 1], along[:, 0]], axis=1)
    band = intersect(polygon(np.concatenate([edge, outer[::-1]])), within)
    garment.parts.append(Piece(category="neckline", layers=(), marks=(band,), on_garment=True))
    edge_band(garment, edge, outer, color=trim, ribbed=ribbed)


def _arc(neck: float, depth: float, power: float) -> Floats:
    x = np.linspace(-1, 1, 25)
    return np.stack([x * neck, depth * (1 - np.abs(x) ** power)], axis=1)


def _mirrored(half: list[Point]) -> Floats:
    """Complete the right half of an edge, from the middle outwards, by its mirror image."""
    return np.array([*((-x, y) for x, y in half[:0:-1]), *half])


def _back_of_neck(garment: Garment, neck: float, start: float) -> Layer:
    """The inside of the back that shows behind the neck."""
    points = [
        (-neck, start + 0.4), (-neck * 0.6, start - 1.4), (neck * 0.6, start - 1.4), (neck, start + 0.4),
        (neck * 0.7, start + 4.0), (-neck * 0.7, start + 4.0),
    ]  # fmt: skip
    return Layer(
        path=smooth(garment.figure.pose(np.array(points)), 0.6),
        cloth=garment.cloth,
        behind=True,
        thickness=0.0,
    )
