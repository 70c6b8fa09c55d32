"""Hats, drawn over the hair."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.cloth.dyes import choose_dye
from attire.render.folds import rumple
from attire.render.layer import Layer, Piece
from attire.render.panel import Panel, between, profile
from attire.render.paths import Floats, Point, circle, line
from attire.render.person import Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.forms import leather, sewn
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["HATS", "beanie", "beret", "boater", "bucket_hat", "cap", "dome", "fedora", "sun_hat"]

FELT = ("#17181c", "#5b3a29", "#b9a88b", "#8c2f39", "#7d8794", "#23304f", "#e4d7c3", "#4c6444")
STRAW = ("#e0c48a", "#d4b06a", "#efdcae", "#c79a5b")


def fedora(figure: Figure, taste: Taste) -> list[Piece]:
    """Felt with a pinched crown, a ribbon and a brim that curls at its sides."""
    cloth = Cloth(color=str(taste.rng.choice(FELT)), weave="pile", motif=0.6)
    crown = _crown(figure, [(-1.72, 0.72), (-1.66, 0.92), (-1.2, 1.1), (-0.62, 1.2)])
    s, t = crown.grid()
    crown = crown.raised(-1.6 * np.exp(-((s / 0.3) ** 2)) * np.clip(1 - 2.2 * t, 0, 1))
    crown = crown.moved(
        lambda points: points + _down(1.5 * np.exp(-((s / 0.35) ** 2)) * np.clip(1 - 4 * t, 0, 1))
    )
    return _brimmed(
        figure, taste, cloth, crown, taste.between(1.75, 2.15), 0.2, curl=taste.between(0.05, 0.16)
    )


def sun_hat(figure: Figure, taste: Taste) -> list[Piece]:
    """Straw with a very wide brim that waves."""
    cloth = Cloth(color=str(taste.rng.choice(STRAW)), weave="twill")
    crown = _crown(figure, [(-1.5, 0.5), (-1.4, 0.85), (-1.1, 1.08), (-0.62, 1.2)])
    return _brimmed(figure, taste, cloth, crown, taste.between(2.6, 3.3), 0.34, curl=-0.12, wave=1.2)


def boater(figure: Figure, taste: Taste) -> list[Piece]:
    """Stiff straw with a flat crown, a flat brim and a broad ribbon."""
    cloth = Cloth(color=str(taste.rng.choice(STRAW)), weave="twill")
    crown = _crown(figure, [(-1.36, 1.06), (-1.32, 1.14), (-0.62, 1.2)])
    return _brimmed(figure, taste, cloth, crown, taste.between(1.75, 2.0), 0.17, curl=0.0, band=(0.42, 0.98))


def beanie(figure: Figure, taste: Taste) -> list[Piece]:
    """Knitted, with a turned-up cuff and now and then a bobble."""
    cloth = cloth_for(taste, "knit", patterns=("plain (pattern)", "stripe"))
    top = -taste.between(1.42, 1.7)
    crown = dome(figure, [(top, 0.35), (top + 0.12, 0.75), (-1.1, 1.1), (-0.5, 1.2)], sag=1.6)
    crown = crown.raised(rumple(crown, taste.rng, 0.3, waves=6))
    cuff = dome(figure, [(-0.78, 1.2), (-0.6, 1.25), (-0.36, 1.23)], sag=1.8).raised(np.full((14, 20), 0.8))
    ribs = Layer(path=cuff.outline(), cloth=replace(cloth, weave="rib"), panels=(cuff,), thickness=0.6)
    ball = []
    if taste.often(0.35):
        bobble = circle(figure.head.at(0.0, top - 0.12), 3.2)
        ball = [
            Layer(path=bobble, cloth=replace(cloth, weave="pile", pattern="plain (pattern)"), thickness=0.6)
        ]
    return [sewn("hat", [crown], cloth, worn="head", after=[ribs, *ball])]


def cap(figure: Figure, taste: Taste) -> list[Piece]:
    """A round crown of panels with a button, and a peak over the eyes."""
    cloth = cloth_for(taste, "twill") if taste.often(0.8) else leather(taste)
    peak_cloth = cloth if taste.often(0.6) else Cloth(color=choose_dye(taste.rng), weave="twill")
    crown = dome(figure, [(-1.38, 0.3), (-1.3, 0.72), (-0.98, 1.1), (-0.52, 1.17)], sag=1.4)
    x = np.linspace(-1, 1, 15)
    shift = figure.head.turn * 0.6
    upper = figure.head.on(np.stack([0.95 * x + shift, -0.5 + 0.14 * (1 - x**2)], axis=1))
    lower = figure.head.on(np.stack([1.04 * x + shift * 1.3, -0.42 + 0.36 * (1 - np.abs(x) ** 2.4)], axis=1))
    peak = _lofted(upper, lower, 3.0)
    bill = Layer(path=peak.outline(), cloth=peak_cloth, panels=(peak,), thickness=1.0)
    details = [partial(_gores, crown=crown, count=2)]
    return [sewn("hat", [crown], cloth, details=details, worn="head", after=[bill])]


def beret(figure: Figure, taste: Taste) -> list[Piece]:
    """Soft wool on a band, pulled to one side."""
    cloth = Cloth(color=choose_dye(taste.rng), weave="pile", motif=0.6)
    out = float(taste.rng.choice([-1, 1]))
    y = np.linspace(-1.48, -0.42, 16)
    left = profile([(-1.48, 0.1), (-1.36, -0.75), (-0.95, -1.3), (-0.55, -1.12), (-0.42, -0.9)], y)
    right = profile([(-1.48, 0.2), (-1.34, 1.05), (-0.9, 1.66), (-0.58, 1.5), (-0.42, 1.15)], y)
    edges = [np.stack([left, y], axis=1), np.stack([right, y], axis=1)]
    if out < 0:
        edges = [edges[1] * (-1, 1), edges[0] * (-1, 1)]
    sheet = between(*(figure.head.on(edge) for edge in edges), bulge=7.0, sag=1.0, columns=18)
    folds = rumple(sheet, taste.rng, 0.5, waves=7)
    stalk = figure.head.at(out * 0.25, -1.47)
    tip = Layer(path=circle(stalk, 0.6), cloth=cloth, thickness=0.2)
    band = dome(figure, [(-0.6, 1.12), (-0.42, 1.14)], sag=1.4)
    hem = Layer(path=band.outline(), cloth=replace(cloth, weave="rib"), panels=(band,), thickness=0.4)
    return [sewn("hat", [sheet.raised(folds)], cloth, worn="head", before=[tip, hem])]


def bucket_hat(figure: Figure, taste: Taste) -> list[Piece]:
    """Soft cloth with a stitched brim that slopes down all round."""
    cloth = cloth_for(taste, "twill")
    crown = _crown(figure, [(-1.36, 0.88), (-1.3, 1.0), (-0.68, 1.2)])
    brim = dome(figure, [(-0.74, 1.18), (-0.5, 1.42), (-0.28, taste.between(1.55, 1.75))], sag=3.0)
    brim = brim.raised(rumple(brim, taste.rng, 0.3, waves=5))
    slope = Layer(
        path=brim.outline(), cloth=cloth, panels=(brim,), details=(partial(_rings, brim=brim),), thickness=1.0
    )
    return [sewn("hat", [crown], cloth, worn="head", after=[slope])]


HATS = (fedora, sun_hat, boater, beanie, cap, beret, bucket_hat)
"""Every kind of hat."""


def dome(figure: Figure, knots: list[Point], *, sag: float = 1.0, columns: int = 20) -> Panel:
    """Cloth around the head, from ``(y, half-width)`` knots in the head's frame; ``sag`` in centimetres."""
    head = figure.head
    u = np.linspace(0, 1, 14)
    y = knots[0][0] + (knots[-1][0] - knots[0][0]) * (1 - np.cos(u * np.pi / 2))
    half = profile(knots, y)
    left, right = (head.on(np.stack([out * half, y], axis=1)) for out in (-1, 1))
    bulge = half * head.half_width
    return between(left, right, bulge=bulge, sag=sag * u, turn=head.turn * 0.6, columns=columns)


