"""Folds of cloth as relief: each gives centimetres towards the viewer for every point of a panel."""

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Floats

__all__ = [
    "channels",
    "creases",
    "crinkles",
    "diamonds",
    "gathers",
    "hanging_folds",
    "honeycomb",
    "pleats",
    "rumple",
]


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


def pleats(panel: Panel, count: int, depth: float, *, box: bool = False) -> Floats:
    """Pressed pleats: every one rises slowly and falls back at once; box pleats fall on both sides.

    Args:
        panel: Sampled at least five times per pleat across.
        count: Pleats across its front.
        depth: Height of their edges, centimetres.
        box: Box pleats instead of knife pleats.
    """
    s, t = panel.grid()
    phase = ((s + 1) / 2 * count) % 1.0
    tooth = (
        np.clip(np.minimum(phase, 1 - phase) * 6, 0, 1)
        if box
        else np.where(phase < 0.82, phase / 0.82, (1 - phase) / 0.18)
    )
    return np.asarray(depth * tooth * (0.55 + 0.45 * t))


def gathers(
    panel: Panel, rng: np.random.Generator, count: float, depth: float, at: float, fade: float
) -> Floats:
    """Many fine folds that hang from a seam, or rise to one where ``fade`` is negative.

    Args:
        panel: Sampled at least four times per fold across.
        rng: Where their unevenness comes from.
        count: Folds across its front.
        depth: Centimetres at the seam.
        at: Place of the seam down.
        fade: Over how much of the panel's height they run out.
    """
    s, t = panel.grid()
    below = (t - at) / fade
    uneven = 0.35 * np.sin(2.7 * s + rng.uniform(0, 6.28)) + 0.25 * np.sin(7.3 * s + rng.uniform(0, 6.28))
    fine = np.cos(np.pi * count * (s + uneven / count))
    coarse = np.cos(np.pi * count * 0.45 * s + rng.uniform(0, 6.28))
    runs = np.where(below < 0, 0, np.exp(-1.6 * np.clip(below, 0, 9)))
    carries = np.where(below < 0, 0, np.exp(-0.7 * np.clip(below, 0, 9)))
    return np.asarray(depth * (fine * runs + 0.7 * coarse * carries))


def crinkles(panel: Panel, rng: np.random.Generator, toward: Floats, pitch: float, depth: float) -> Floats:
    """Cross folds that run together at a gathered seam.

    Args:
        panel: Sampled at least four times per fold down.
        rng: Where their unevenness comes from.
        toward: How near the seam every point lies, 0 … 1, shape (R, C).
        pitch: From fold to fold, centimetres.
        depth: Centimetres at the seam.
    """
    s, t = panel.grid()
    y = t * panel.height
    bend = 1.6 * np.sin(y / rng.uniform(4.5, 6.5) + 2.2 * s + rng.uniform(0, 6.28))
    droop = 2.4 * (1 - toward) ** 2
    main = np.cos(2 * np.pi * (y + bend - droop) / pitch)
    second = np.cos(2 * np.pi * (y - bend + 2.0 * s) / (pitch * 1.7) + rng.uniform(0, 6.28))
    return np.asarray(depth * (main * toward + 0.5 * second * np.sqrt(toward)))


def diamonds(panel: Panel, pitch: float, depth: float) -> Floats:
    """Padding between two sets of slanting seams, ``pitch`` centimetres apart on the flat cloth."""
    x, y = panel.flat[..., 0], panel.flat[..., 1]
    one = np.abs(np.sin(np.pi * (x + y) / pitch / np.sqrt(2)))
    two = np.abs(np.sin(np.pi * (x - y) / pitch / np.sqrt(2)))
    return np.asarray(depth * np.sqrt(one * two))


def channels(panel: Panel, pitch: float, depth: float) -> Floats:
    """Padding between level seams, ``pitch`` centimetres apart on the flat cloth, as in a down jacket."""
    return np.asarray(depth * np.sqrt(np.abs(np.sin(np.pi * panel.flat[..., 1] / pitch))))


def honeycomb(panel: Panel, pitch: float, depth: float) -> Floats:
    """Puckered cells between rows of stitches that are ``pitch`` centimetres apart."""
    x, y = panel.flat[..., 0], panel.flat[..., 1]
    row = np.floor(y / pitch)
    cell = np.abs(np.sin(np.pi * (x / (1.1 * pitch) + 0.5 * (row % 2))))
    return np.asarray(depth * cell * np.sqrt(np.abs(np.sin(np.pi * y / pitch))))
