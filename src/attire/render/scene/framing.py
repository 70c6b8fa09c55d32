"""How much of the wearer the picture shows, and where: mostly all, else from knee or waist, or no head."""

import numpy as np

from attire.render.cloth.cloth import Rng
from attire.render.paths import Point
from attire.render.person import LEVEL
from attire.render.scene.view import View

__all__ = ["frame_companion", "frame_wearer"]

FRAMES = {"whole": 0.82, "knees": 0.07, "waist": 0.05, "headless": 0.06}
"""How often each framing occurs."""

TALL = LEVEL["sole"]


def frame_wearer(size: tuple[int, int], rng: Rng) -> View:
    """Choose the camera's place and how large the wearer is.

    Args:
        size: ``(height, width)`` in pixels.
        rng: Where every choice comes from.

    Returns:
        The view on a wearer 170 cm tall.
    """
    height, width = size
    name = str(rng.choice([*FRAMES], p=[*FRAMES.values()]))
    if name == "whole":
        share = float(rng.beta(3.0, 1.6) * 0.27 + 0.69)
        share = min(share, 1.2 * width / height)
        top = float(rng.uniform(0.25, 0.75)) * (1 - share - 0.02) + 0.012
    elif name == "headless":
        share = float(rng.uniform(0.98, 1.12))
        top = 0.985 - share
    else:
        cut = LEVEL["knee"] + rng.uniform(-14, 18) if name == "knees" else LEVEL["hip"] + rng.uniform(-8, 18)
        share = 0.96 * TALL / float(cut)
        top = float(rng.uniform(0.01, 0.05))
    scale = height * share / TALL
    near = 0.5 + 0.5 * min(1.0, 0.9 / share)
    return View(
        size=size,
        foot=(width * float(np.clip(rng.normal(0.5, 0.05 * near), 0.36, 0.64)), height * (top + share)),
        scale=scale,
        eye=float(rng.uniform(62, 158)),
        distance=float(rng.uniform(300, 680)),
        tilt=float(np.clip(rng.normal(0, 1.2), -4, 4)) if rng.random() < 0.6 else 0.0,
    )


def frame_companion(view: View, rng: Rng) -> tuple[Point, float]:
    """Place a second person a little behind and beside the first.

    Returns:
        Where the soles are, pixels, and pixels to a centimetre.
    """
    behind = float(rng.uniform(12, 130))
    side = 1 if view.foot[0] < view.size[1] / 2 else -1
    right = side * float(rng.uniform(34, 74))
    return view.at(right, 0, behind), view.zoom(behind) * float(rng.uniform(0.94, 1.03))
