"""The catalogue of waistlines: where a garment is joined or held, and what shows it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.color import lightness, mixed
from attire.render.panel import Panel
from attire.render.paths import Floats, line, polygon, stroke
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.sheets import ring

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["BANDS", "SEAMS", "TOPS", "pointed", "put_waistband", "sew_waist", "thread"]

TOPS = {"high waist": 57.5, "normal waist": 65.0, "low waist": 75.5}
"""Height of the upper edge of what is worn from the waist down, centimetres below the crown."""

SEAMS = {
    "empire waistline": 54.5,
    "high waist": 60.0,
    "normal waist": 66.0,
    "low waist": 75.0,
    "dropped waistline": 83.0,
    "basque (wasitline)": 64.5,
}
"""Height of the seam between bodice and skirt, centimetres below the crown."""

POINT = 15.0
"""How far a basque seam falls to its point, centimetres."""

Band: TypeAlias = Callable[[Garment, Panel], None]


def plain_band(garment: Garment, band: Panel) -> None:
    """A smooth band between two seams."""
    garment.details.append(partial(_edges, band=band))


def jeans_band(garment: Garment, band: Panel) -> None:
    """Topstitched, with belt loops and a metal button."""
    plain_band(garment, band)
    metal = "#c08a4a" if lightness(garment.cloth.color) < 0.6 else "#b8bcc2"
    garment.details.append(partial(_loops, band=band, color=thread(garment), stitched=True))
    garment.details.append(lambda painter: painter.stud(band.at(0.03, 0.5), 1.05, metal))


def tailored_band(garment: Garment, band: Panel) -> None:
    """Belt loops and a lapped end with a covered hook."""
    plain_band(garment, band)
    garment.details.append(partial(_loops, band=band, color=thread(garment), stitched=False))
    garment.details.append(lambda painter: painter.seam(band.on([(0.12, 0.0), (0.13, 1.0)]), 0.5, 0.3))


def elastic_band(garment: Garment, band: Panel) -> None:
    """Shirred over an elastic."""
    s = np.linspace(-0.97, 0.97, 37)

    def draw(painter: "Painter") -> None:
        _edges(painter, band)
        for place in s + garment.rng.uniform(-0.012, 0.012, len(s)):
            painter.seam(band.on([(place, 0.08), (place + 0.008, 0.95)]), 0.36, 0.4)
        for t in (0.34, 0.67):
            painter.seam(_across(band, t), 0.16, 0.25)

    garment.details.append(draw)


def drawstring_band(garment: Garment, band: Panel) -> None:
    """Shirred, with a cord tied in front."""
    elastic_band(garment, band)
    cloth = garment.cloth.color
    cord = mixed(cloth, "#ffffff" if lightness(cloth) < 0.55 else "#101014", 0.75)
    x, y = band.at(0.0, 0.55)
    lean = garment.rng.uniform(-1.5, 1.5, 2)
    loops = [
        [(x, y), (x - 3.5, y - 1.4), (x - 4.4, y + 1.2), (x, y)],
        [(x, y), (x + 3.5, y - 1.4), (x + 4.4, y + 1.2), (x, y)],
        [(x, y), (x - 1.4, y + 6), (x - 1.6 + lean[0], y + 13)],
        [(x, y), (x + 1.3, y + 6), (x + 1.8 + lean[1], y + 15)],
    ]

    def draw(painter: "Painter") -> None:
        for loop in loops:
            painter.seam(np.array(loop) + 0.35, 0.4, 0.8)
        for loop in loops:
            painter.canvas.drawPath(line(loop), painter.pen(cord, 1.0, 0.75))
        painter.stud((x, y), 0.8, cord)

    garment.details.append(draw)


BANDS: dict[str, Band] = {
    "plain": plain_band, "jeans": jeans_band, "tailored": tailored_band, "elastic": elastic_band,
    "drawstring": drawstring_band,
}  # fmt: skip
"""What a waistband is like."""


def put_waistband(garment: Garment, top: float, kind: str, height: float = 4.0, ease: float = 1.2) -> Panel:
    """Sew a band on the upper edge of trousers, shorts or a skirt.

    Args:
        garment: Gets the band, its drawing, and the place for its closing.
        top: Height of the garment's upper edge, centimetres below the crown.
        kind: A name of :data:`BANDS`.
        height: Of the band, centimetres.
        ease: Room of the garment at its top, centimetres.
    """
    band = ring(garment.figure, top - 0.2, top + height, ease + 0.35)
    garment.panels.append(band)
    garment.witnesses["waistline"] = band.outline()
    BANDS[kind](garment, band)
    return band


def sew_waist(garment: Garment, sheet: Panel, *, band: float = 0.0, color: str | None = None) -> None:
    """Show the seam where a skirt is joined to a bodice, or a band of another colour over it.

    Args:
        garment: A dress or jumpsuit.
        sheet: Its skirt or trousers' seat; the seam runs along its upper edge.
        band: Height of the band, centimetres; 0 for a bare seam.
        color: Hex colour of the band; by default the cloth, darker.
    """
    upper = sheet.on(np.stack([sheet.s, np.zeros_like(sheet.s)], axis=1))
    shade = color or mixed(garment.cloth.color, "#000000", 0.22)

    garment.witnesses["waistline"] = stroke(line(upper), 3.0)
    shade_below = line(np.add(upper, (0, 1.0)))

    def draw(painter: "Painter") -> None:
        if band:
            low, high = np.add(upper, (0, 0.5 * band)), np.subtract(upper, (0, 0.5 * band))
            ribbon = polygon(np.concatenate([high, low[::-1]]))
            painter.shadow(ribbon, 0.6, 0.4)
            painter.solid(ribbon, shade)
            painter.seam(high, 0.35, 0.3)
            painter.seam(low, 0.45, 0.3)
            return
        painter.canvas.drawPath(shade_below, painter.pen("#000000", 0.16, 2.4))
        painter.seam(np.subtract(upper, (0, 0.2)), 0.85, 0.75)
        painter.seam(np.add(upper, (0, 1.0)), 0.25, 0.25)

    garment.details.append(draw)


def pointed(sheet: Panel, depth: float = POINT) -> Panel:
    """Let the upper edge of a skirt fall to a point in front, as under a basque bodice."""
    s, t = sheet.grid()
    fall = depth * (1 - np.abs(s)) ** 0.9 * np.clip(1 - t / 0.6, 0, 1)
    return sheet.moved(lambda points: points + np.stack([np.zeros_like(fall), fall], axis=-1))


def thread(garment: Garment) -> str:
    """Colour of the topstitching: orange on denim, else a tone of the cloth."""
    color = garment.cloth.color
    if garment.cloth.weave in ("twill", "denim"):
        return "#d59a4e"
    return mixed(color, "#ffffff" if lightness(color) < 0.5 else "#000000", 0.45)


def _edges(painter: "Painter", band: Panel) -> None:
    painter.seam(_across(band, 1.0), 0.6, 0.4)
    painter.seam(_across(band, 0.04), 0.3, 0.3)


def _loops(painter: "Painter", band: Panel, color: str, stitched: bool) -> None:
    """Belt loops, and the rows of stitching on a band."""
    if stitched:
        for t in (0.16, 0.86):
            painter.stitches(_across(band, t), color)
    for s in (-0.88, -0.5, 0.5, 0.88):
        lap = band.s_for(0.7, 0.5) - band.s_for(-0.7, 0.5)
        loop = polygon(
            band.on([(s - lap / 2, 0.0), (s + lap / 2, 0.0), (s + lap / 2, 1.05), (s - lap / 2, 1.05)])
        )
        painter.shadow(loop, 0.5, 0.5)
        painter.solid(loop, "#ffffff", 0.1)
        painter.canvas.drawPath(loop, painter.pen("#000000", 0.55, 0.3))


def _across(band: Panel, t: float) -> Floats:
    return band.on(np.stack([band.s, np.full_like(band.s, t)], axis=1))