def _crown(figure: Figure, knots: list[Point]) -> Panel:
    return dome(figure, knots, sag=1.5)


def _brimmed(
    figure: Figure, taste: Taste, cloth: Cloth, crown: Panel, reach: float, deep: float, *, curl: float,
    wave: float = 0.4, band: tuple[float, float] = (0.66, 0.98),
) -> list[Piece]:  # fmt: skip
    """Put a crown on a brim that reaches ``reach`` half heads to each side, with a ribbon around it."""
    x = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 25))
    bow = np.sqrt(np.clip(1 - x**2, 0, 1))
    middle = -0.55 - curl * np.abs(x) ** 3
    upper, lower = (
        figure.head.on(np.stack([reach * x, middle + out * bow], axis=1)) for out in (-0.7 * deep, deep)
    )
    brim = _lofted(upper, lower, 2.0)
    s, t = brim.grid()
    brim = brim.raised(wave * np.cos(6 * s + taste.between(0, 6)) * t - 2.5 * curl * 10 * np.abs(s) ** 3)
    ribbon_cloth = Cloth(color=choose_dye(taste.rng, against=cloth.color), weave="smooth", gloss=0.3)
    around = crown.part((-1, 1), band, rows=6, columns=18)
    around = around.raised(np.full_like(around.relief, 0.2))
    ribbon = sewn("ribbon", [around], ribbon_cloth, worn="head", on_garment=True, thickness=0.3)
    flat = Layer(
        path=brim.outline(), cloth=cloth, panels=(brim,), details=(partial(_rim, lower=lower),), thickness=1.5
    )
    hat = sewn("hat", [crown], cloth, worn="head", before=[flat], thickness=0.9)
    return [hat, ribbon]


def _lofted(upper: Floats, lower: Floats, depth: float) -> Panel:
    """A sheet between an upper and a lower edge, both left to right, that comes towards the viewer."""
    t = np.linspace(0, 1, 8)
    points = upper[None] * (1 - t)[:, None, None] + lower[None] * t[:, None, None]
    length = np.linalg.norm(upper[-1] - upper[0])
    s = np.linspace(-1, 1, len(upper))
    flat = np.stack(np.broadcast_arrays(s[None] * length / 2, (t * depth * 2)[:, None]), axis=-1)
    relief = depth * 2.0 * t[:, None] * np.ones_like(s)[None]
    return Panel(points=points, flat=flat, relief=relief, s=s, t=t)


def _down(centimetres: Floats) -> Floats:
    return np.stack([np.zeros_like(centimetres), centimetres], axis=-1)


def _rim(painter: "Painter", lower: Floats) -> None:
    painter.canvas.drawPath(line(lower), painter.pen("#ffffff", 0.16, 0.7))


def _gores(painter: "Painter", crown: Panel, count: int) -> None:
    for angle in np.linspace(-np.pi / 2, np.pi / 2, count + 4)[1:-1]:
        painter.seam(crown.on([(np.sin(angle), t) for t in (0, 0.3, 0.6, 1)]), 0.3, 0.25)
    painter.stud(crown.at(0, 0.02), 0.7, "#8a8a8a")


def _rings(painter: "Painter", brim: Panel) -> None:
    for t in (0.25, 0.5, 0.75):
        painter.seam(brim.on([(s, t) for s in np.linspace(-1, 1, 9)]), 0.22, 0.2)
