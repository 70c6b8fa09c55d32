"""What hair styles share: a cap on the skull, curtains beside the face, a mane behind; head-relative."""

import numpy as np

from attire.render.panel import Panel
from attire.render.person.figure import Figure
from attire.render.person.tresses import ribbon

__all__ = ["cap", "curtain", "knot", "mane", "parting", "reach"]


def reach(figure: Figure) -> float:
    """Where the tips of the hair are."""
    return (figure.hair_length - (22 - figure.head.half_height)) / figure.head.half_height


def parting(figure: Figure) -> float:
    """Where the parting is."""
    return (-0.36, 0.0, 0.34, 0.12)[figure.face_seed % 4] + 0.5 * figure.head.turn


def cap(
    figure: Figure,
    *,
    lift: float = 0.1,
    side: float = 1.08,
    ends: float = 0.06,
    line: float = -0.56,
    part: float | None = None,
) -> list[Panel]:
    """The two halves of hair that lies on the skull, from the parting to the ears.

    Args:
        figure: Whose.
        lift: Its height over the crown.
        side: Where it lies beside the temples.
        ends: How far down it reaches before the ears.
        line: Height of the hairline.
        part: Where it is parted.
    """
    part = parting(figure) if part is None else part
    halves = []
    for out in (-1, 1):
        inner = [
            (part, line), (0.42 * out + 0.45 * part, line + 0.02), (0.76 * out, line + 0.18),
            (0.9 * out, -0.14), (0.95 * out, ends),
        ]  # fmt: skip
        outer = [
            (part, -1 - lift), (0.5 * out + 0.35 * part, -0.93 - 0.9 * lift),
            (0.84 * side * out, -0.74 - 0.4 * lift), (side * out, -0.42), (side * out, -0.18),
            (1.01 * out, ends),
        ]  # fmt: skip
        halves.append(ribbon(figure.head, inner, outer, bulge=3.0))
    return halves if part > 0 else halves[::-1]


def curtain(
    figure: Figure,
    *,
    tips: float,
    wave: float = 0.0,
    wide: float = 1.3,
    forward: tuple[bool, bool] = (True, True),
) -> list[Panel]:
    """Hair that falls from the parting down both sides of the face, or behind the shoulders.

    Args:
        figure: Whose.
        tips: How far it falls.
        wave: As in :func:`ribbon`.
        wide: Where its outer edge lies.
        forward: Whether it falls before the left and the right shoulder.
    """
    part, locks = parting(figure), []
    for before, out in zip(forward, (-1, 1), strict=True):
        tip = tips if before else min(tips, 1.2)
        low = max(0.62, 0.4 * tip + 0.3)
        taper = 0.16 if tip < 1.3 else 0.2
        inner = [
            (part, -0.57), (0.5 * out + 0.3 * part, -0.48), (0.82 * out, -0.12), (0.85 * out, 0.35),
            ((0.82 if tip < 1.3 else 0.76) * out, low), (0.88 * out, tip),
        ]  # fmt: skip
        outer = [
            (part, -1.11), (0.5 * out + 0.35 * part, -1.04), (0.93 * out, -0.82), (1.13 * out, -0.4),
            (1.2 * out, 0.3), ((wide + 0.03 * tip) * out, low), ((wide - taper) * out, tip - 0.05),
        ]  # fmt: skip
        locks.append(ribbon(figure.head, inner, outer, wave=wave, bulge=2.6, rows=24))
    return locks if part > 0 else locks[::-1]


def mane(figure: Figure, *, tips: float, wide: float = 1.28, wave: float = 0.0) -> Panel:
    """Hair behind head and neck."""
    left = [(-0.35, -0.95), (-1.04, -0.45), (-1.16, 0.2), (-wide, 0.55 * tips + 0.2), (-wide + 0.25, tips)]
    return ribbon(figure.head, left, [(-x, y) for x, y in left], wave=wave, bulge=3.0, rows=20)


def knot(figure: Figure, x: float, y: float, size: float) -> Panel:
    """Hair wound into a ball."""
    turns = np.linspace(0.12, np.pi - 0.12, 8)
    left = [(x - size * float(np.sin(a)), y - 0.72 * size * float(np.cos(a))) for a in turns]
    return ribbon(figure.head, left, [(2 * x - a, b) for a, b in left], bulge=4.0, rows=12)
