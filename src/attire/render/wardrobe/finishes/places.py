"""Which sheets of a garment a finish or a decoration goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from attire.render.layer import Detail
from attire.render.panel import Panel
from attire.render.paths import canvas_library
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["drape", "front_middle", "legs", "on_sheet", "sheets", "to_hem"]

LEGGED = frozenset({"pants", "shorts", "tights, stockings"})


def sheets(garment: Garment) -> list[Panel]:
    """Give every sheet but the sleeves, in drawing order."""
    return [
        panel
        for panel in (garment.body, *garment.panels)
        if not any(panel is sleeve for sleeve in garment.sleeves)
    ]


def legs(garment: Garment) -> list[Panel]:
    """Give both trouser legs, or nothing."""
    return garment.legs or (sheets(garment) if garment.category in LEGGED else [])


def to_hem(garment: Garment) -> list[Panel]:
    """Give the sheets that reach the garment's lower edge: legs, the skirt, both fronts of a coat."""
    if garment.skirt is not None or legs(garment):
        return [garment.skirt] if garment.skirt is not None else legs(garment)
    lows = [float(panel.points[-1, :, 1].mean()) for panel in sheets(garment)]
    return [panel for panel, low in zip(sheets(garment), lows, strict=True) if low > max(lows) - 8]


def drape(garment: Garment) -> Panel:
    """Give the sheet that falls freely: the skirt, else the body."""
    return garment.body if garment.skirt is None else garment.skirt


def front_middle(garment: Garment) -> float:
    """Find where on the body the chest's middle lies below the neckline, as t."""
    drop = 20.0 if garment.category == "dress" else 17.0
    return float(np.clip(drop / max(garment.body.height, 1), 0.12, 0.55))


def on_sheet(garment: Garment, panel: Panel, draw: "Callable[[Painter], None]") -> Detail:
    """Keep a drawing on its sheet: off what hangs beside it, and off sheets that lie over it."""

    def draw_there(painter: "Painter") -> None:
        order = [garment.body, *garment.panels]
        place = next((i for i, sheet in enumerate(order) if sheet is panel), -1)
        over = order[place + 1 :] if place >= 0 else garment.sleeves
        canvas, skia = painter.canvas, canvas_library()
        canvas.save()
        canvas.clipPath(panel.outline())
        for sheet in over:
            canvas.clipPath(sheet.outline(), skia.ClipOp.kDifference)
        draw(painter)
        canvas.restore()

    return draw_there
