"""Arms, bare as they are: from the shoulder to the wrist."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, along
from attire.render.paths import Floats, subtract, union
from attire.render.person.figure import Figure
from attire.render.person.hands import hand_layer
from attire.render.person.skin import skin_of

if TYPE_CHECKING:
    import skia

__all__ = ["arm_panel", "hand_layers"]


def arm_panel(figure: Figure, side: int) -> Panel:
    """One arm from the top of the shoulder to the wrist."""
    shoulder, elbow, wrist = (np.asarray(point) for point in figure.arms[side])
    upper, fore, out = elbow - shoulder, wrist - elbow, (-1, 1)[side]
    lifted = abs(float(upper[0])) / max(float(np.linalg.norm(upper)), 1e-9)
    cap = shoulder + np.array([-3.4 * out, 1.9 * lifted - 1.5])
    bend = _elbow(elbow, upper, fore)
    spine = [cap, shoulder + np.array([0.0, 0.6]), shoulder + 0.3 * upper, shoulder + 0.72 * upper, *bend,
             elbow + 0.28 * fore, elbow + 0.6 * fore, wrist]  # fmt: skip
    stout = (0.96 - 0.1 * figure.build) * (0.4 + 0.6 * figure.breadth)
    widths = np.array([2.6, 4.3, 4.5, 3.7, *[3.3] * len(bend), 3.5, 3.0, 2.1]) * stout
    return along(np.asarray(spine), widths, rows=26 if len(bend) == 1 else 44, columns=9)


def _elbow(elbow: Floats, upper: Floats, fore: Floats) -> list[Floats]:
    """Lead the spine round a folded arm's elbow in an arc, so that its outer edge stays round."""
    come, go = (bone / max(float(np.linalg.norm(bone)), 1e-9) for bone in (upper, fore))
    if come @ go > -0.2:
        return [elbow]
    outward, across = come - go, come + go
    outward /= max(float(np.linalg.norm(outward)), 1e-9)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    return [
        elbow + r * across - d * outward
        for r, d in ((-1.7, 2.2), (-1.2, 0.7), (0.0, 0.0), (1.2, 0.7), (1.7, 2.2))
    ]


def hand_layers(figure: Figure, pieces: Sequence[Piece] | None = None) -> list[Layer]:
    """Draw the hands over the clothes, and with them the arms where no sleeve is.

    Args:
        figure: Whose they are.
        pieces: What is worn; None draws the hands alone.
    """
    layers = []
    covers = [] if pieces is None else _covers(pieces)
    cover = union(covers) if covers else None
    for side in (0, 1):
        if pieces is not None:
            layers += _bare_arm(figure, side, cover)
        if figure.hands_shown[side]:
            layers.append(hand_layer(figure, side))
    return layers


def _covers(pieces: Sequence[Piece]) -> "list[skia.Path]":
    """What lies over arms: sleeves and capes."""
    over = [piece for piece in pieces if piece.category in ("sleeve", "cape")]
    return [
        path
        for piece in over
        for path in (*piece.marks, *(layer.path for layer in piece.layers if not layer.behind))
    ]


def _bare_arm(figure: Figure, side: int, cover: "skia.Path | None") -> list[Layer]:
    bare = arm_panel(figure, side).part((-1, 1), (0.2, 1.0), rows=20, columns=9)
    path = bare.outline() if cover is None else subtract(bare.outline(), cover)
    if path.isEmpty():
        return []
    return [Layer(path=path, panels=(bare,), cloth=skin_of(figure), thickness=0.5, melt=3.0)]
