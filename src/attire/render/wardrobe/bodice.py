"""The bodice: the front of a garment from the shoulders to a hem."""

import numpy as np

from attire.render.cloth import Rng
from attire.render.folds import rumple
from attire.render.panel import Panel, between, profile
from attire.render.paths import Point
from attire.render.person import LEVEL, Figure

__all__ = ["bodice"]


def bodice(
    figure: Figure,
    rng: Rng,
    *,
    ease: float,
    hem: float,
    neck: float = 8.0,
    waist: float | None = None,
    hem_half: float | None = None,
) -> Panel:
    """Cut the front of a garment from the shoulders to a hem.

    Args:
        figure: Who wears it.
        rng: Where folds come from.
        ease: Room over the body's half-width, centimetres.
        hem: Height of the hem, centimetres below the crown.
        neck: Half the width between the points where the shoulder seams meet the neck, centimetres.
        waist: Room at the waist, centimetres; by default as elsewhere.
        hem_half: Half the width of the hem; by default as the body is there, and room.
    """
    waist = ease if waist is None else waist
    knots: list[Point] = [
        (LEVEL["neck"] + 0.6, neck),
        (LEVEL["shoulder"] + 0.8, figure.half_width("shoulder", min(ease, 2.5) * 0.5)),
        (LEVEL["armpit"], figure.half_width("armpit", ease)),
        (LEVEL["bust"], figure.half_width("bust", ease)),
        (LEVEL["waist"], figure.half_width("waist", waist)),
        (LEVEL["hip"], figure.half_width("hip", ease)),
        (LEVEL["crotch"] + 60, figure.half_width("hip", ease + 2)),
    ]
    if hem_half is not None:
        knots = [knot for knot in knots if knot[0] < hem - 4] + [(hem, hem_half)]
    y = np.concatenate(
        [np.linspace(knots[0][0], LEVEL["armpit"], 10), np.linspace(LEVEL["armpit"], hem, 24)[1:]]
    )
    half = profile(knots, y)
    left, right = (figure.pose(np.stack([side * half, y], axis=1)) for side in (-1, 1))
    sag = np.clip((y - LEVEL["bust"]) / 100, -0.06, 0.5) * half * 0.35
    sheet = between(left, right, bulge=11 + ease, sag=sag, turn=figure.turn, columns=26)
    return sheet.raised(rumple(sheet, rng, 0.3 + 0.06 * ease, waves=12 + int(ease)))
