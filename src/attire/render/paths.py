"""Outlines from a few points: smooth closed curves and tapering limbs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.extras import require

if TYPE_CHECKING:
    import skia

__all__ = ["Point", "canvas_library", "mirrored", "smooth", "tube", "union"]

Point: TypeAlias = tuple[float, float]


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


def smooth(points: Sequence[Point], roundness: float = 1.0) -> "skia.Path":
    """Draw a closed curve through points (Catmull-Rom).

    Args:
        points: xy in pixels, in order, at least three.
        roundness: 0 gives straight edges, 1 the full curve.

    Returns:
        A closed path.
    """
    skia = canvas_library()
    ring = np.asarray(points, dtype=float)
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    pull = roundness * (after - before) / 6
    path = skia.Path()
    path.moveTo(*ring[0])
    for here, there in zip(range(len(ring)), [*range(1, len(ring)), 0], strict=True):
        path.cubicTo(*(ring[here] + pull[here]), *(ring[there] - pull[there]), *ring[there])
    path.close()
    return path


def mirrored(half: Sequence[Point], axis_x: float) -> list[Point]:
    """Complete the right half of an outline (top to bottom) by its mirror image.

    Example:
        >>> mirrored([(2.0, 0.0), (3.0, 5.0)], axis_x=0.0)
        [(2.0, 0.0), (3.0, 5.0), (-3.0, 5.0), (-2.0, 0.0)]
    """
    return [*half, *((2 * axis_x - x, y) for x, y in reversed(half))]


def tube(spine: Sequence[Point], half_widths: Sequence[float]) -> "skia.Path":
    """Draw a limb or sleeve: a curve of varying width along a spine, with cut ends.

    Args:
        spine: xy in pixels, at least two points.
        half_widths: Distance from the spine to each side at every point, pixels.

    Returns:
        A closed path.
    """
    line, width = _densify(np.asarray(spine, float), np.asarray(half_widths, float))
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * width[:, None]
    return smooth([*map(tuple, line + across), *map(tuple, (line - across)[::-1])], roundness=0.8)


def union(paths: Sequence["skia.Path"]) -> "skia.Path":
    """Join outlines into one."""
    skia = canvas_library()
    joined = paths[0]
    for path in paths[1:]:
        joined = skia.Op(joined, path, skia.PathOp.kUnion_PathOp)
    return joined


def _densify(
    line: npt.NDArray[np.float64], width: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Round the corners of a spine, so that elbows and knees bend instead of folding."""
    place = np.linspace(0, len(line) - 1, 4 * (len(line) - 1) + 1)
    knots = np.arange(len(line))
    dense = np.stack([np.interp(place, knots, line[:, axis]) for axis in (0, 1)], axis=1)
    kernel = np.array([0.25, 0.5, 0.25])
    inner = np.stack([np.convolve(dense[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    dense[1:-1] = inner
    return dense, np.interp(place, knots, width)
