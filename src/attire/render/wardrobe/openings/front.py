"""Where a garment closes: the line down its front, or the two edges of an open one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from attire.render.paths import Floats, canvas_library, intersect, line, stroke, subtract, union
from attire.render.person import LEVEL
from attire.render.wardrobe.garment import Garment

if TYPE_CHECKING:
    import skia

    from attire.render.layer import Detail
    from attire.render.painter import Painter

__all__ = [
    "Front",
    "draw_on_front",
    "front_of",
    "marks_on_front",
    "places_along",
    "shifted",
    "show_opening",
    "waist_t",
]


@dataclass(frozen=True, kw_only=True, eq=False)
class Front:
    """The edges that meet or lie apart down the front of a garment, top to bottom, centimetres."""

    left: Floats
    """Edge of the photo's left half, shape (N, 2)."""
    right: Floats
    """Edge of its right half, shape (N, 2); the same as ``left`` where the front is closed."""

    @property
    def closed(self) -> bool:
        """Whether the edges meet."""
        return self.left is self.right


def front_of(garment: Garment, *, through: bool = True) -> Front:
    """Find where a garment closes; cut its neckline and its open front first.

    Args:
        garment: Its body (and separate skirt) must be sewn.
        through: Whether the opening goes on down a skirt that is a sheet of its own.
    """
    if garment.front is not None:
        left, right = garment.front
        return Front(left=left, right=right)
    sheets = [garment.body]
    if through and garment.skirt is not None and garment.skirt is not garment.body:
        sheets.append(garment.skirt)
    down = np.stack([np.zeros(40), np.linspace(0.0, 1.0, 40)], axis=1)
    middle = np.concatenate([sheet.on(down) for sheet in sheets])
    covered = [not any(cut.contains(x, y) for cut in garment.cuts) for x, y in middle.tolist()]
    first = covered.index(True) if True in covered else 0
    middle = middle[first:][np.concatenate([[True], np.diff(middle[first:, 1]) > 0.05])]
    return Front(left=middle, right=middle)


def shifted(edge: Floats, across: float) -> Floats:
    """Move a line sideways, centimetres to the right."""
    return np.asarray(np.add(edge, (across, 0.0)))


def places_along(edge: Floats, step: float, start: float, end: float = 2.0) -> Floats:
    """Space places evenly along a line.

    Args:
        edge: Shape (N, 2), centimetres.
        step: About how far apart, centimetres.
        start: Distance of the first from the line's beginning, centimetres.
        end: Least distance of the last from the line's end, centimetres.

    Returns:
        Shape (M, 2), at least one.
    """
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    reach = max(place[-1] - end, start + 1e-6)
    steps = np.linspace(start, reach, max(1, round((reach - start) / step) + 1))
    return np.stack([np.interp(steps, place, edge[:, axis]) for axis in (0, 1)], axis=1)


def show_opening(garment: Garment, edges: Iterable[Floats], width: float) -> None:
    """Note where an opening shows, so that it is not said where hair, an arm or a coat hides it.

    Args:
        garment: What it closes.
        edges: Lines along it, each of shape (N, 2), N > 1, centimetres.
        width: How wide it is around each line, centimetres.
    """
    knots = [edge[np.unique(np.linspace(0, len(edge) - 1, 8).astype(int))] for edge in edges]
    garment.witnesses["opening"] = union([stroke(line(own), width) for own in knots])


def waist_t(garment: Garment) -> float:
    """How far down its body a garment's waist is."""
    body = garment.body
    top = body.at(0.0, 0.0)[1]
    return 0.04 if top > LEVEL["waist"] - 6 else min(body.t_for(LEVEL["waist"]), 0.97)


def draw_on_front(garment: Garment, draw: "Detail") -> None:
    """Draw on the front, but not on the sleeve of an arm before it."""

    def detail(painter: "Painter") -> None:
        outside = canvas_library().ClipOp.kDifference
        painter.canvas.save()
        for sleeve in garment.sleeves:
            painter.canvas.clipPath(sleeve.outline(), outside, True)
        draw(painter)
        painter.canvas.restore()

    garment.details.append(detail)


def marks_on_front(garment: Garment, path: "skia.Path") -> "skia.Path":
    """Cut the outline of what lies on the front to the cloth that is seen there."""
    path = intersect(path, garment.outline())
    return subtract(path, union([s.outline() for s in garment.sleeves])) if garment.sleeves else path
