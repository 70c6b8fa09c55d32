"""How skirts hang and trousers crease: relief, and the hem that waves with it."""

from dataclasses import replace

import numpy as np

from attire.render.cloth import Rng
from attire.render.panel import Panel
from attire.render.paths import Floats

__all__ = ["hang", "seen_from_above", "whiskers"]

EYE = 48.0
"""Height of the camera, centimetres below the crown: what lies lower is seen from above."""


def hang(panel: Panel, rng: Rng, folds: float, depth: float, start: float, gather: float) -> Floats:
    """Let folds hang from where they begin to the hem.

    Args:
        panel: A skirt.
        rng: Where chance comes from.
        folds: How many across half the front.
        depth: At the hem, centimetres.
        start: Where they begin, share of the length.
        gather: Depth of the small folds right below the waist, centimetres.

    Returns:
        Centimetres towards the viewer, shape (R, C).
    """
    s, t = panel.grid()
    angle = np.arcsin(np.clip(s, -1, 1))
    warp = rng.uniform(0.1, 0.22) * np.sin(2.3 * angle + rng.uniform(0, 6.28))
    sway = rng.uniform(-0.35, 0.35) * np.sin(rng.uniform(2, 4) * t + rng.uniform(0, 6.28))
    wave = np.cos(folds * (angle + warp) + rng.uniform(0, 6.28) + sway)
    rounded = 2 * (0.5 + 0.5 * wave) ** 0.75 - 1
    uneven = 0.72 + 0.28 * np.cos(0.41 * folds * angle + rng.uniform(0, 6.28))
    fall = np.clip((t - start) / max(1 - start, 1e-6), 0, 1) ** 0.9
    relief = 1.2 * depth * rounded * uneven * fall
    if gather:
        small = np.cos(2.6 * folds * (angle + warp) + rng.uniform(0, 6.28))
        relief = relief + gather * small * np.exp(-t / 0.22) * (0.75 + 0.25 * np.cos(7.0 * angle))
    return np.asarray(relief)


def seen_from_above(panel: Panel, relief: Floats) -> Panel:
    """Add folds to a sheet; below the camera's height what stands out also reaches lower, so hems wave."""
    below = np.clip((panel.points[..., 1] - EYE) / 100, 0, 1.2) * 0.46
    points = panel.points + np.stack([np.zeros_like(relief), relief * below], axis=-1)
    return replace(panel, points=points, relief=panel.relief + relief)


def whiskers(panel: Panel, out: int, at: tuple[float, float], depth: float) -> Floats:
    """Folds that fan out from the crotch over thigh and hip.

    Args:
        panel: One trouser leg.
        out: -1 for the photo's left leg, 1 for its right.
        at: The crotch, centimetres.
        depth: Centimetres.
    """
    x, y = (panel.points[..., 0] - at[0]) * out, panel.points[..., 1] - at[1]
    relief = np.zeros_like(x)
    for angle, reach, strength in ((-0.55, 9.0, 0.8), (-0.12, 11.0, 1.0), (0.4, 10.0, 0.9), (0.95, 9.0, 0.6)):
        ahead = x * np.cos(angle) + y * np.sin(angle)
        aside = -x * np.sin(angle) + y * np.cos(angle)
        ridge = np.exp(-((aside / 1.15) ** 2) - ((ahead - 0.55 * reach) / (0.6 * reach)) ** 2)
        relief += depth * strength * ridge
    return relief
