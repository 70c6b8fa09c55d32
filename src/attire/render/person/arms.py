"""Arms, bare as they are: from the shoulder to the wrist."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, along
from attire.render.paths import subtract, union
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
    lifted = figure.gestures[side] == "head"
    cap = shoulder + np.array([-3.4 * out, 0.6 if lifted else -1.3])
    spine = [cap, shoulder + np.array([0.0, 0.6]), shoulder + 0.3 * upper, shoulder + 0.72 * upper, elbow,
             elbow + 0.25 * fore, elbow + 0.6 * fore, wrist]  # fmt: skip
    stout = (1 - 0.09 * figure.build) * (0.4 + 0.6 * figure.breadth)
    widths = np.array([2.6, 4.3, 4.5, 3.7, 3.3, 3.5, 3.0, 2.1]) * stout
    return along(np.asarray(spine), widths, rows=30, columns=12)


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
            layers.append(_bare_arm(figure, side, cover))
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


def _bare_arm(figure: Figure, side: int, cover: "skia.Path | None") -> Layer:
    bare = arm_panel(figure, side).part((-1, 1), (0.2, 1.0), rows=24)
    path = bare.outline() if cover is None else subtract(bare.outline(), cover)
    return Layer(path=path, panels=(bare,), cloth=skin_of(figure), thickness=0.5, melt=3.0)
