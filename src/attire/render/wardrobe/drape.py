"""How a body shapes the cloth on it: relief of bust and waist, folds that pull from a seam, gathers."""

import numpy as np

from attire.render.cloth import Rng
from attire.render.panel import Panel
from attire.render.paths import Floats, Point
from attire.render.person import LEVEL, Figure

__all__ = ["bust", "gathers", "pulled", "slack"]


def bust(sheet: Panel, figure: Figure, ease: float) -> Floats:
    """Relief of the chest under cloth: close beneath a tight bodice, falling from the bust in a loose one."""
    s, t = sheet.grid()
    y = np.interp(t[:, :1], sheet.t, sheet.on(np.stack([np.zeros_like(sheet.t), sheet.t], axis=1))[:, 1])
    full = 1.5 + 1.7 * float(np.clip(figure.build + 0.7, 0, 1.7))
    apart = 7.4 * figure.breadth / (figure.half_width("bust") + ease)
    drop = y - (LEVEL["bust"] + 1.0)
    down = np.where(drop < 0, drop / 6.5, drop / (3.6 + 2.6 * ease))
    relief = np.zeros_like(s)
    for side in (-1, 1):
        relief += np.exp(-(((s - side * apart) / (0.27 + 0.015 * ease)) ** 2) - down**2)
    return np.asarray(full * relief)


def slack(sheet: Panel, rng: Rng, y: float, depth: float, count: int = 4) -> Floats:
    """Folds across the body where cloth gathers above a height ``y``, deepest at the sides, as at a waist."""
    s, t = sheet.grid()
    down = (t - sheet.t_for(y)) * sheet.height
    relief = np.zeros_like(s)
    for _ in range(count):
        start, side = rng.uniform(-7.0, 3.0), rng.choice([-1.0, 1.0])
        lean, wide = rng.uniform(-5.0, 5.0), rng.uniform(0.9, 1.6)
        reach = 1 / (1 + np.exp(-(side * s - rng.uniform(-0.1, 0.5)) * 5))
        relief += depth * rng.uniform(0.5, 1.0) * reach * np.exp(-(((down - start - lean * s) / wide) ** 2))
    return relief


def pulled(
    sheet: Panel, rng: Rng, at: Point, towards: Point, depth: float, *, count: int = 3, reach: float = 15.0
) -> Floats:
    """Folds that fan out from a place ``(s, t)``, as from an armpit or a button that is under tension.

    Args:
        sheet: The cloth.
        rng: Where the folds lie.
        at: Where they begin.
        towards: Where the middle one of them points, ``(s, t)``.
        depth: Centimetres.
        count: How many.
        reach: How far they go, centimetres.
    """
    start, end = sheet.on([at, towards])
    x, y = np.moveaxis(sheet.points - start, -1, 0)
    middle = np.arctan2(*(end - start)[::-1])
    relief = np.zeros(sheet.relief.shape)
    for angle in middle + np.linspace(-0.55, 0.55, count) + rng.uniform(-0.12, 0.12, count):
        along = x * np.cos(angle) + y * np.sin(angle)
        across = -x * np.sin(angle) + y * np.cos(angle)
        wide = 0.8 + 0.07 * np.clip(along, 0, None)
        ahead = np.clip(along, 0, None)
        fade = np.clip(along / 1.5, 0, 1) * np.exp(-ahead / (reach * rng.uniform(0.5, 1.0)))
        ridge = np.exp(-((across / wide) ** 2)) - 0.6 * np.exp(-((across / wide - 1.4) ** 2))
        relief += depth * fade * ridge
    return relief


def gathers(
    sheet: Panel, rng: Rng, *, top: float = 0.0, bottom: float = 0.0, count: float = 9.0, reach: float = 7.0
) -> Floats:
    """Small upright folds that spring from a gathered edge and fade away from it.

    Args:
        sheet: The cloth; it needs about four columns for each fold.
        rng: Where the folds lie.
        top: Depth at the upper edge, centimetres.
        bottom: Depth at the lower edge.
        count: How many there are across half the sheet.
        reach: How far they go, centimetres.
    """
    s, t = sheet.grid()
    angle = np.arcsin(np.clip(s, -1, 1))
    wave = np.cos(2 * count * angle + rng.uniform(0, 6.28) + 0.8 * np.sin(5 * angle + rng.uniform(0, 6.28)))
    uneven = 0.65 + 0.35 * np.cos(count * 0.63 * angle + rng.uniform(0, 6.28))
    down = t * sheet.height
    fade = top * np.exp(-down / reach) + bottom * np.exp(-(sheet.height - down) / reach)
    return np.asarray(wave * uneven * fade)
