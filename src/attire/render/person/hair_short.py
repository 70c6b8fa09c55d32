"""Short hair, and hair that is put up."""

import numpy as np

from attire.render.person.figure import Figure
from attire.render.person.scalp import cap, knot
from attire.render.person.tresses import Hair, ribbon

__all__ = ["afro", "bald", "bun", "buzz", "crop", "pixie", "side_part"]


def bald(figure: Figure) -> Hair:
    """A shaved head."""
    return Hair()


def buzz(figure: Figure) -> Hair:
    """A few millimetres."""
    locks = cap(figure, lift=0.02, side=1.015, ends=0.0, line=-0.6, part=0.0)
    return Hair(before=tuple(locks), texture="stubble")


def crop(figure: Figure) -> Hair:
    """Short sides, a textured top that falls into the forehead."""
    tufts = []
    for k, x in enumerate(np.linspace(-0.66, 0.66, 5).tolist()):
        tip = -0.46 + 0.06 * ((k * 7 + figure.face_seed) % 3)
        lean = 0.16 + 0.06 * (k % 2)
        crown = -1.14 + 0.2 * x * x
        left = [(x * 0.75 - 0.26, crown), (x - 0.26, -0.82), (x - 0.1 + lean, tip)]
        right = [(x * 0.75 + 0.26, crown), (x + 0.28, -0.82), (x + 0.06 + lean, tip)]
        tufts.append(ribbon(figure.head, left, right, bulge=0.8, rows=9))
    return Hair(before=(*cap(figure, lift=0.15, side=1.05, ends=0.08, part=0.0), *tufts))


def side_part(figure: Figure) -> Hair:
    """Combed over from a parting, short at the sides."""
    out = 1 if figure.face_seed % 2 else -1
    sides = cap(figure, lift=0.07, side=1.04, ends=0.1, part=-0.45 * out)
    swept = ribbon(
        figure.head,
        [(-0.5 * out, -0.6), (0.0, -0.68), (0.55 * out, -0.53), (0.95 * out, -0.26)],
        [
            (-0.62 * out, -0.92),
            (-0.1 * out, -1.22),
            (0.62 * out, -1.08),
            (0.98 * out, -0.72),
            (1.07 * out, -0.34),
        ],
        bulge=3.0,
    )
    return Hair(before=(*sides, swept))


def pixie(figure: Figure) -> Hair:
    """Short, with a long fringe swept to one side."""
    out = 1 if figure.face_seed % 2 else -1
    swept = [
        ribbon(
            figure.head,
            [(-0.42 * out, -0.95), (0.0, -0.62 + k), (0.6 * out, -0.33 + k), (0.98 * out, 0.04 + k)],
            [(-0.4 * out, -1.12), (0.3 * out, -1.06 + k), (0.88 * out, -0.7 + k), (1.1 * out, -0.02 + k)],
            bulge=1.6,
        )
        for k in (0.0, 0.1)
    ]
    return Hair(before=(*cap(figure, lift=0.12, side=1.1, ends=0.3, part=-0.4 * out), *swept))


def afro(figure: Figure) -> Hair:
    """A round cloud of curls."""
    size = 1.45 + 0.3 * (figure.face_seed % 5) / 4
    turns = np.linspace(0, np.pi, 12)
    ball = [(-size * float(np.sin(a)), -0.35 - 0.8 * size * float(np.cos(a))) for a in turns]
    rim = [
        (size * float(np.sin(a)), -0.35 - 0.8 * size * float(np.cos(a))) for a in np.linspace(-1.95, 1.95, 13)
    ]
    half = [(1.0, 0.3), (0.92, 0.0), (0.82, -0.26), (0.5, -0.52)]
    line = [*((-x, y) for x, y in half), (0.0, -0.57), *half[::-1]]
    halo = ribbon(figure.head, line, rim, bulge=5.0, rows=26)
    cloud = ribbon(figure.head, ball, [(-x, y) for x, y in ball], bulge=6.0)
    return Hair(behind=(cloud,), before=(halo,), texture="curls")


def bun(figure: Figure) -> Hair:
    """Combed back into a knot, on the crown or in the neck."""
    low = (0.92 if figure.turn < 0 else -0.92, 0.4, 0.42)
    ball = knot(figure, *((0.1, -1.18, 0.48) if figure.face_seed % 2 else low))
    return Hair(behind=(ball,), before=tuple(cap(figure, lift=0.07, side=1.03, ends=0.04, line=-0.61)))
