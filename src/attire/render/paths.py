"""Outlines: smooth closed curves, tapering limbs, and what joins and cuts them. All in centimetres."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.extras import require

if TYPE_CHECKING:
    import skia

__all__ = [
    "Floats",
    "Point",
    "canvas_library",
    "circle",
    "intersect",
    "joined",
    "line",
    "mirrored",
    "polygon",
    "smooth",
    "stroke",
    "subtract",
    "union",
]

NUDGES = (0.004, -0.006, 0.011, -0.017, 0.031, -0.047)
"""Centimetres by which an outline is moved to be combined with another."""

Point: TypeAlias = tuple[float, float]
Floats: TypeAlias = npt.NDArray[np.float64]


def canvas_library() -> Any:
    """Import skia, or say what is missing.

    Raises:
        MissingExtraError: If skia-python or one of the system libraries it needs is not installed.
    """
    from attire.errors import MissingExtraError

    try:
        return require("skia", "render")
    except ImportError as error:
        raise MissingExtraError(
            f"skia-python needs a system library that is not there ({error}). "
            "Run: apt-get install -y libegl1 libgl1 libexpat1 libfontconfig1"
        ) from None


def polygon(points: Sequence[Point] | Floats) -> "skia.Path":
    """Close straight edges through points, shape (N, 2)."""
    skia = canvas_library()
    return skia.Path.Polygon([skia.Point(*xy) for xy in np.asarray(points, float).tolist()], True)


def line(points: Sequence[Point] | Floats) -> "skia.Path":
    """Lead an open smooth curve through points, shape (N, 2)."""
    knots = np.asarray(points, float)
    ring = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    pull = (ring[2:] - ring[:-2]) / 6
    path = canvas_library().Path()
    path.moveTo(*knots[0].tolist())
    for i in range(len(knots) - 1):
        handles = [knots[i] + pull[i], knots[i + 1] - pull[i + 1], knots[i + 1]]
        path.cubicTo(*np.concatenate(handles).tolist())
    return path


def smooth(points: Sequence[Point] | Floats, roundness: float = 1.0) -> "skia.Path":
    """Draw a closed curve through points (Catmull-Rom).

    Args:
        points: In order, at least three, shape (N, 2).
        roundness: 0 gives straight edges, 1 the full curve.

    Returns:
        A closed path.
    """
    ring = np.asarray(points, dtype=float)
    pull = roundness * (np.roll(ring, -1, axis=0) - np.roll(ring, 1, axis=0)) / 6
    path = canvas_library().Path()
    path.moveTo(*ring[0].tolist())
    for here in range(len(ring)):
        there = (here + 1) % len(ring)
        handles = [ring[here] + pull[here], ring[there] - pull[there], ring[there]]
        path.cubicTo(*np.concatenate(handles).tolist())
    path.close()
    return path


def circle(center: Point, radius: float) -> "skia.Path":
    """Outline of a disc."""
    return canvas_library().Path.Circle(*center, radius)


def mirrored(half: Sequence[Point], axis_x: float = 0.0) -> list[Point]:
    """Complete the right half of an outline (top to bottom) by its mirror image.

    Example:
        >>> mirrored([(2.0, 0.0), (3.0, 5.0)])
        [(2.0, 0.0), (3.0, 5.0), (-3.0, 5.0), (-2.0, 0.0)]
    """
    return [*half, *((2 * axis_x - x, y) for x, y in reversed(half))]


def stroke(path: "skia.Path", width: float) -> "skia.Path":
    """Outline of a line of some width drawn along a path, round at its ends."""
    skia = canvas_library()
    paint = skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap)
    thick = skia.Path()
    paint.getFillPath(path, thick, None, 8.0)
    return thick


def union(paths: Iterable["skia.Path"]) -> "skia.Path":
    """Join outlines into one."""
    skia = canvas_library()
    whole, *others = paths
    if not others:
        return whole
    builder = skia.OpBuilder()
    for path in (whole, *others):
        builder.add(path, skia.PathOp.kUnion_PathOp)
    try:
        return builder.resolve()
    except RuntimeError:
        for path in others:
            whole = _combined(whole, path, skia.PathOp.kUnion_PathOp)
        return whole


def joined(paths: Iterable["skia.Path"]) -> "skia.Path":
    """Put outlines of the same direction into one path, overlaps and all: cheaper than their union."""
    whole = canvas_library().Path()
    for path in paths:
        whole.addPath(path)
    return whole


def intersect(path: "skia.Path", other: "skia.Path") -> "skia.Path":
    """Keep what both cover."""
    return _combined(path, other, canvas_library().PathOp.kIntersect_PathOp)


def subtract(path: "skia.Path", other: "skia.Path") -> "skia.Path":
    """Cut one outline out of another."""
    return _combined(path, other, canvas_library().PathOp.kDifference_PathOp)


def _combined(path: "skia.Path", other: "skia.Path", operation: Any) -> "skia.Path":
    """Combine two outlines; where their edges coincide so that skia gives up, one is moved by a hair.

    Raises:
        RuntimeError: If no move of up to half a millimetre helps.
    """
    skia = canvas_library()
    for nudge in (0.0, *NUDGES):
        try:
            moved = other if not nudge else skia.Path(other)
            if nudge:
                moved.offset(nudge, 0.7 * nudge)
            return skia.Op(path, moved, operation)
        except RuntimeError:
            continue
    raise RuntimeError(f"skia cannot combine two outlines within {path.getBounds()}.")
