"""Finishes that make cloth look worn: ripped, washed out, frayed."""

from collections.abc import Callable
from functools import partial

import numpy as np

from attire.render.color import lightness, mixed
from attire.render.painter import Painter
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library, line, smooth
from attire.render.person import LEVEL
from attire.render.wardrobe.finishes.places import legs, on_sheet, sheets, to_hem
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.threads import comb, strands

__all__ = ["distressed", "frayed", "washed"]


def distressed(garment: Garment) -> None:
    """Rips over knees and thighs, with white threads across bare skin, and worn patches around them."""
    trousers = bool(legs(garment))
    for panel in legs(garment) or sheets(garment)[:1]:
        for s, t, width, height in _rips(garment, panel, trousers):
            garment.details.append(on_sheet(garment, panel, _rip(garment, panel, s, t, width, height)))


def washed(garment: Garment) -> None:
    """Faded along the thighs with whiskers at the hips, or blotched all over by acid."""
    rng = garment.rng
    bright = lightness(garment.cloth.color) > 0.62
    color = (
        mixed(garment.cloth.color, "#1c2a44", 0.7) if bright else mixed(garment.cloth.color, "#ffffff", 0.82)
    )
    acid = not legs(garment) or rng.random() < 0.35
    for panel in (garment.body, *garment.panels):
        sheet = panel.denser(54, 34) if acid else panel
        tint = partial(
            Painter.glaze,
            panel=sheet,
            color=color,
            alpha=_acid(sheet, garment) if acid else _fade(sheet, garment),
        )
        garment.details.append(on_sheet(garment, panel, tint))


def frayed(garment: Garment) -> None:
    """Raw hems from which threads hang."""
    bleach = mixed(garment.cloth.color, "#ffffff", 0.75)
    if lightness(garment.cloth.color) > 0.75:
        bleach = mixed(garment.cloth.color, "#6a6250", 0.45)
    for panel in [*to_hem(garment), *(sleeve for sleeve in garment.sleeves if sleeve.height > 12)]:
        edge = panel.on(
            np.stack(
                [
                    np.linspace(-1, 1, max(10, round(panel.width / 0.75))),
                    np.full(max(10, round(panel.width / 0.75)), 1.0),
                ],
                axis=1,
            )
        )
        ahead = panel.on([(0.0, 1.0)])[0] - panel.on([(0.0, 0.93)])[0]
        ahead /= np.linalg.norm(ahead) + 1e-9
        length = garment.rng.uniform(1.4, 4.6, len(edge))
        tips = (
            edge
            + ahead * length[:, None]
            + np.stack([garment.rng.normal(0, 0.5, len(edge)), np.zeros(len(edge))], axis=1)
        )
        garment.additions.append(comb(edge - ahead * 0.5, tips))
        garment.details.append(_threads(edge, tips, ahead, bleach))


def _rips(garment: Garment, panel: Panel, trousers: bool) -> list[tuple[float, float, float, float]]:
    """Places (s, t) of rips with their width and height, centimetres."""
    rng = garment.rng
    if not trousers:
        return [
            (
                float(rng.uniform(-0.5, 0.5)),
                float(t + rng.uniform(-0.05, 0.05)),
                float(rng.uniform(8, 13)),
                float(rng.uniform(4, 6)),
            )
            for t in (0.35, 0.58, 0.8)
        ]
    heights = [(LEVEL["crotch"] + 12, 0.75), (LEVEL["knee"] - 2, 1.0), (LEVEL["knee"] + 17, 0.4)]
    low = float(panel.points[-1, :, 1].mean())
    found = []
    for y, share in heights:
        if y < low - 5 and rng.random() < share:
            t = panel.t_for(y + rng.uniform(-3, 3))
            inner = 0.12 if panel.at(0, 0.8)[0] < panel.at(0, 0.0)[0] else -0.12
            found.append(
                (
                    float(inner + rng.uniform(-0.15, 0.15)),
                    t,
                    float(rng.uniform(9.5, 12.5)),
                    float(rng.uniform(5.0, 8.0)),
                )
            )
    return found or [(0.0, 0.65, 10.0, 5.0)]


