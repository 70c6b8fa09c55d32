"""A sheet of cloth or skin in its wearer's pose: a grid of points that pattern, folds and light follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from attire.render.paths import Floats, Point, polygon, smooth

if TYPE_CHECKING:
    import skia

__all__ = ["Panel", "along", "between", "profile"]

COLUMNS = 22


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """A sheet of R×C points.

    Places on it are ``(s, t)``: s from -1 (left in the photo) over 0 (the middle of its front) to 1, t from 0
    (top) to 1 (bottom).
    """

    points: Floats
    """Where each grid point lies, centimetres, shape (R, C, 2)."""
    flat: Floats
    """Where it lies on the flat cloth, centimetres from the front's top, shape (R, C, 2)."""
    relief: Floats
    """How far it stands out towards the viewer, centimetres, shape (R, C)."""
    s: Floats
    """Place across of every column, rising from -1 to 1, shape (C,)."""
    t: Floats
    """Place down of every row, rising from 0 to 1, shape (R,)."""

    @property
    def width(self) -> float:
        """Mean width, centimetres."""
        return float(np.linalg.norm(self.points[:, -1] - self.points[:, 0], axis=1).mean())

    @property
    def height(self) -> float:
        """Length down the middle, centimetres."""
        middle = self.points[:, self.points.shape[1] // 2]
        return float(np.linalg.norm(np.diff(middle, axis=0), axis=1).sum())

    def grid(self) -> tuple[Floats, Floats]:
        """Give s and t of every grid point, each of shape (R, C)."""
        t, s = np.meshgrid(self.t, self.s, indexing="ij")
        return s, t

    def outline(self) -> "skia.Path":
        """Closed outline of the whole sheet."""
        p = self.points
        return polygon(np.concatenate([p[0], p[1:, -1], p[-1, -2::-1], p[-2:0:-1, 0]]))

    def at(self, s: float, t: float) -> Point:
        """Find the place ``(s, t)`` in the drawing, centimetres."""
        x, y = self.on(np.array([[s, t]]))[0].tolist()
        return x, y

    def on(self, places: Sequence[Point] | Floats) -> Floats:
        """Find places ``(s, t)``, shape (N, 2), in the drawing, centimetres, shape (N, 2)."""
        return _interpolate(self.points, *self._cells(np.asarray(places, float)))

    def edge(self, places: Sequence[Point] | Floats, roundness: float = 0.8) -> "skia.Path":
        """Draw a closed curve through places ``(s, t)`` of the sheet."""
        return smooth(self.on(places), roundness)

    def s_for(self, centimetres: float, t: float) -> float:
        """Turn a distance from the front's middle at height ``t`` into s."""
        row = self.on(np.stack([self.s, np.full_like(self.s, t)], axis=1))
        middle = np.interp(0.0, self.s, row[:, 0])
        return float(np.interp(middle + centimetres, row[:, 0], self.s))

    def t_for(self, y: float) -> float:
        """Turn a height in the drawing, centimetres below the crown, into t along the middle."""
        column = self.on(np.stack([np.zeros_like(self.t), self.t], axis=1))
        return float(np.interp(y, column[:, 1], self.t))

    def patch(
        self, s: float, t: float, width: float, height: float, *, rows: int = 7, columns: int = 7
    ) -> "Panel":
        """Lay a rectangle of cloth on the sheet, its upper edge centred at ``(s, t)``; sizes in cm."""
        lap = self.s_for(width / 2, t) - self.s_for(-width / 2, t)
        fall = height / max(self.height, 1e-6)
        return self.part((s - lap / 2, s + lap / 2), (t, t + fall), rows=rows, columns=columns)

    def part(
        self, s: tuple[float, float], t: tuple[float, float], *, rows: int = 16, columns: int = 12
    ) -> "Panel":
        """Cut the rectangle between two places across and two places down out of the sheet."""
        across, down = np.linspace(*s, columns), np.linspace(*t, rows)
        places = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
        cells = self._cells(places)
        shape = (rows, columns)
        return Panel(
            points=_interpolate(self.points, *cells).reshape(*shape, 2),
            flat=_interpolate(self.flat, *cells).reshape(*shape, 2),
            relief=_interpolate(self.relief[..., None], *cells).reshape(shape),
            s=np.linspace(-1, 1, columns),
            t=np.linspace(0, 1, rows),
        )

    def raised(self, relief: Floats) -> "Panel":
        """Add folds: centimetres towards the viewer, shape (R, C)."""
        return replace(self, relief=self.relief + relief)

    def moved(self, move: Callable[[Floats], Floats]) -> "Panel":
        """Put every point where ``move`` says; it takes and gives shape (R, C, 2)."""
        return replace(self, points=move(self.points))

    def denser(self, rows: int, columns: int) -> "Panel":
        """Sample the sheet anew, for finer folds."""
        finer = self.part((-1, 1), (0, 1), rows=rows, columns=columns)
        return replace(finer, s=np.linspace(-1, 1, columns))

    def _cells(self, places: Floats) -> tuple[Floats, Floats]:
        row = np.interp(places[:, 1], self.t, np.arange(len(self.t), dtype=float))
        column = np.interp(places[:, 0], self.s, np.arange(len(self.s), dtype=float))
        return row, column


def between(
    left: Floats,
    right: Floats,
    *,
    bulge: float | Floats,
    sag: float | Floats = 0.0,
    turn: float = 0.0,
    flare: float = 0.0,
    columns: int = COLUMNS,
) -> Panel:
    """Span cloth between two edges as around a body.

    Args:
        left: Left edge in the photo, top to bottom, centimetres, shape (R, 2).
        right: Right edge, shape (R, 2).
        bulge: How far the middle stands out, centimetres, one number or shape (R,).
        sag: How far the middle of each row hangs below the line between its ends (negative: above),
            centimetres, one number or shape (R,): what is seen from above curves down.
        turn: How far the wearer turns: moves the middle of the front to this place across, -0.5 … 0.5.
        flare: 0 keeps a pattern upright, 1 lets it spread with the cloth's width.
        columns: Points across.

    Returns:
        The sheet.
    """
    angle = np.linspace(-np.pi / 2, np.pi / 2, columns)
    place = np.sin(angle)
    shown = place + turn * (1 - place**2)
    middle, half = (left + right) / 2, (right - left) / 2
    points = middle[:, None] + half[:, None] * shown[None, :, None]
    round_ = np.sqrt(np.clip(1 - shown**2, 0, 1))[None]
    points[..., 1] += np.broadcast_to(np.asarray(sag, float), len(left))[:, None] * round_
    reach = np.linalg.norm(half, axis=1)[:, None]
    down = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(middle, axis=0), axis=1))])
    widest = reach.max()
    upright = widest * np.arcsin(np.clip(reach * place[None] / widest, -1, 1))
    spread = float(reach.mean()) * angle[None]
    across = (1 - flare) * upright + flare * spread
    return Panel(
        points=points,
        flat=np.stack([across, np.broadcast_to(down[:, None], across.shape)], axis=-1),
        relief=np.broadcast_to(np.asarray(bulge, float), len(left))[:, None] * round_,
        s=place,
        t=down / max(down[-1], 1e-9),
    )


