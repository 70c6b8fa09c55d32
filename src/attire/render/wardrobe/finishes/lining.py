"""A lining that shows: the contrasting inside turned out at front, hem and cuffs."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.panel import Panel, between
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
    """Fold both front edges back, wider towards the hem."""
    down = np.linspace(0.45 if panel.height > 60 else 0.3, 0.995, 14)
    middle = panel.on(np.stack([np.zeros(14), down], axis=1))
    edges = garment.front or (middle, middle)
    reach = min(15.0, 0.36 * panel.width)
    flaps = []
    for side, edge in zip((-1, 1), edges, strict=True):
        lower = edge[len(edge) // 2 :] if garment.front else edge
        outer = lower + np.linspace(0, 1, len(lower))[:, None] * (side * reach, -0.12 * reach)
        flaps.append(between(*((lower, outer) if side > 0 else (outer, lower)), bulge=1.6, columns=7))

    def draw(painter: "Painter") -> None:
        for flap in flaps:
            painter.shadow(flap.outline(), 0.9, 0.6)
            painter.sheet(flap, cloth)
            painter.canvas.drawPath(flap.outline(), painter.pen("#000000", 0.5, 0.4))

    garment.details.append(on_sheet(garment, panel, draw))
