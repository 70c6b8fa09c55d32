"""Tiered cloth: flounces one above the other, each gathered and standing out over the next."""

import numpy as np

from attire.render.folds import gathers
from attire.render.panel import Panel
from attire.render.wardrobe.finishes.creased import crease
from attire.render.wardrobe.finishes.places import drape
from attire.render.wardrobe.garment import Garment

__all__ = ["tiered"]

FLARE = 0.13
"""How much wider than the sheet a tier is at its lower edge."""


def tiered(garment: Garment) -> None:
    """Two to four gathered tiers down the skirt, or down the lower part of a top."""
    base = drape(garment)
    count = int(garment.rng.integers(2, 5)) if base.height > 45 else int(garment.rng.integers(2, 4))
    start = 0.02 if base is garment.skirt else max(0.3, min(0.6, 30.0 / base.height))
    ends = np.linspace(start, 1.0, count + 1)
    tiers = [_tier(garment, base, ends[i], ends[i + 1]) for i in reversed(range(count))]
    for tier in tiers:
        edges = [tier.on(np.stack([np.linspace(-1, 1, 24), np.full(24, t)], axis=1)) for t in (0.03, 0.985)]
        crease(garment, tier, edges, 0.6, 0.6)
    below = next((i + 1 for i, panel in enumerate(garment.panels) if panel is base), 0)
    garment.panels[below:below] = tiers


def _tier(garment: Garment, base: Panel, top: float, bottom: float) -> Panel:
    """Cut one tier: it hangs a little over the one below and widens to its edge."""
    fall = (bottom - top) * base.height
    sheet = base.part((-1, 1), (max(top - 0.02, 0), min(bottom + 1.2 / base.height, 1)), rows=12, columns=64)
    s, t = sheet.grid()
    count = sheet.width / 3.4
    relief = gathers(sheet, garment.rng, count, 0.8, 0.0, 1.1) + 2.2 * t**1.5
    middle = (sheet.points[:, :1] + sheet.points[:, -1:]) / 2
    wave = 0.55 * np.cos(np.pi * count * 0.45 * s + garment.rng.uniform(0, 6.28)) * t**2
    points = middle + (sheet.points - middle) * (1 + FLARE * (t**1.3)[..., None])
    points[..., 1] += wave + (0.6 if fall > 8 else 0.3) * t
    return sheet.raised(relief).moved(lambda _: points)
