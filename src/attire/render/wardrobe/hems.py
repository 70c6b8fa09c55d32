"""The catalogue of hems that are not level: cut out of a skirt along a curve that follows its folds."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.color import mixed
from attire.render.layer import Layer
from attire.render.panel import Panel
from attire.render.paths import Floats, polygon
from attire.render.person import LEVEL
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["HEMS", "cut_hem", "high_low"]

DECENT = LEVEL["crotch"] + 6
"""No hem is cut higher than this, centimetres below the crown."""

Hem: TypeAlias = Callable[[Garment, Floats], Floats]


def diagonal(garment: Garment, s: Floats) -> Floats:
    """Falls from one side to the other."""
    side = garment.rng.choice([-1.0, 1.0])
    return np.asarray(0.5 + 0.5 * side * s) * garment.taste.between(0.34, 0.5)


def handkerchief(garment: Garment, s: Floats) -> Floats:
    """Points of a square cloth that hang down."""
    return np.asarray(np.abs((2.0 * s + 0.5 + 0.3 * garment.rng.choice([-1, 1])) % 2 - 1)) * 0.3


def wrapped(garment: Garment, s: Floats) -> Floats:
    """Rounds up to the edge of a wrap."""
    edge = garment.taste.between(0.1, 0.3) * garment.rng.choice([-1, 1])
    return np.asarray(np.exp(-(((s - edge) / 0.45) ** 2))) * 0.36


HEMS: dict[str, Hem] = {"diagonal": diagonal, "handkerchief": handkerchief, "wrapped": wrapped}
"""How much shorter than its longest point a hem is at places across, share of the sheet's length."""


def cut_hem(garment: Garment, sheet: Panel, shorter: Floats, s: Floats) -> None:
    """Cut the lower edge of a sheet along a curve.

    Args:
        garment: Gets the cut.
        sheet: Its lower sheet.
        shorter: What goes at each place, share of the sheet's length, shape (N,).
        s: Places across from -1 to 1, shape (N,).
    """
    room = max(1 - sheet.t_for(DECENT), 0.0)
    shorter = shorter * min(1.0, room / max(float(shorter.max()), 1e-6))
    curve = sheet.on(np.stack([s, 1 - shorter], axis=1))
    low = float(sheet.points[..., 1].max()) + 8
    ends = [
        (curve[-1, 0] + 30, curve[-1, 1]),
        (curve[-1, 0] + 30, low),
        (curve[0, 0] - 30, low),
        (curve[0, 0] - 30, curve[0, 1]),
    ]
    garment.cuts.append(polygon(np.concatenate([curve, ends])))

    def stitch(painter: "Painter") -> None:
        painter.seam(sheet.on(np.stack([s, 1 - shorter - 1.3 / sheet.height], axis=1)), 0.28, 0.25)

    garment.details.append(stitch)


def high_low(garment: Garment, sheet: Panel, share: float) -> None:
    """Cut the front of a skirt short in a curve; its back hangs behind the legs, with the inside to be seen.

    Args:
        garment: Gets the cut and the back.
        sheet: Its skirt, as long as the back.
        share: How much shorter the front is, share of the length.
    """
    s = np.linspace(-1, 1, 41)
    cut_hem(garment, sheet, share * np.clip(1 - np.abs(s) ** 2.2, 0, 1), s)
    inside = replace(garment.cloth, color=mixed(garment.cloth.color, "#000000", 0.42), gloss=0.0)
    back = replace(sheet, relief=-0.6 * sheet.relief)
    garment.behind.append(
        Layer(path=sheet.outline(), panels=(back,), cloth=inside, behind=True, thickness=0.0)
    )
