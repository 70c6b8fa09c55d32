"""Finishes that give cloth a relief: pleats, gathers, smocking, ruching, quilting, embossing."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.color import mixed
from attire.render.folds import channels, crinkles, diamonds, gathers, honeycomb, pleats
from attire.render.panel import Panel
from attire.render.paths import Floats, canvas_library
from attire.render.wardrobe.finishes.places import drape, legs, on_sheet, sheets, to_hem
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["embossed", "gathering", "pleat", "quilted", "ruched", "smocking"]

Draw: TypeAlias = "Callable[[Painter], None]"


def pleat(garment: Garment) -> None:
    """Knife or box pleats that run to a zigzag hem."""
    rng, box = garment.rng, bool(garment.rng.random() < 0.35)
    for panel in to_hem(garment):
        count = max(3, round(panel.width / rng.uniform(3.6, 5.0) * (0.75 if box else 1.0)))
        sheet = panel.denser(20, min(6 * count + 1, 110))
        sheet = sheet.raised(pleats(sheet, count, 1.1, box=box)).moved(_zigzag(sheet, count))
        garment.replace_panel(panel, sheet)
        places = np.linspace(-1, 1, count + 1)[1:-1]
        lines = [sheet.on(np.stack([np.full(9, s), np.linspace(0, 1, 9)], axis=1)) for s in places]
        _creased(garment, sheet, lines, 0.45, 0.55)


def gathering(garment: Garment) -> None:
    """Many fine folds that spread from a seam at the waist, below the yoke or at the cuffs."""
    rng = garment.rng
    panel = drape(garment)
    hangs = garment.skirt is not None
    seam, fade = (0.05, 0.75) if hangs else (float(rng.uniform(0.24, 0.3)), 0.7)
    if legs(garment):
        seam, fade = 0.05, 0.3
    for old in legs(garment) or [panel]:
        _gather(garment, old, seam, fade)
    for sleeve in garment.sleeves:
        _gather(garment, sleeve, 0.93, -0.5)


def smocking(garment: Garment) -> None:
    """A band of honeycomb puckers at the bust or waist, and at the cuffs."""
    top = garment.skirt is not None and garment.skirt is garment.body
    panel = garment.body
    fall = 17.0 / max(panel.height, 1)
    middle = (
        fall / 2
        if top
        else float(np.clip((26.0 if garment.rng.random() < 0.6 else 36.0) / panel.height, 0.2, 0.8))
    )
    _smock(garment, panel, max(middle - fall / 2, 0.0), min(middle + fall / 2, 1.0))
    for sleeve in garment.sleeves:
        _smock(garment, sleeve, max(0.97 - 9.0 / max(sleeve.height, 1), 0.3), 0.97)


def ruched(garment: Garment) -> None:
    """Crinkles pulled together at a seam down the middle or at both sides."""
    centred = bool(garment.rng.random() < 0.5)
    for panel in sheets(garment) if not legs(garment) else legs(garment):
        sheet = panel.denser(max(30, min(74, round(panel.height / 0.75))), 22)
        s, t = sheet.grid()
        near = (1 - np.abs(s)) if centred else np.abs(s)
        ends = np.clip((t - 0.12) / 0.12, 0, 1)
        toward = np.clip(near * 1.15, 0.12, 1) * ends
        sheet = sheet.raised(crinkles(sheet, garment.rng, toward, 3.4, 0.85))
        garment.replace_panel(panel, sheet)
        seams = [0.0] if centred else [-0.9, 0.9]
        lines = [sheet.on(np.stack([np.full(12, s), np.linspace(0.14, 1, 12)], axis=1)) for s in seams]
        _creased(garment, sheet, [*lines, *_tucks(garment, sheet, seams)], 0.5, 0.55)


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
        _creased(
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


def _zigzag(sheet: Panel, count: int) -> Callable[[Floats], Floats]:
    """Let the hem jump at every pleat's edge."""
    s, t = sheet.grid()
    drop = 1.7 * (((s + 1) / 2 * count) % 1.0 - 0.5) * np.clip((t - 0.8) / 0.2, 0, 1)
    return lambda points: points + np.stack([np.zeros_like(drop), drop], axis=-1)