def along(
    spine: Sequence[Point] | Floats,
    half_widths: Sequence[float] | Floats,
    *,
    rows: int = 26,
    columns: int = 12,
    turn: float = 0.0,
) -> Panel:
    """Wrap cloth around a limb: a bent spine with a half-width at each of its knots.

    Args:
        spine: Knots in centimetres, shape (N, 2).
        half_widths: Centimetres, shape (N,).
        rows: Points along.
        columns: Points across.
        turn: As in :func:`between`.
    """
    knots, widths = np.asarray(spine, float), np.asarray(half_widths, float)
    place = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))])
    steps = np.linspace(0, place[-1], rows)
    path = _rounded(np.stack([np.interp(steps, place, knots[:, axis]) for axis in (0, 1)], axis=1))
    width = profile(list(zip(place.tolist(), widths.tolist(), strict=True)), steps)
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    across = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) * width[:, None]
    return between(path - across, path + across, bulge=width, turn=turn, flare=1.0, columns=columns)


def profile(knots: Sequence[Point], places: Floats) -> Floats:
    """Run a smooth curve through ``(place, value)`` knots without overshoot (Fritsch & Carlson, 1980).

    Example:
        >>> profile([(0, 1), (1, 2), (2, 2)], np.array([0.0, 1.0, 1.5, 9.0])).tolist()
        [1.0, 2.0, 2.0, 2.0]
    """
    x, y = np.asarray(knots, float).T.tolist()
    if len(x) < 3:
        return np.asarray(np.interp(places, x, y))
    steps = [max(after - before, 1e-9) for before, after in pairwise(x)]
    rise = [(after - before) / step for (before, after), step in zip(pairwise(y), steps, strict=True)]
    slopes = [(a + b) / 2 if a * b > 0 else 0.0 for a, b in pairwise(rise)]
    limits = [3 * min(abs(a), abs(b)) for a, b in pairwise([rise[0], *rise, rise[-1]])]
    slope = [
        max(-limit, min(limit, value))
        for value, limit in zip([rise[0], *slopes, rise[-1]], limits, strict=True)
    ]
    pieces = np.array(
        [
            (
                x[i],
                h,
                y[i],
                m * h,
                3 * (y[i + 1] - y[i]) - (2 * m + n) * h,
                2 * (y[i] - y[i + 1]) + (m + n) * h,
            )
            for i, (h, (m, n)) in enumerate(zip(steps, pairwise(slope), strict=True))
        ]
    )
    where = np.clip(places, x[0], x[-1])
    start, width, a, b, c, d = np.moveaxis(pieces[np.searchsorted(x[1:-1], where, side="right")], -1, 0)
    u = (where - start) / width
    return np.asarray(a + u * (b + u * (c + u * d)))


def _rounded(path: Floats) -> Floats:
    """Bend a spine at elbows and knees instead of breaking it."""
    kernel = np.ones(5) / 5
    for _ in range(2):
        ring = np.concatenate([2 * path[:1] - path[2:0:-1], path, 2 * path[-1:] - path[-2:-4:-1]])
        path = np.stack([np.convolve(ring[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    return path


def _interpolate(values: Floats, row: Floats, column: Floats) -> Floats:
    """Sample a grid of shape (R, C, K) at fractional cells."""
    top = np.minimum(row.astype(int), values.shape[0] - 2)
    left = np.minimum(column.astype(int), values.shape[1] - 2)
    down, across = (row - top)[:, None], (column - left)[:, None]
    upper = values[top, left] * (1 - across) + values[top, left + 1] * across
    lower = values[top + 1, left] * (1 - across) + values[top + 1, left + 1] * across
    return np.asarray(upper * (1 - down) + lower * down)