def _rip(
    garment: Garment, panel: Panel, s: float, t: float, width: float, height: float
) -> Callable[[Painter], None]:
    rng, place = garment.rng, np.linspace(0, 1, 12)
    swell = np.sin(np.pi * np.clip(place, 0.04, 0.96)) ** 0.4

    def lip(way: float) -> Floats:
        rough = rng.uniform(0.6, 1.15, 12) * swell
        return np.stack(
            [s + (place - 0.5) * 2 * width / panel.width, t + way * rough * height / 2 / panel.height], axis=1
        )

    upper, lower = lip(-1), lip(1)
    hole = smooth(panel.on(np.clip(np.concatenate([upper, lower[::-1]]), (-1, 0), (1, 1))), 0.5)
    threads = canvas_library().Path()
    for share in np.linspace(0.12, 0.9, max(3, round(height / 1.15))):
        sag = rng.uniform(-0.2, 0.5) / panel.height * 2
        row = [
            (
                s + (p - 0.5) * 2 * width / panel.width * 0.98,
                t
                + ((share - 0.5) * height * np.sin(np.pi * p) ** 0.4) / panel.height
                + sag * np.sin(np.pi * p),
            )
            for p in (0.03, 0.25, 0.5, 0.75, 0.97)
        ]
        threads.addPoly(
            [canvas_library().Point(x, y) for x, y in panel.on(np.clip(row, (-1, 0), (1, 1))).tolist()], False
        )
    worn = mixed(garment.cloth.color, "#ffffff", 0.8)
    bare = mixed(garment.figure.skin, "#201010", 0.12)

    def draw(painter: Painter) -> None:
        painter.canvas.drawPath(hole, painter.pen(worn, 0.32, 3.2))
        painter.canvas.drawPath(hole, painter.pen(worn, 0.9, 0.9))
        painter.lit(panel, lambda: painter.solid(hole, bare))
        painter.canvas.save()
        painter.canvas.clipPath(hole, doAntiAlias=True)
        painter.canvas.translate(0, -0.4)
        painter.canvas.drawPath(hole, painter.pen("#000000", 0.4, 1.2))
        painter.canvas.restore()
        painter.canvas.drawPath(threads, painter.pen("#f3f1ea", 0.95, 0.5))

    return draw


def _fade(panel: Panel, garment: Garment) -> Floats:
    s, t = panel.grid()
    y = panel.points[..., 1]
    across = np.exp(-((s / 0.52) ** 2))
    if not legs(garment):
        return np.asarray(0.85 * across * np.exp(-(((t - 0.45) / 0.32) ** 2)))
    thigh = np.exp(-(((y - LEVEL["crotch"] - 16) / 17) ** 2))
    shin = 0.6 * np.exp(-(((y - LEVEL["knee"] - 12) / 20) ** 2))
    whiskers = np.exp(-(((y - LEVEL["crotch"]) / 5) ** 2)) * np.clip(np.cos((y + 5 * np.abs(s)) * 1.7), 0, 1)
    return np.asarray(np.clip(0.9 * across * np.maximum(thigh, shin) + 0.5 * whiskers, 0, 0.92))


def _acid(panel: Panel, garment: Garment) -> Floats:
    """Marbled blotches: folded waves of the flat cloth."""
    x, y = panel.flat[..., 0], panel.flat[..., 1]
    phase = garment.rng.uniform(0, 6.28, 6)
    bend_x = x + 3.0 * np.sin(y / 4.1 + phase[0]) + 1.6 * np.sin(y / 1.9 + phase[1])
    bend_y = y + 3.0 * np.sin(x / 3.7 + phase[2]) + 1.6 * np.sin(x / 2.1 + phase[3])
    marble = (
        np.sin(bend_x / 2.6 + phase[4])
        + np.sin(bend_y / 3.1 + phase[5])
        + garment.rng.normal(0, 0.12, x.shape)
    )
    return np.asarray(np.clip(0.3 + 0.42 * marble, 0, 0.9))


def _threads(edge: Floats, tips: Floats, ahead: Floats, bleach: str) -> Callable[[Painter], None]:
    path, above = strands(edge - ahead * 0.7, tips), line(edge - ahead)

    def draw(painter: Painter) -> None:
        painter.canvas.drawPath(above, painter.pen(bleach, 0.55, 1.8))
        painter.canvas.drawPath(path, painter.pen(bleach, 0.95, 0.5))

    return draw
