"""Finishes that fold cloth: pleats, gathers, smocking, ruching."""

from collections.abc import Callable

import numpy as np

from attire.render.folds import crinkles, gathers, honeycomb, pleats
from attire.render.panel import Panel
from attire.render.paths import Floats
from attire.render.wardrobe.finishes.creased import crease
from attire.render.wardrobe.finishes.places import drape, legs, sheets, to_hem
from attire.render.wardrobe.garment import Garment

__all__ = ["gathering", "pleat", "ruched", "smocking"]


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
        crease(garment, sheet, lines, 0.45, 0.55)


def gathering(garment: Garment) -> None:
    """Many fine folds that spread from a seam at the waist, below the yoke or at the cuffs."""
    rng = garment.rng
    panel = drape(garment)
    hangs = garment.skirt is not None
    seam, fade = (0.05, 0.75) if hangs else (float(rng.uniform(0.24, 0.3)), 0.7)
    if legs(garment):
        for leg in list(legs(garment)):
            _gather(garment, _gather(garment, leg, 0.05, 0.3), 0.94, -0.35)
    else:
        sheet = _gather(garment, panel, seam, fade)
        reach = (max(seam - 0.03, 0.0), min(seam + 0.2, 1.0))
        garment.witnesses["finishing"] = sheet.part((-1, 1), reach, rows=6, columns=12).outline()
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
    band = (max(middle - fall / 2, 0.0), min(middle + fall / 2, 1.0))
    _smock(garment, panel, *band)
    garment.witnesses["finishing"] = panel.part((-1, 1), band, rows=6, columns=12).outline()
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
        crease(garment, sheet, [*lines, *_tucks(garment, sheet, seams)], 0.5, 0.55)


def _zigzag(sheet: Panel, count: int) -> Callable[[Floats], Floats]:
    """Let the hem jump at every pleat's edge."""
    s, t = sheet.grid()
    drop = 1.7 * (((s + 1) / 2 * count) % 1.0 - 0.5) * np.clip((t - 0.8) / 0.2, 0, 1)
    return lambda points: points + np.stack([np.zeros_like(drop), drop], axis=-1)


def _gather(garment: Garment, panel: Panel, seam: float, fade: float) -> Panel:
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
    crease(garment, sheet, strokes, 0.5, 0.4)
    crease(garment, sheet, [edge], 0.6, 0.5)
    return sheet


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
    crease(garment, sheet, lines, 0.55, 0.4)


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
