"""A lining that shows: the contrasting inside turned out at front, hem and cuffs."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.panel import Panel
from attire.render.paths import polygon
from attire.render.wardrobe.finishes.places import legs, on_sheet, to_hem
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["lining"]


def lining(garment: Garment) -> None:
    """Turn corners of the front, hems and cuffs over, so that a lining in another colour shows."""
    rng = garment.rng
    color = choose_dye(rng, against=garment.cloth.color)
    cloth = Cloth(
        color=color, inks=(choose_dye(rng, against=color), garment.cloth.color),
        pattern=str(rng.choice(["plain (pattern)", "stripe", "check"], p=[0.6, 0.2, 0.2])),
        weave="smooth", gloss=0.15,
    )  # fmt: skip
    garment.behind = [replace(layer, cloth=cloth) if layer.behind else layer for layer in garment.behind]
    for sleeve in garment.sleeves:
        _turn_up(garment, sleeve, cloth, min(0.35, 5.5 / max(sleeve.height, 1)))
    for panel in to_hem(garment):
        if legs(garment):
            _turn_up(garment, panel, cloth, 7.0 / max(panel.height, 1))
        else:
            _turn_back(garment, panel, cloth)


def _turn_up(garment: Garment, panel: Panel, cloth: Cloth, share: float) -> None:
    """Fold the end of a sleeve or leg outwards."""
    fold = panel.part((-1, 1), (1 - share, 1.0), rows=5, columns=12)
    edge = panel.on(np.stack([np.linspace(-1, 1, 9), np.full(9, 1 - share)], axis=1))

    def draw(painter: "Painter") -> None:
        painter.shadow(fold.outline(), 0.8)
        painter.sheet(fold, cloth)
        painter.seam(edge, 0.5, 0.5)

    garment.details.append(on_sheet(garment, panel, draw))


def _turn_back(garment: Garment, panel: Panel, cloth: Cloth) -> None:
    """Fold both front edges back, wider towards the hem, and let the inside show between them."""
    high = float(np.clip(1 - min(42.0, 0.55 * panel.height) / panel.height, 0.1, 0.9))
    wide = float(np.clip(26.0 / max(panel.width, 1), 0.3, 0.75))
    flaps = [polygon(panel.on([(0.03 * way, high), (wide * way, 1.0), (0.06 * way, 1.0)])) for way in (-1, 1)]
    inside = polygon(panel.on([(0.0, high), (0.06, 1.0), (-0.06, 1.0)]))
    whole = panel.part((-wide, wide), (high, 1.0), rows=8, columns=12)

    def draw(painter: "Painter") -> None:
        canvas = painter.canvas
        for path in flaps:
            painter.shadow(path, 0.9)
            canvas.save()
            canvas.clipPath(path, doAntiAlias=True)
            painter.sheet(whole, cloth)
            canvas.restore()
            canvas.drawPath(path, painter.pen("#000000", 0.45, 0.4))
        painter.solid(inside, "#101014", 0.75)

    garment.details.append(on_sheet(garment, panel, draw))
