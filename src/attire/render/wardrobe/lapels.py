"""The catalogue of lapels: the upper front turned outwards, with the collar it meets, each labelled."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.cloth import Cloth
from attire.render.panel import Panel
from attire.render.paths import Floats
from attire.render.wardrobe.collars import fitted, leaf, sew_part
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["LAPELS", "sew_lapels"]

Rolls: TypeAlias = tuple[Floats, Floats]
Lapel: TypeAlias = Callable[[float], tuple[list[float], float]]


def notched(wide: float) -> tuple[list[float], float]:
    """A lapel whose upper edge runs level into a notch under the collar."""
    return [wide, wide * 0.92, wide * 0.72, wide * 0.42, 0.0], 0.6


def peaked(wide: float) -> tuple[list[float], float]:
    """A lapel that points upwards to the shoulder."""
    return [wide * 1.12, wide * 1.0, wide * 0.78, wide * 0.45, 0.0], -3.4


def shawl(wide: float) -> tuple[list[float], float]:
    """One round roll with the collar, without a notch."""
    return [wide * 0.85, wide * 0.98, wide * 0.92, wide * 0.6, 0.0], 0.0


LAPELS: dict[str, Lapel] = {"notched": notched, "peaked": peaked, "shawl": shawl}
"""How wide a lapel is at even steps down, and how much lower its upper corner lies outside, centimetres."""


def sew_lapels(
    garment: Garment,
    name: str,
    neck: float,
    rolls: Rolls,
    *,
    wide: float | None = None,
    cloth: Cloth | None = None,
) -> None:
    """Turn the upper front outwards.

    Args:
        garment: Gets a labelled lapel on each side and the collar above them.
        name: ``notched``, ``peaked`` or ``shawl``.
        neck: Half the width between the points where shoulder and neck meet, centimetres.
        rolls: Left and right edge from the neck to where the front is closed, as ``cut_front`` gives them.
        wide: Width, centimetres.
        cloth: What it faces; by default the garment's own (satin in a dinner jacket).
    """
    wide = garment.taste.between(6.0, 9.5) if wide is None else wide
    faced = garment.cloth if cloth is None else cloth
    widths, lift = LAPELS[name](wide)
    lapels, collar = [], []
    for side, roll in zip((-1, 1), rolls, strict=True):
        gorge = 0.0 if name == "shawl" else 0.26 * min(1.0, 14.0 / max(float(np.ptp(roll[:, 1])), 1.0)) + 0.08
        lapels.append(_lapel(roll, side, gorge, widths, lift))
        collar.append(_collar(garment, roll, side, gorge, neck, wide if name == "shawl" else wide * 0.72))

    def edges(painter: "Painter") -> None:
        for panel, side in zip(lapels, (-1, 1), strict=True):
            painter.seam(panel.on([(side * 0.86, t) for t in np.linspace(0.0, 0.96, 8)]), 0.22, 0.25)

    for panel in lapels:
        sew_part(garment, "lapel", [panel], faced, details=[edges])
    sew_part(garment, "collar", collar, faced)


def _lapel(roll: Floats, side: int, gorge: float, widths: list[float], lift: float) -> Panel:
    """Span one lapel outwards of its roll line, from the gorge down."""
    share = np.linspace(gorge, 1.0, 16)
    inner = _at(roll, share)
    down = np.linspace(0, 1, 16)
    wide = np.interp(down, np.linspace(0, 1, len(widths)), widths)
    drop = lift * np.clip(1 - down / 0.3, 0, 1) ** 1.2 + 0.25 * wide
    outer = inner + np.stack([side * wide, drop - 0.25 * widths[0]], axis=1)
    return leaf(*((inner, outer) if side > 0 else (outer, inner)), thick=1.5)


def _collar(garment: Garment, roll: Floats, side: int, gorge: float, neck: float, wide: float) -> Panel:
    """Span the half of the collar between the back of the neck and the lapel."""
    back = fitted(garment, [(side * 5.5, 26.0), (side * (neck - 1.7), 27.6)])
    outside = fitted(garment, [(side * 6.3, 25.2), (side * (neck + 0.2 * wide), 27.6)])
    low = _at(roll, np.array([0.0, max(gorge - 0.02, 0.04)]))
    end = low[1] + (side * wide * 0.78, 0.4) if gorge else low[1] + (side * wide * 0.85, -0.25 * wide)
    inner = np.concatenate([back, low])
    outer = np.concatenate([outside, [low[0] + (side * wide * 0.72, 2.6)], [end]])
    return leaf(*((inner, outer) if side > 0 else (outer, inner)), thick=1.4)


def _at(roll: Floats, share: Floats) -> Floats:
    """Places along a roll line, shape (N, 2)."""
    place = np.linspace(0, 1, len(roll))
    return np.stack([np.interp(share, place, roll[:, axis]) for axis in (0, 1)], axis=1)
