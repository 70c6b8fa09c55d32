"""The catalogue of sleeves."""

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import creases, rumple
from attire.render.panel import Panel, along
from attire.render.person import Figure

__all__ = ["sleeve"]


def sleeve(
    figure: Figure, rng: Rng, side: int, *, reach: float, ease: float, cuff: float | None = None
) -> Panel:
    """Cut a sleeve that covers ``reach`` of an arm: 1 ends at the elbow, 2 at the wrist.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        side: 0 for the photo's left arm, 1 for its right.
        reach: Length, in segments of the arm, 0.15 … 2.05.
        ease: Room around the arm, centimetres.
        cuff: Half the width at its end, centimetres; by default as the arm is there, and room.
    """
    limb = np.asarray(figure.arms[side])
    ahead = (limb[1] - limb[0]) / np.linalg.norm(limb[1] - limb[0])
    cap = limb[0] - ahead * 4.2 + (0.0, 0.6)
    beyond = limb[2] + (limb[2] - limb[1]) * 0.2
    knots = [0.0, *(k for k in (0.25, 0.5, 1.0, 1.5) if k < reach - 0.12), reach]
    spine = [[np.interp(k, [0, 1, 2, 2.2], [*limb[:, a], beyond[a]]) for a in (0, 1)] for k in knots]
    arm = np.interp(knots, [0, 0.25, 0.5, 1, 2], [6.2, 6.0, 5.5, 4.6, 3.4]) * (0.6 + 0.4 * figure.breadth)
    widths = np.concatenate([[2.6], arm + ease * 0.45])
    spine = np.concatenate([[cap], spine])
    if cuff is not None:
        widths[-1] = cuff
    sheet = along(spine, widths, rows=max(10, int(14 * reach)), columns=14)
    folds = rumple(sheet, rng, 0.3 + 0.05 * ease, waves=4 + int(4 * reach))
    if reach > 1.1:
        folds = folds + creases(sheet, rng, 1.0 / reach, 0.35 + 0.06 * ease)
    return sheet.raised(folds)
