"""The catalogue of hair styles. Places are relative to the head: (-1, -1) left and crown, (1, 1) right and chin."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Point
from attire.render.person.figure import Figure
from attire.render.person.tresses import Hair, ribbon

__all__ = ["STYLES", "Style"]


@dataclass(frozen=True, kw_only=True)
class Style:
    """One entry of the catalogue."""

    make: Callable[[Figure], Hair]
    """Lays the hair around a head."""
    share: float
    """How often it is worn."""
    leaning: float = 0.0
    """Worn more by narrow-hipped (-1) or by wide-hipped bodies (1)."""
    curly: float = 1.0
    """How much more often it is worn with dark skin."""
    fall: tuple[float, float] = (12.0, 14.0)
    """How far it falls below the crown, centimetres."""

    def weight(self, build: float, dark: bool) -> float:
        """How likely a body wears it."""
        return self.share * (self.curly if dark else 1.0) * float(np.exp(1.6 * self.leaning * build))


def _reach(figure: Figure) -> float:
    """The tips of the hair, head-relative."""
    return (figure.hair_length - (22 - figure.head.half_height)) / figure.head.half_height


def _parting(figure: Figure) -> float:
    """Where the parting is."""
    return (-0.36, 0.0, 0.34, 0.12)[figure.face_seed % 4] + 0.5 * figure.head.turn


def _cap(
    figure: Figure, *, lift: float = 0.1, side: float = 1.08, ends: float = 0.06, line: float = -0.6, part: float | None = None,
    wave: float = 0.0,
) -> list[Panel]:  # fmt: skip
    """The two halves of hair that lies on the skull, from the parting to the ears.

    Args:
        figure: Whose.
        lift: Its height over the crown.
        side: Where it lies beside the temples.
        ends: How far down it reaches before the ears.
        line: Height of the hairline.
        part: Where it is parted.
        wave: As in :func:`ribbon`.
    """
    head, part = figure.head, _parting(figure) if part is None else part
    halves = []
    for out in (-1, 1):
        inner = [
            (part, line),
            (0.45 * out + 0.4 * part, line + 0.03),
            (0.78 * out, line + 0.24),
            (0.9 * out, -0.14),
            (0.95 * out, ends),
        ]
        outer = [
            (part, -1 - lift),
            (0.55 * out + 0.35 * part, -0.96 - 0.7 * lift),
            (0.92 * side * out, -0.62),
            (side * out, -0.2),
            (1.01 * out, ends),
        ]
        halves.append(ribbon(head, inner, outer, wave=wave, bulge=3.0))
    return halves if part > 0 else halves[::-1]


def _curtain(figure: Figure, *, reach: float, wave: float = 0.0, wide: float = 1.3, forward: tuple[bool, bool] = (True, True),
             line: float = -0.62) -> list[Panel]:  # fmt: skip
    """Hair that falls from the parting down both sides of the face, or behind the shoulders."""
    head, part = figure.head, _parting(figure)
    locks = []
    for side, out in enumerate((-1, 1)):
        tip = reach if forward[side] else min(reach, 1.25)
        low = max(0.62, 0.4 * tip + 0.3)
        inner = [
            (part, line),
            (0.5 * out + 0.3 * part, line + 0.1),
            (0.84 * out, -0.16),
            (0.86 * out, 0.35),
            (0.82 * out, low),
            (0.88 * out, tip),
        ]
        outer = [
            (part, -1.1),
            (0.7 * out + 0.2 * part, -1.0),
            (1.13 * out, -0.45),
            (1.2 * out, 0.3),
            (wide * out, low),
            ((wide - 0.16) * out, tip - 0.06),
        ]
        locks.append(ribbon(head, inner, outer, wave=wave, bulge=2.6, rows=24))
    return locks if part > 0 else locks[::-1]


def _back(figure: Figure, *, reach: float, wide: float = 1.28, wave: float = 0.0) -> Panel:
    """Hair behind head and neck."""
    left = [(-0.5, -1.05), (-1.08, -0.5), (-1.16, 0.2), (-wide, 0.55 * reach + 0.2), (-wide + 0.25, reach)]
    right = [(-x, y) for x, y in left]
    return ribbon(figure.head, left, right, wave=wave, bulge=3.0, rows=20)


def bald(figure: Figure) -> Hair:
    """A shaved head."""
    return Hair()


def buzz(figure: Figure) -> Hair:
    """A few millimetres."""
    return Hair(
        before=tuple(_cap(figure, lift=0.015, side=1.015, ends=0.0, line=-0.64, part=0.0)), texture="stubble"
    )


def crop(figure: Figure) -> Hair:
    """Short sides, a textured top that falls into the forehead."""
    tufts = []
    for k, x in enumerate(np.linspace(-0.7, 0.7, 4)):
        tip = -0.5 + 0.07 * ((k * 7 + figure.face_seed) % 3)
        lean = 0.14 + 0.05 * (k % 2)
        tufts.append(
            ribbon(
                figure.head,
                [(x * 0.8 - 0.3, -1.1), (x - 0.28, -0.84), (x - 0.12 + lean, tip)],
                [(x * 0.8 + 0.3, -1.12), (x + 0.3, -0.84), (x + 0.04 + lean, tip)],
                bulge=0.9,
                rows=9,
            )
        )
    return Hair(before=(*_cap(figure, lift=0.13, side=1.05, ends=0.08, line=-0.62, part=0.0), *tufts))


def side_part(figure: Figure) -> Hair:
    """Combed over from a parting, short at the sides."""
    head, out = figure.head, 1 if figure.face_seed % 2 else -1
    sides = _cap(figure, lift=0.06, side=1.04, ends=0.1, line=-0.6, part=-0.45 * out)
    swept = ribbon(
        head, [(-0.5 * out, -0.6), (0.0, -0.72), (0.55 * out, -0.58), (0.95 * out, -0.28)],
        [(-0.55 * out, -0.98), (-0.1 * out, -1.26), (0.7 * out, -1.12), (1.08 * out, -0.38)], bulge=3.0,
    )  # fmt: skip
    return Hair(before=(*sides, swept))


def pixie(figure: Figure) -> Hair:
    """Short, with a long fringe swept to one side."""
    head, out = figure.head, 1 if figure.face_seed % 2 else -1
    sides = _cap(figure, lift=0.12, side=1.1, ends=0.3, line=-0.6, part=-0.4 * out)
    swept = [
        ribbon(head, [(-0.42 * out, -0.95), (0.0, -0.66 + k), (0.6 * out, -0.36 + k), (0.98 * out, 0.02 + k)],
               [(-0.4 * out, -1.14), (0.2 * out, -1.04 + k), (0.86 * out, -0.66 + k), (1.1 * out, -0.02 + k)], bulge=1.6)
        for k in (0.0, 0.1)
    ]  # fmt: skip
    return Hair(before=(*sides, *swept))


def bob(figure: Figure) -> Hair:
    """To the chin, parted."""
    reach = _reach(figure)
    return Hair(
        behind=(_back(figure, reach=reach, wide=1.3),), before=tuple(_curtain(figure, reach=reach, wide=1.36))
    )


def fringe(figure: Figure) -> Hair:
    """A straight fringe over the brows, any length."""
    reach = _reach(figure)
    bangs = ribbon(
        figure.head,
        [(-0.5, -1.1), (-0.86, -0.6), (-0.88, -0.2)],
        [(0.5, -1.1), (0.86, -0.6), (0.88, -0.2)],
        bulge=3.0,
    )
    return Hair(
        behind=(_back(figure, reach=reach),), before=(*_curtain(figure, reach=reach, wide=1.28), bangs)
    )


def straight(figure: Figure) -> Hair:
    """Long and straight, before one shoulder, both or none."""
    reach, seed = _reach(figure), figure.face_seed // 7
    forward = (seed % 3 != 0, seed % 3 != 1)
    return Hair(
        behind=(_back(figure, reach=reach),), before=tuple(_curtain(figure, reach=reach, forward=forward))
    )


def wavy(figure: Figure) -> Hair:
    """Long waves."""
    reach, seed = _reach(figure), figure.face_seed // 7
    forward = (seed % 3 != 0, seed % 3 != 1)
    locks = _curtain(figure, reach=reach, forward=forward, wave=0.09, wide=1.5)
    return Hair(behind=(_back(figure, reach=reach, wide=1.55, wave=0.08),), before=tuple(locks))


def curls(figure: Figure) -> Hair:
    """Shoulder-length curls."""
    reach = _reach(figure)
    back = _back(figure, reach=reach, wide=1.7, wave=0.06)
    return Hair(
        behind=(back,),
        before=tuple(_curtain(figure, reach=min(reach, 1.15), wave=0.07, wide=1.7)),
        texture="curls",
    )


def afro(figure: Figure) -> Hair:
    """A round cloud of curls."""
    size = 1.5 + 0.3 * (figure.face_seed % 5) / 4
    turns = np.linspace(0, np.pi, 12)
    ball = [(-size * float(np.sin(a)), -0.35 - 0.8 * size * float(np.cos(a))) for a in turns]
    halves = []
    for out in (-1, 1):
        rim = [(0.0, -0.35 - 0.8 * size)] + [
            (out * size * float(np.sin(a)), -0.35 - 0.8 * size * float(np.cos(a)))
            for a in (0.5, 1.0, 1.5, 1.95)
        ]
        halves.append(
            ribbon(
                figure.head,
                [(0.0, -0.58), (0.5 * out, -0.56), (0.84 * out, -0.28), (0.94 * out, 0.0), (1.0 * out, 0.3)],
                rim,
                bulge=5.0,
            )
        )
    return Hair(
        behind=(ribbon(figure.head, ball, [(-x, y) for x, y in ball], bulge=6.0),),
        before=tuple(halves),
        texture="curls",
    )


def _knot(figure: Figure, x: float, y: float, size: float) -> Panel:
    turns = np.linspace(0.12, np.pi - 0.12, 8)
    left = [(x - size * float(np.sin(a)), y - 0.72 * size * float(np.cos(a))) for a in turns]
    return ribbon(figure.head, left, [(2 * x - a, b) for a, b in left], bulge=4.0, rows=12)


def bun(figure: Figure) -> Hair:
    """Combed back into a knot, on the crown or in the neck."""
    knot = (
        _knot(figure, 0.1, -1.2, 0.5)
        if figure.face_seed % 2
        else _knot(figure, 0.95 if figure.turn < 0 else -0.95, 0.42, 0.48)
    )
    return Hair(behind=(knot,), before=tuple(_cap(figure, lift=0.07, side=1.03, ends=0.04, line=-0.66)))


def ponytail(figure: Figure) -> Hair:
    """Combed back; the tail comes forward over one shoulder or swings behind."""
    reach, out = _reach(figure), 1 if figure.face_seed % 2 else -1
    cap = _cap(figure, lift=0.08, side=1.03, ends=0.04, line=-0.66, part=0.15 * out)
    if figure.face_seed % 3:
        root = ribbon(figure.head, [(0.5 * out, -0.9), (1.1 * out, -0.7), (1.22 * out, 0.2), (1.05 * out, reach)],
                      [(0.3 * out, -1.2), (1.45 * out, -0.95), (1.7 * out, 0.1), (1.2 * out, reach)], wave=0.04, waves=1.5)  # fmt: skip
        return Hair(behind=(root,), before=tuple(cap))
    tail = ribbon(figure.head, [(0.72 * out, 0.8), (0.9 * out, 1.2), (1.0 * out, 1.6), (1.2 * out, reach)],
                  [(1.0 * out, 0.6), (1.45 * out, 1.2), (1.6 * out, 1.7), (1.3 * out, reach)], wave=0.04, waves=1.5)  # fmt: skip
    return Hair(before=(*cap, tail))


def braids(figure: Figure) -> Hair:
    """Two braids before the shoulders."""
    reach, ropes = _reach(figure), []
    for out in (-1, 1):
        steps = np.linspace(0.5, reach, 25)
        x = out * (0.98 + 0.32 * np.clip(steps - 1, 0, 0.6))
        half = (0.15 + 0.045 * np.abs(np.sin(np.linspace(0, 7 * np.pi, 25)))) * np.linspace(1.0, 0.72, 25)
        edges = [list(zip((x + sign * half).tolist(), steps.tolist(), strict=True)) for sign in (-1, 1)]
        ropes.append(ribbon(figure.head, edges[0], edges[1], bulge=1.4, rows=40))
    cap = _cap(figure, lift=0.07, side=1.06, ends=0.5, line=-0.64, part=0.0)
    return Hair(before=(*cap, *ropes), braided=2)


def locs(figure: Figure) -> Hair:
    """Many thick locs."""
    reach, seed = _reach(figure), figure.face_seed
    ropes = []
    for out in (-1, 1):
        for k in range(3):
            x = 0.92 + 0.2 * k
            tip = reach - 0.16 * ((k * 5 + seed) % 3)
            left = [
                (out * (0.1 + 0.22 * k), -1.08),
                (out * x * 0.98, -0.6 + 0.04 * k),
                (out * (x + 0.02), 0.2),
                (out * (x + 0.05), 0.7 * tip),
                (out * x, tip),
            ]
            ropes.append(
                ribbon(
                    figure.head,
                    [(a - 0.11, b) for a, b in left],
                    [(a + 0.11, b) for a, b in left],
                    wave=0.02,
                    bulge=0.9,
                    rows=11,
                )
            )
    return Hair(
        behind=(_back(figure, reach=reach, wide=1.5),), before=(*_cap(figure, lift=0.1, part=0.0), *ropes)
    )


STYLES: dict[str, Style] = {
    "bald": Style(make=bald, share=0.25, leaning=-1),
    "buzz": Style(make=buzz, share=0.5, leaning=-0.9, curly=1.6),
    "crop": Style(make=crop, share=0.9, leaning=-1),
    "side part": Style(make=side_part, share=0.9, leaning=-0.9, curly=0.5),
    "pixie": Style(make=pixie, share=0.6, leaning=0.3, curly=0.6),
    "bob": Style(make=bob, share=1.0, leaning=0.6, fall=(20, 27)),
    "fringe": Style(make=fringe, share=0.8, leaning=0.7, fall=(22, 48)),
    "straight": Style(make=straight, share=1.4, leaning=0.6, curly=0.6, fall=(33, 56)),
    "wavy": Style(make=wavy, share=1.3, leaning=0.7, fall=(32, 54)),
    "curls": Style(make=curls, share=0.7, leaning=0.4, curly=2.0, fall=(26, 34)),
    "afro": Style(make=afro, share=0.25, curly=6.0),
    "bun": Style(make=bun, share=0.8, leaning=0.6),
    "ponytail": Style(make=ponytail, share=0.8, leaning=0.7, fall=(36, 54)),
    "braids": Style(make=braids, share=0.4, leaning=0.8, curly=2.0, fall=(40, 56)),
    "locs": Style(make=locs, share=0.15, leaning=-0.1, curly=4.0, fall=(26, 46)),
}  # fmt: skip
"""Hair styles by name; adding one is a function above and a line here."""