def _gather(garment: Garment, panel: Panel, seam: float, fade: float) -> None:
    count = max(6, round(panel.width / 2.6))
    sheet = panel.denser(26, min(5 * count + 1, 90))
    sheet = sheet.raised(gathers(sheet, garment.rng, count, 0.95, seam, fade))
    garment.replace_panel(panel, sheet)
    ends = seam + np.sign(fade) * garment.rng.uniform(0.06, 0.28, 2 * count) * min(abs(fade) * 1.5, 1)
    starts = np.linspace(-0.96, 0.96, 2 * count) + garment.rng.uniform(-0.02, 0.02, 2 * count)
    drift = garment.rng.uniform(-0.03, 0.03, 2 * count)
    strokes = [
        sheet.on([(s, seam), (s + lean * 0.4, (seam + end) / 2), (s + lean, end)])
        for s, end, lean in zip(starts.tolist(), ends.tolist(), drift.tolist(), strict=True)
    ]
    edge = sheet.on(np.stack([np.linspace(-1, 1, 14), np.full(14, seam)], axis=1))
    _creased(garment, sheet, strokes, 0.5, 0.4)
    _creased(garment, sheet, [edge], 0.6, 0.5)


def _smock(garment: Garment, panel: Panel, top: float, bottom: float) -> None:
    pitch = 2.3
    sheet = panel.denser(
        max(24, min(72, round(panel.height / 0.7))), max(16, min(64, round(panel.width / 0.65)))
    )
    _, t = sheet.grid()
    inside = np.clip(np.minimum(t - top, bottom - t) * sheet.height / 0.6, 0, 1)
    below = gathers(sheet, garment.rng, sheet.width / 2.6, 0.7, bottom, 0.5 if bottom < 0.9 else 0.05)
    sheet = sheet.raised(honeycomb(sheet, pitch, 1.1) * inside + below * (t > bottom))
    garment.replace_panel(panel, sheet)
    rows = max(2, round((bottom - top) * sheet.height / pitch))
    lines = []
    for row in range(rows + 1):
        s = np.linspace(-1, 1, 2 * max(6, round(sheet.width / 2.4)) + 1)
        way = 0.5 * pitch / sheet.height * np.where((np.arange(len(s)) + row) % 2, 1, -1)
        lines.append(sheet.on(np.stack([s, top + (bottom - top) * row / rows + way * 0.9], axis=1)))
    _creased(garment, sheet, lines, 0.55, 0.4)


def _tucks(garment: Garment, sheet: Panel, seams: list[float]) -> list[Floats]:
    """Short folds that leave the seams aslant."""
    strokes = []
    for seam in seams:
        for t in np.arange(0.16, 0.98, 3.4 / max(sheet.height, 1)).tolist():
            for way in (-1, 1):
                reach, fall = garment.rng.uniform(0.15, 0.5), garment.rng.uniform(-0.004, 0.03)
                strokes.append(
                    sheet.on(
                        [(seam, t), (seam + way * reach / 2, t + fall * 0.4), (seam + way * reach, t + fall)]
                    )
                )
    return strokes


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
    paths = [_polyline(list(drawn[i : i + 6])) for i in range(0, len(drawn), 6)]  # small ones fill faster

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


def _creased(garment: Garment, sheet: Panel, lines: list[Floats], alpha: float, width: float) -> None:
    """Draw folds' sharp edges: dark, with light beside them."""
    path = _polyline(lines)

    def draw(painter: "Painter") -> None:
        painter.canvas.drawPath(path, painter.pen("#000000", alpha, width))
        painter.canvas.translate(width * 1.1, width * 0.4)
        painter.canvas.drawPath(path, painter.pen("#ffffff", alpha * 0.35, width))
        painter.canvas.translate(-width * 1.1, -width * 0.4)

    garment.details.append(on_sheet(garment, sheet, draw))


def _polyline(lines: list[Floats]) -> "skia.Path":
    skia = canvas_library()
    path = skia.Path()
    for points in lines:
        path.addPoly([skia.Point(x, y) for x, y in points.tolist()], False)
    return path
