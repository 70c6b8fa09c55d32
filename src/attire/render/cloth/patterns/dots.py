"""Patterns of discs, and the lack of any."""

from typing import TYPE_CHECKING

from attire.render.cloth.cloth import Cloth, Rng
from attire.render.paths import canvas_library

if TYPE_CHECKING:
    from attire.render.cloth.swatch import Swatch

__all__ = ["dot", "plain"]


def plain(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Leave the ground as it is."""


def dot(swatch: "Swatch", cloth: Cloth, rng: Rng) -> None:
    """Discs in regular rows, from pin dots to large ones, in one ink or two."""
    kind = str(rng.choice(["polka", "polka", "pin", "coin", "two"]))
    step = cloth.motif * {"polka": 3.8, "pin": 2.9, "coin": 7.0, "two": 4.6}[kind]
    share = {"polka": 0.27, "pin": 0.22, "coin": 0.32, "two": 0.28}[kind]
    disc = canvas_library().Path.Circle(0, 0, swatch.steps(step, even=True) * share)
    spots = swatch.spots(step, rng, brick=bool(rng.random() < 0.8))
    parts = ((spots[::2], 0), (spots[1::2], 1)) if kind == "two" else ((spots, 0),)
    for part, ink in parts:
        swatch.ink(swatch.spread(disc, part), cloth.inks[ink])
