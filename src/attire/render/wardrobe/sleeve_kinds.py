"""The catalogue of sleeves: one small function each, from caps to bells."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from attire.render.panel import Panel
from attire.render.paths import Floats
from attire.render.wardrobe.bands import cuff_band, gathered_seam, rib_band, stitch_hem, turn_up
from attire.render.wardrobe.bodice import shoulder_y
from attire.render.wardrobe.garment import Garment
from attire.render.wardrobe.sleeves import sleeve

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = ["SLEEVES", "sew_sleeves"]

Sleeves: TypeAlias = Callable[[Garment, float], None]


def cap(garment: Garment, ease: float) -> None:
    """Covers little more than the shoulder."""
    for panel in _pair(garment, reach=0.3, ease=ease):
        stitch_hem(garment, panel, 1.2, rows=1)


def short(garment: Garment, ease: float) -> None:
    """Halfway to the elbow, with a stitched hem."""
    for panel in _pair(garment, reach=garment.taste.between(0.5, 0.68), ease=ease):
        stitch_hem(garment, panel)


def elbow(garment: Garment, ease: float) -> None:
    """To the elbow."""
    for panel in _pair(garment, reach=garment.taste.between(0.88, 1.02), ease=ease):
        stitch_hem(garment, panel)


def three_quarter(garment: Garment, ease: float) -> None:
    """To the middle of the forearm."""
    for panel in _pair(garment, reach=garment.taste.between(1.42, 1.58), ease=ease):
        stitch_hem(garment, panel)


def long(garment: Garment, ease: float) -> None:
    """To the wrist, plain."""
    for panel in _pair(garment, reach=1.97, ease=ease, cuff=3.3 + 0.3 * ease):
        stitch_hem(garment, panel, 1.8)


def cuffed(garment: Garment, ease: float) -> None:
    """To the wrist, into a buttoned cuff, as of a shirt."""
    full = 1.0 + 0.15 * ease
    for panel in _pair(
        garment, reach=1.97, ease=ease, cuff=3.7, fullness=[(0, 0), (0.5, full), (0.85, full), (1.0, 0.0)]
    ):
        cuff_band(garment, panel)


def ribbed(garment: Garment, ease: float) -> None:
    """To the wrist, into a ribbed cuff, as of a sweatshirt."""
    full = 0.8 + 0.25 * ease
    for panel in _pair(
        garment, reach=1.97, ease=ease, cuff=3.5, fullness=[(0, 0), (0.5, full), (0.87, full), (1.0, 0.0)]
    ):
        rib_band(garment, panel, 5.5)


def rolled(garment: Garment, ease: float) -> None:
    """Rolled up above the elbow."""
    reach = garment.taste.between(0.55, 1.25)
    knots = [(0, 0.0), (0.84, 0.3), (0.88, 1.2), (1, 1.2)]
    for panel in _pair(garment, reach=reach, ease=ease, fullness=knots):
        turn_up(garment, panel, 4.0)


def puff(garment: Garment, ease: float) -> None:
    """Short and round: gathered into the armhole and into a band around the arm."""
    full, height = garment.taste.between(2.6, 4.5), garment.taste.between(2.2, 4.0)
    knots = [(0, 1.5), (0.45, full), (0.8, full), (0.9, 0.6), (1, 0.2)]
    reach = garment.taste.between(0.55, 0.72)
    for panel in _pair(garment, reach=reach, ease=ease, head=height, fullness=knots, gathered=(0.8, 0.9)):
        gathered_seam(garment, panel, 1 - 2.2 / panel.height, reach=3.5)
        gathered_seam(garment, panel, 0.02, reach=4.0)


def bishop(garment: Garment, ease: float) -> None:
    """Long and ever fuller, gathered into a narrow cuff: balloon."""
    full = garment.taste.between(4.5, 7.5)
    knots = [(0, 0.5), (0.45, 0.45 * full), (0.75, full), (0.86, 0.85 * full), (0.92, 0.5), (1, 0)]
    for panel in _pair(
        garment, reach=1.95, ease=ease, cuff=3.4, head=1.0, fullness=knots, gathered=(0.3, 1.0)
    ):
        gathered_seam(garment, panel, 1 - 4.0 / panel.height, reach=6.0)
        cuff_band(garment, panel, 4.0)


def bell(garment: Garment, ease: float) -> None:
    """Narrow above, wide at its end."""
    wide, reach = garment.taste.between(5.5, 9.0), garment.taste.between(1.4, 1.9)
    knots = [(0, 0.0), (0.5, 0.4), (0.75, 0.4 * wide), (1, wide)]
    for panel in _pair(garment, reach=reach, ease=min(ease, 2.5), fullness=knots, gathered=(0.0, 0.8)):
        stitch_hem(garment, panel, 1.2, rows=1)


def flounce(garment: Garment, ease: float) -> None:
    """Straight, with a gathered flounce at its end."""
    reach = garment.taste.between(0.85, 1.7)
    knots = [(0, 0.0), (0.66, 0.0), (0.7, 0.8), (1, garment.taste.between(3.5, 5.0))]
    for panel in _pair(garment, reach=reach, ease=min(ease, 2.5), fullness=knots, gathered=(0.0, 1.0)):
        gathered_seam(garment, panel, 0.68, reach=5.0)


def flutter(garment: Garment, ease: float) -> None:
    """Short, wide and wavy, like a frill over the shoulder."""
    knots = [(0, 0.6), (0.5, 2.2), (1, garment.taste.between(4.5, 6.5))]
    for panel in _pair(garment, reach=0.5, ease=ease, head=0.8, fullness=knots, gathered=(0.6, 1.3)):
        gathered_seam(garment, panel, 0.02, reach=4.0)


def raglan(garment: Garment, ease: float) -> None:
    """Seamed from the neck to the armpit."""
    reach = float(garment.rng.choice([0.6, 1.45, 1.97]))
    figure = garment.figure
    panels = _pair(garment, reach=reach, ease=max(ease, 1.5), cuff=3.6 + 0.3 * ease if reach > 1.9 else None)
    for side, panel in zip((-1, 1), panels, strict=True):
        stitch_hem(garment, panel)
        pit = panel.points[0, -1] if side < 0 else panel.points[0, 0]
        neck = np.array(figure.at(side * 8.5, shoulder_y(figure, 8.5)))
        middle = 0.5 * (pit + neck) - np.array([side * 1.2, -0.8])
        seam = np.stack([neck, middle, pit])
        garment.details.append(partial(_seam, points=seam))


SLEEVES: dict[str, Sleeves] = {
    "cap": cap,
    "short": short,
    "elbow": elbow,
    "three-quarter": three_quarter,
    "long": long,
    "cuffed": cuffed,
    "ribbed": ribbed,
    "rolled": rolled,
    "puff": puff,
    "bishop": bishop,
    "bell": bell,
    "flounce": flounce,
    "flutter": flutter,
    "raglan": raglan,
}
"""How each kind is sewn into a garment, given the room that its bodice has at the chest, centimetres."""


def sew_sleeves(garment: Garment, name: str, ease: float) -> None:
    """Sew a pair of sleeves into a garment.

    Args:
        garment: Its body must be a bodice.
        name: A kind of the catalogue, or ``none``.
        ease: Room at the chest, centimetres; as given to the bodice.
    """
    if name != "none":
        SLEEVES[name](garment, ease)


def _seam(painter: "Painter", points: Floats) -> None:
    painter.seam(points, 0.65, 0.45)


def _pair(garment: Garment, **cut: Any) -> list[Panel]:
    panels = [sleeve(garment.figure, garment.rng, side, **cut) for side in (0, 1)]
    garment.sleeves = panels
    garment.panels += panels
    return panels
