"""Locks of hair: ribbons between two guide curves, with their strands and shine."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from attire.render.cloth.cloth import Cloth
from attire.render.color import lightness, mixed
from attire.render.layer import Layer
from attire.render.panel import Panel, between
from attire.render.paths import Floats, Point, canvas_library, line, union
from attire.render.person.places import Head

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["Hair", "hair_layer", "hung", "ribbon"]


@dataclass(frozen=True, kw_only=True)
class Hair:
    """What one style puts behind and before the head."""

    behind: tuple[Panel, ...] = ()
    """Locks that fall behind head and shoulders."""
    before: tuple[Panel, ...] = ()
    """Locks over the head and in front of the shoulders."""
    texture: Literal["strands", "curls", "stubble"] = "strands"
    """What is drawn on them."""
    braided: int = 0
    """How many of the first locks before the head are braids."""


def hung(head: Head, places: Floats) -> Floats:
    """Place head-relative points, shape (N, 2), in centimetres: below the chin hair hangs straight down."""
    below = np.maximum(places[:, 1] - 1.0, 0.0)
    placed = head.on(np.stack([places[:, 0], places[:, 1] - below], axis=1))
    return np.asarray(placed + np.stack([np.zeros_like(below), below * head.half_height], axis=1))


def ribbon(
    head: Head,
    inner: list[Point],
    outer: list[Point],
    *,
    wave: float = 0.0,
    waves: float = 3.0,
    bulge: float = 1.6,
    rows: int = 18,
) -> Panel:
    """Span a lock between two guides from root to tip.

    Args:
        head: Whose hair it is.
        inner: One edge, head-relative, root first.
        outer: The other edge.
        wave: How far its edges swing, relative to the head's half-width.
        waves: Swings from root to tip.
        bulge: How round it is, centimetres.
        rows: Points along it.
    """
    edges = []
    for phase, guide in ((0.0, inner), (0.7, outer)):
        curve = _curve(np.asarray(guide, float), rows)
        along = np.linspace(0, 1, rows)
        curve[:, 0] += wave * np.sin(2 * np.pi * waves * along + phase) * np.clip(along * 2, 0, 1)
        edges.append(hung(head, curve))
    if np.mean(edges[0][:, 0]) > np.mean(edges[1][:, 0]):
        edges = edges[::-1]
    return between(edges[0], edges[1], bulge=bulge, flare=1.0, columns=7)


def hair_layer(hair: Hair, color: str, seed: int, *, behind: bool) -> Layer:
    """Make one layer of all locks before or behind the head."""
    locks = hair.behind if behind else hair.before
    stubble = hair.texture == "stubble"
    return Layer(
        path=union([lock.outline() for lock in locks]) if locks else canvas_library().Path(),
        panels=locks,
        cloth=Cloth(
            color=mixed(color, "#000000", 0.22 if behind else 0.0), weave="smooth",
            gloss=0.0 if hair.texture != "strands" else 0.16, opacity=0.78 if stubble else 1.0,
        ),
        details=(partial(_draw_texture, locks=locks, hair=hair, color=color, seed=seed),),
        behind=behind,
        thickness=0.0 if behind or stubble else 0.55,
    )  # fmt: skip


def _draw_texture(painter: "Painter", locks: tuple[Panel, ...], hair: Hair, color: str, seed: int) -> None:
    texture = hair.texture
    rng = np.random.default_rng(seed)
    dark, light = mixed(color, "#050203", 0.6), mixed(color, "#fff0d8", 0.3 + 0.15 * lightness(color))
    if texture == "strands":
        for lock in locks:
            count = int(np.clip(lock.width * 1.5, 5, 16))
            painter.canvas.drawPath(_strands(lock, rng, count, (0.0, 1.0)), painter.pen(dark, 0.32, 0.16))
            painter.canvas.drawPath(
                _strands(lock, rng, count // 2 + 2, (0.0, 1.0)), painter.pen(light, 0.2, 0.16)
            )
            painter.canvas.drawPath(_strands(lock, rng, count, (0.16, 0.42)), painter.pen(light, 0.3, 0.26))
        for braid in locks[: hair.braided] if locks is hair.before else ():
            _draw_plaits(painter, braid, dark)
        return
    size, count = (0.55, 26) if texture == "curls" else (0.09, 60)
    for lock in locks:
        places = lock.on(
            np.stack([rng.uniform(-0.97, 0.97, count * 3), rng.uniform(0, 1, count * 3)], axis=1)
        )
        for pen, part in (
            (painter.pen(dark, 0.4, 0.24), places[::2]),
            (painter.pen(light, 0.32, 0.2), places[1::2]),
        ):
            curls = canvas_library().Path()
            for (x, y), radius in zip(part.tolist(), rng.uniform(0.5, 1.2, len(part)).tolist(), strict=True):
                start = 360 * radius
                r = size * radius
                curls.addArc(canvas_library().Rect.MakeLTRB(x - r, y - r, x + r, y + r), start, 230)
            painter.canvas.drawPath(curls, pen)


def _draw_plaits(painter: "Painter", braid: Panel, dark: str) -> None:
    """The crossings of a braid."""
    for k, t in enumerate(np.arange(0.04, 0.94, 0.0715)):
        start, end = (-1.0, 0.5) if k % 2 else (1.0, -0.5)
        crossing = braid.on(
            [(start, float(t)), (0.5 * (start + end), float(t) + 0.05), (end, float(t) + 0.09)]
        )
        painter.canvas.drawPath(line(crossing), painter.pen(dark, 0.75, 0.3))


def _strands(lock: Panel, rng: np.random.Generator, count: int, span: tuple[float, float]) -> Any:
    """Lines along a lock, each over a part of ``span`` (root 0 … tip 1)."""
    skia = canvas_library()
    path = skia.Path()
    steps = np.linspace(0, 1, 9)
    starts = rng.uniform(span[0], span[0] + 0.3 * (span[1] - span[0]), count)
    ends = rng.uniform(span[1] - 0.3 * (span[1] - span[0]), span[1], count)
    across = rng.uniform(-0.95, 0.95, count)
    drift = rng.normal(0, 0.08, count)
    t = starts[:, None] + (ends - starts)[:, None] * steps
    s = np.clip(across[:, None] + drift[:, None] * steps, -0.99, 0.99)
    points = lock.on(np.stack([s.ravel(), t.ravel()], axis=1)).reshape(count, len(steps), 2)
    for strand in points.tolist():
        path.addPoly([skia.Point(x, y) for x, y in strand], False)
    return path


def _curve(knots: Floats, rows: int) -> Floats:
    """Catmull-Rom curve through knots, shape (N, 2), sampled at ``rows`` points."""
    ring = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    reach = np.linspace(0, len(knots) - 1, rows)
    i = np.minimum(reach.astype(int), len(knots) - 2)
    u = (reach - i)[:, None]
    a, b, c, d = ring[i], ring[i + 1], ring[i + 2], ring[i + 3]
    cubic = (-a + 3 * b - 3 * c + d) * u**3 + (2 * a - 5 * b + 4 * c - d) * u**2 + (c - a) * u + 2 * b
    return np.asarray(0.5 * cubic)
