"""Hair that falls: to the chin, on the shoulders or down the back."""

import numpy as np

from attire.render.person.figure import Figure
from attire.render.person.scalp import cap, curtain, mane, reach
from attire.render.person.tresses import Hair, ribbon

__all__ = ["bob", "braids", "curls", "fringe", "locs", "ponytail", "straight", "wavy"]


def _forward(figure: Figure) -> tuple[bool, bool]:
    """Before which shoulders the hair falls: one, both or (never) none."""
    choice = figure.face_seed // 7 % 3
    return choice != 0, choice != 1


def bob(figure: Figure) -> Hair:
    """To the chin, parted."""
    tips = reach(figure)
    locks = curtain(figure, tips=tips, wide=1.36)
    return Hair(behind=(mane(figure, tips=tips, wide=1.3),), before=tuple(locks))


def fringe(figure: Figure) -> Hair:
    """A straight fringe over the brows, any length."""
    tips = reach(figure)
    bangs = ribbon(
        figure.head,
        [(-0.12, -1.12), (-0.72, -0.8), (-0.88, -0.42), (-0.87, -0.2)],
        [(0.12, -1.12), (0.72, -0.8), (0.88, -0.42), (0.87, -0.2)],
        bulge=3.0,
    )
    return Hair(behind=(mane(figure, tips=tips),), before=(*curtain(figure, tips=tips, wide=1.28), bangs))


def straight(figure: Figure) -> Hair:
    """Long and straight, before one shoulder or both."""
    tips = reach(figure)
    locks = curtain(figure, tips=tips, forward=_forward(figure))
    return Hair(behind=(mane(figure, tips=tips),), before=tuple(locks))


def wavy(figure: Figure) -> Hair:
    """Long waves."""
    tips = reach(figure)
    locks = curtain(figure, tips=tips, forward=_forward(figure), wave=0.09, wide=1.5)
    return Hair(behind=(mane(figure, tips=tips, wide=1.55, wave=0.08),), before=tuple(locks))


def curls(figure: Figure) -> Hair:
    """Shoulder-length curls."""
    tips = reach(figure)
    locks = curtain(figure, tips=min(tips, 1.15), wave=0.07, wide=1.7)
    return Hair(behind=(mane(figure, tips=tips, wide=1.7, wave=0.06),), before=tuple(locks), texture="curls")


def ponytail(figure: Figure) -> Hair:
    """Combed back; the tail swings behind or comes forward over one shoulder."""
    tips, out = reach(figure), 1 if figure.face_seed % 2 else -1
    sleek = cap(figure, lift=0.08, side=1.03, ends=0.04, line=-0.61, part=0.15 * out)
    if figure.face_seed % 3:
        inner = [(0.4, -0.8), (1.0, -0.6), (1.06, 0.2), (1.08, 0.5 * tips), (1.1, tips)]
        outer = [(0.35, -1.16), (1.05, -1.08), (1.42, -0.6), (1.5, 0.2), (1.42, 0.5 * tips), (1.16, tips)]
    else:
        inner = [(0.86, 0.1), (0.86, 0.6), (0.92, 1.2), (1.0, 1.6), (1.2, tips)]
        outer = [(1.02, 0.0), (1.2, 0.5), (1.42, 1.1), (1.6, 1.7), (1.3, tips)]
    guides = [[(x * out, y) for x, y in guide] for guide in (inner, outer)]
    tail = ribbon(figure.head, guides[0], guides[1], wave=0.04, waves=1.5)
    if figure.face_seed % 3:
        return Hair(behind=(tail,), before=tuple(sleek))
    return Hair(before=(*sleek, tail))


def braids(figure: Figure) -> Hair:
    """Two braids before the shoulders."""
    tips, ropes = reach(figure), []
    down = np.linspace(0.1, tips, 25)
    half = (0.19 + 0.055 * np.abs(np.sin(np.linspace(0, 7 * np.pi, 25)))) * np.linspace(1.0, 0.72, 25)
    for out in (-1, 1):
        x = out * (0.95 + 0.32 * np.clip(down - 1, 0, 0.6))
        left, right = (list(zip((x + sign * half).tolist(), down.tolist(), strict=True)) for sign in (-1, 1))
        ropes.append(ribbon(figure.head, left, right, bulge=1.4, rows=40))
    return Hair(
        before=(*ropes, *cap(figure, lift=0.07, side=1.06, ends=0.45, line=-0.6, part=0.0)), braided=2
    )


def locs(figure: Figure) -> Hair:
    """Many thick locs."""
    tips, ropes = reach(figure), []
    for out in (-1, 1):
        for k in range(3):
            x = 0.94 + 0.19 * k
            tip = tips - 0.16 * ((k * 5 + figure.face_seed) % 3)
            spine = [(0.6 + 0.14 * k, -0.85), (x, -0.4), (x + 0.02, 0.2), (x + 0.05, 0.7 * tip), (x, tip)]
            left, right = ([(out * a + edge, b) for a, b in spine] for edge in (-0.11, 0.11))
            ropes.append(ribbon(figure.head, left, right, wave=0.02, bulge=0.9, rows=14))
    top = cap(figure, lift=0.12, side=1.12, ends=0.0, part=0.0)
    return Hair(behind=(mane(figure, tips=tips, wide=1.5),), before=(*ropes, *top))
