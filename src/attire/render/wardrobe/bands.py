"""Edges of garments: ribbed bands, stitched hems, bindings, shirt cuffs and turn-ups."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.color import mixed
from attire.render.layer import Detail
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library, line, polygon
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.openings.front import draw_on_front
from attire.render.wardrobe.pockets import thread_on

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = [
    "across",
    "cuff_band",
    "edge_band",
    "gathered_seam",
    "rib_band",
    "ribs",
    "stitch_hem",
    "turn_up",
]


def rib_band(garment: Garment, panel: Panel, height: float, *, color: str = "") -> None:
    """Knit the lower end of a sheet in ribs that draw it in.

    Args:
        garment: Gets the drawing.
        panel: Its body or one of its sleeves.
        height: Of the band, centimetres.
        color: Hex colour of a contrasting band; empty for the garment's own.
    """
    top = 1 - height / panel.height
    s = np.linspace(-1, 1, 21)
    upper, lower = (across(panel, t, s) for t in (top, 1.0))
    _draw(garment, panel, partial(_ribs, upper=upper, lower=lower, color=color))


def ribs(garment: Garment, upper: Floats, lower: Floats, *, color: str = "") -> None:
    """Knit a band between two lines of as many points each, shape (N, 2), centimetres."""
    garment.details.append(partial(_ribs, upper=upper, lower=lower, color=color, around=False))


def stitch_hem(garment: Garment, panel: Panel, height: float = 2.2, *, rows: int = 2) -> None:
    """Turn up the lower end of a sheet and stitch it down."""
    s = np.linspace(-1, 1, 15)
    t = [1 - (height - 0.7 * row) / panel.height for row in range(rows)]
    lines = [across(panel, place, s) for place in t]
    thread = mixed(thread_on(garment), garment.cloth.color, 0.3)

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(line(lines[0]), painter.pen("#000000", 0.16, 0.7))
        for stitches in lines:
            painter.stitches(stitches, thread)

    _draw(garment, panel, draw)


def cuff_band(garment: Garment, panel: Panel, height: float = 6.0, *, buttons: int = 1) -> None:
    """Set a stiff buttoned band to the end of a sleeve; what comes before it is gathered into its seam."""
    top = 1 - height / panel.height
    s = np.linspace(-1, 1, 13)
    upper = across(panel, top, s)
    band = polygon(np.concatenate([upper, across(panel, 1.0, s[::-1])]))
    places = [panel.at(0.35, top + share * (1 - top)) for share in np.linspace(0.5, 0.85, buttons)]
    color = mixed(garment.cloth.color, "#ffffff", 0.65)

    def draw(painter: "Painter") -> None:
        painter.solid(band, "#ffffff", 0.08)
        painter.seam(upper, 0.6, 0.45)
        painter.stitches(
            panel.on(np.stack([s, np.full_like(s, 1 - 0.8 / panel.height)], axis=1)), thread_on(garment)
        )
        for place in places:
            painter.stud(place, 0.55, color)

    garment.details.append(draw)


def turn_up(garment: Garment, panel: Panel, height: float) -> None:
    """Roll up the end of a sleeve: a thick band that shows the inside of the cloth."""
    s = np.linspace(-1, 1, 13)
    edges = [
        panel.on(np.stack([s, np.full_like(s, 1 - share * height / panel.height)], axis=1))
        for share in (1, 0.5, 0)
    ]
    band = polygon(np.concatenate([edges[0], edges[2][::-1]]))

    def draw(painter: "Painter") -> None:
        painter.shadow(band, 0.8, 0.55)
        painter.solid(band, mixed(garment.cloth.color, "#ffffff", 0.35), 0.42)
        painter.seam(edges[0], 0.6, 0.45)
        painter.seam(edges[1], 0.35, 0.35)

    garment.details.append(draw)


def gathered_seam(garment: Garment, panel: Panel, t: float, *, count: int = 26, reach: float = 4.0) -> None:
    """Draw a seam across a sheet into which the cloth on both sides is gathered."""
    s = np.linspace(-0.97, 0.97, count)
    lap = reach / panel.height
    ends = garment.rng.uniform(0.4, 1.0, (2, count)) * lap
    inner = across(panel, t, s)
    above = panel.on(np.stack([s, np.clip(t - ends[0], 0, 1)], axis=1))
    below = panel.on(np.stack([s, np.clip(t + ends[1], 0, 1)], axis=1))

    def draw(painter: "Painter") -> None:
        painter.seam(inner, 0.5, 0.4)
        painter.canvas.drawPath(_hatch(inner, above), painter.pen("#000000", 0.2, 0.35))
        painter.canvas.drawPath(_hatch(inner, below), painter.pen("#000000", 0.26, 0.35))

    _draw(garment, panel, draw)


def edge_band(
    garment: Garment, inner: Floats, outer: Floats, *, color: str = "", ribbed: bool = False
) -> None:
    """Bind an edge: a band of another colour or of ribs between two lines of as many points, shape (N, 2)."""
    if ribbed:
        ribs(garment, inner, outer, color=color)
        return
    band = polygon(np.concatenate([inner, outer[::-1]]))

    def draw(painter: "Painter") -> None:
        if color:
            painter.solid(band, color, 0.92)
        painter.seam(outer, 0.4, 0.3)

    garment.details.append(draw)


def across(panel: Panel, t: float, s: Floats) -> Floats:
    """Find the line across a sheet at a height ``t`` through places ``s`` (N,), centimetres, shape (N, 2)."""
    return panel.on(np.stack([s, np.full_like(s, t)], axis=1))


def _draw(garment: Garment, panel: Panel, draw: Detail) -> None:
    """Draw on a sleeve as it is, on the body where no sleeve lies before it."""
    if any(panel is sleeve for sleeve in garment.sleeves):
        garment.details.append(draw)
    else:
        draw_on_front(garment, draw)


def _ribs(painter: "Painter", upper: Floats, lower: Floats, color: str, around: bool = True) -> None:
    band = polygon(np.concatenate([upper, lower[::-1]]))
    if color:
        painter.solid(band, color, 0.92)
    length = float(np.linalg.norm(np.diff(upper, axis=0), axis=1).sum())
    count = max(6, int(length / (1.1 if around else 0.8)))
    share = np.linspace(0, 1, count)
    if around:
        share = np.sin(np.pi * (share - 0.5)) / 2 + 0.5
    place = np.linspace(0, 1, len(upper))
    tops, feet = (
        np.stack([np.interp(share, place, e[:, k]) for k in (0, 1)], axis=1) for e in (upper, lower)
    )
    painter.canvas.drawPath(_hatch(tops, feet), painter.pen("#000000", 0.3, 0.38))
    painter.canvas.drawPath(_hatch(tops + 0.4, feet + 0.4), painter.pen("#ffffff", 0.16, 0.3))
    painter.seam(upper, 0.45, 0.4)


def _hatch(tops: Floats, feet: Floats) -> "skia.Path":
    path: skia.Path = canvas_library().Path()
    for (x0, y0), (x1, y1) in zip(tops.tolist(), feet.tolist(), strict=True):
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    return path
