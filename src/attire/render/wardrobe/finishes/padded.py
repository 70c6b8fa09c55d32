"""Finishes that raise motifs out of cloth: quilting and embossing."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.color import mixed
from attire.render.folds import channels, diamonds
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library
from attire.render.wardrobe.finishes.creased import crease, polyline
from attire.render.wardrobe.finishes.places import on_sheet
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["embossed", "quilted"]

Draw: TypeAlias = "Callable[[Painter], None]"


def quilted(garment: Garment) -> None:
    """Padding in diamonds or channels between stitched seams."""
    level = bool(garment.rng.random() < 0.45)
    pitch = float(garment.rng.uniform(6.5, 9.0) if level else garment.rng.uniform(5.5, 7.5))
    for panel in (garment.body, *garment.panels):
        rows = max(16, min(70, round(panel.height / (1.1 if level else 1.25))))
        columns = 16 if level else max(14, min(52, round(panel.width / 1.2)))
        sheet = panel.denser(rows, columns)
        padding = channels(sheet, pitch, 1.9) if level else diamonds(sheet, pitch, 1.5)
        sheet = sheet.raised(padding)
        garment.replace_panel(panel, sheet)
        crease(
            garment, sheet, _channel_seams(sheet, pitch) if level else _diamond_seams(sheet, pitch), 0.5, 0.4
        )


def embossed(garment: Garment) -> None:
    """Crocodile scales, or medallions pressed tone on tone."""
    crocodile = bool(garment.rng.random() < 0.5)
    garment.cloth = replace(garment.cloth, weave="smooth", gloss=max(garment.cloth.gloss, 0.3))
    angle = np.linspace(0, 2 * np.pi, 11 if crocodile else 19)
    round_ = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    if crocodile:
        pitch, motif = (6.0, 4.4), [np.sign(round_) * np.abs(round_) ** 0.6 * (2.65, 1.9)]
    else:
        pitch = (9.0, 7.8)
        motif = [3.0 * (1 + 0.2 * np.cos(6 * angle))[:, None] * round_, 1.3 * round_]
    for panel in (garment.body, *garment.panels):
        draw = _bevelled(panel, np.stack(motif), pitch, garment.cloth.color)
        garment.details.append(on_sheet(garment, panel, draw))


def _channel_seams(sheet: Panel, pitch: float) -> list[Floats]:
    first, last = float(sheet.flat[:, :, 1].min()), float(sheet.flat[:, :, 1].max())
    heights = np.arange(np.ceil(first / pitch), last / pitch) * pitch
    places = (heights - first) / max(last - first, 1e-6)
    return [sheet.on(np.stack([np.linspace(-1, 1, 13), np.full(13, t)], axis=1)) for t in places.tolist()]


def _diamond_seams(sheet: Panel, pitch: float) -> list[Floats]:
    """Slanting seams: where the flat cloth's diagonals lie in the drawing."""
    across, down = sheet.flat[..., 0], sheet.flat[..., 1]
    reach = float(np.abs(across).max() + down.max() - down.min())
    middle = sheet.flat[:, sheet.flat.shape[1] // 2, 1]
    row = sheet.flat[len(sheet.t) // 2, :, 0]
    lines = []
    step = pitch * np.sqrt(2)
    for way in (-1, 1):
        for offset in np.arange(np.ceil((middle[0] - reach) / step), (middle[-1] + reach) / step) * step:
            x = np.linspace(row[0], row[-1], 11)
            y = offset + way * x
            seen = (y > middle[0] - 1) & (y < middle[-1] + 1)
            if seen.sum() > 1:
                s, t = np.interp(x[seen], row, sheet.s), np.interp(y[seen], middle, sheet.t)
                lines.append(sheet.on(np.stack([s, t], axis=1)))
    return lines


def _bevelled(panel: Panel, motif: Floats, pitch: tuple[float, float], color: str) -> Draw:
    """Press a motif in a bond: its lines drawn twice, lit on one side and dark on the other.

    Args:
        panel: What it is pressed into.
        motif: Closed lines around the origin, centimetres, shape (K, N, 2).
        pitch: From motif to motif across and down, centimetres.
        color: Hex colour of the cloth.
    """
    reach = round(0.55 * panel.width / pitch[0]) + 1
    row, column = np.meshgrid(np.arange(round(panel.height / pitch[1]) + 1), np.arange(-reach, reach + 1))
    centers = np.stack([(column + 0.5 * (row % 2)) * pitch[0], (row + 0.5) * pitch[1]], axis=-1).reshape(
        -1, 2
    )
    centers = centers[
        (np.abs(centers[:, 0]) < 0.55 * panel.width) & (centers[:, 1] < panel.height + pitch[1])
    ]
    places = (centers[:, None, None] + motif).reshape(-1, 2) / (panel.width / 2, panel.height)
    drawn = panel.on(np.clip(places, (-1, 0), (1, 1))).reshape(-1, motif.shape[1], 2)
    light = mixed(color, "#ffffff", 0.45)
    paths = [polyline(list(drawn[i : i + 6])) for i in range(0, len(drawn), 6)]  # small ones fill faster

    def draw(painter: "Painter") -> None:
        right, down, _ = painter.light.direction
        for way, ink, alpha in ((-0.5, "#000000", 0.55), (0.4, light, 0.8)):
            pen = painter.pen(ink, alpha, 0.65)
            pen.setStrokeJoin(canvas_library().Paint.kBevel_Join)
            painter.canvas.save()
            painter.canvas.translate(right * way, down * way)
            for path in paths:
                painter.canvas.drawPath(path, pen)
            painter.canvas.restore()

    return draw
