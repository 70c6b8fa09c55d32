"""Folds of cloth as relief: each gives centimetres towards the viewer for every point of a panel."""

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Floats

__all__ = ["creases", "hanging_folds", "rumple"]


def hanging_folds(panel: Panel, rng: np.random.Generator, count: float, depth: float) -> Floats:
    """Soft vertical folds that begin at nothing on top and deepen to the hem, as in a skirt."""
    s, t = panel.grid()
    angle = np.arcsin(np.clip(s, -1, 1))
    wobble = rng.uniform(-0.25, 0.25) * np.sin(rng.uniform(2, 5) * t + rng.uniform(0, 6))
    wave = np.cos(count * angle + rng.uniform(0, 6.28) + wobble)
    uneven = 0.7 + 0.3 * np.cos(count * 0.37 * angle + rng.uniform(0, 6.28))
    return np.asarray(depth * wave * uneven * np.clip(t * 1.3, 0, 1) ** 1.2)


def rumple(panel: Panel, rng: np.random.Generator, depth: float, waves: int = 7) -> Floats:
    """Small irregular folds, mostly across a limb or hanging aslant."""
    s, t = panel.grid()
    x, y = s * panel.width / 2, t * panel.height
    relief = np.zeros_like(s)
    for _ in range(waves):
        lean, length = rng.uniform(-0.9, 0.9), rng.uniform(4.0, 14.0)
        at_x, at_y = rng.uniform(-1, 1) * panel.width / 2, rng.uniform(0, 1) * panel.height
        across = (x - at_x) * np.cos(lean) + (y - at_y) * np.sin(lean)
        down = -(x - at_x) * np.sin(lean) + (y - at_y) * np.cos(lean)
        ridge = np.exp(-((across / rng.uniform(0.9, 2.2)) ** 2) - (down / length) ** 2)
        relief += rng.choice([-1.0, 1.0]) * depth * rng.uniform(0.5, 1.0) * ridge
    return relief


def creases(panel: Panel, rng: np.random.Generator, at: float, depth: float, count: int = 4) -> Floats:
    """Folds across a sleeve or trouser leg where the limb bends, around the place ``at`` down."""
    s, t = panel.grid()
    y = (t - at) * panel.height
    relief = np.zeros_like(s)
    for step in np.arange(count) - (count - 1) / 2:
        lean, start = rng.uniform(-2.5, 2.5), step * rng.uniform(2.2, 3.4)
        ridge = np.exp(-(((y - start - lean * s) / rng.uniform(0.8, 1.3)) ** 2))
        relief += depth * rng.uniform(0.5, 1.0) * ridge * (0.4 + 0.6 * np.abs(s))
    return relief
