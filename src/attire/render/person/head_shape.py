"""The shape of the head: skull and face as one sheet, and the ears."""

import numpy as np

from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats
from attire.render.person.figure import Figure

__all__ = ["ear_points", "head_panel"]


def head_panel(figure: Figure) -> Panel:
    """The head from crown to chin, with brow, nose, cheeks and chin as relief; t runs from crown to chin."""
    head, rng = figure.head, np.random.default_rng(figure.face_seed)
    full = float(np.clip(0.5 * (figure.breadth - 1) * 1.6 + rng.normal(0, 0.03), -0.08, 0.2))
    jaw = 0.73 - 0.05 * figure.build + full + rng.normal(0, 0.02)
    chin = 0.36 - 0.07 * figure.build + 0.5 * full
    knots = [
        (-1.0, 0.12), (-0.985, 0.3), (-0.93, 0.54), (-0.8, 0.79), (-0.55, 0.95), (-0.2, 1.0), (0.05, 0.97),
        (0.3, 0.9 + 0.6 * full), (0.55, jaw + 0.06), (0.76, 0.5 * (jaw + chin) + 0.1), (0.9, chin + 0.06),
        (0.97, 0.7 * chin), (1.0, 0.3 * chin),
    ]  # fmt: skip
    y = -np.cos(np.linspace(0, np.pi, 28))
    half, shift = profile(knots, y), 0.42 * head.turn * np.clip(y + 0.1, 0, 1)
    left, right = (head.on(np.stack([side * half + shift, y], axis=1)) for side in (-1, 1))
    bulge = head.half_width * 0.95 * profile([(-1, 0.25), (-0.75, 0.8), (-0.2, 1), (0.7, 0.85), (1, 0.4)], y)
    sheet = between(left, right, bulge=bulge, turn=0.66 * head.turn, columns=21)
    return sheet.raised(_relief(sheet, y))


def _relief(sheet: Panel, y: Floats) -> Floats:
    """Brows, nose, cheekbones, the hollow of the eyes and the chin, centimetres."""
    s = np.broadcast_to(sheet.s[None], sheet.relief.shape)
    down = np.broadcast_to(y[:, None], s.shape)

    def bump(x: float, at: float, wide: float, high: float) -> Floats:
        return np.asarray(np.exp(-(((s - x) / wide) ** 2) - ((down - at) / high) ** 2))

    relief = 0.35 * bump(0.33, -0.17, 0.2, 0.07) + 0.35 * bump(-0.33, -0.17, 0.2, 0.07)
    relief -= 0.55 * (bump(0.36, 0.0, 0.2, 0.1) + bump(-0.36, 0.0, 0.2, 0.1))
    relief += 0.5 * (bump(0.5, 0.25, 0.2, 0.14) + bump(-0.5, 0.25, 0.2, 0.14))
    relief += 0.9 * bump(0, 0.22, 0.1, 0.2) + 0.5 * bump(0, 0.33, 0.15, 0.07)
    relief += 0.3 * bump(0, 0.86, 0.25, 0.1) - 0.12 * bump(0, 0.71, 0.2, 0.06)
    return relief


def ear_points(figure: Figure, side: int) -> Floats:
    """Outline of an ear, centimetres, shape (N, 2); side is -1 or 1. A turn hides the far one."""
    head = figure.head
    shown = 1.0 - 1.6 * max(0.0, side * head.turn)
    reach = 0.16 * shown
    outline = [
        (0.9, -0.12),
        (0.98 + reach, -0.16),
        (1.0 + reach, 0.02),
        (0.95 + 0.6 * reach, 0.24),
        (0.88, 0.3),
        (0.86, 0.1),
    ]
    return head.on(np.array([(side * x, y) for x, y in outline]))
