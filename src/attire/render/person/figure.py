"""A posed body: landmarks in centimetres, and the way from a straight body to the pose."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from attire.render.panel import profile
from attire.render.paths import Floats, Point

__all__ = ["LEVEL", "Figure", "Limb"]

LEVEL = {
    "chin": 22.0, "neck": 28.0, "shoulder": 32.5, "armpit": 43.0, "bust": 48.0, "waist": 65.0, "hip": 84.0,
    "crotch": 90.0, "knee": 124.0, "ankle": 161.0, "sole": 170.0,
}  # fmt: skip
"""Heights below the crown of a body 170 cm tall, after the eight-heads canon."""

HALF_WIDTH = {"neck": 5.2, "shoulder": 19.0, "armpit": 15.2, "bust": 14.6, "waist": 11.6, "hip": 16.4}
"""Half the body's width at a landmark, centimetres."""

Limb: TypeAlias = tuple[Point, Point, Point]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A body in its pose. The axis of the straight body is x = 0; left and right are the photo's."""

    build: float = 0.0
    """Narrow hips and broad shoulders (-1) … the reverse (1)."""
    breadth: float = 1.0
    """Widths relative to the canon, about 0.88 … 1.3."""
    lean: tuple[float, float] = (0.0, 0.0)
    """How far shoulders and hips are shifted to the right, centimetres."""
    tilt: tuple[float, float] = (0.0, 0.0)
    """How much lower than the axis the right shoulder and the right hip are, centimetres."""
    turn: float = 0.0
    """Where the middle of the front lies across the body, -0.5 … 0.5."""
    nod: float = 0.0
    """Degrees by which the head leans to the right."""
    arms: tuple[Limb, Limb]
    """Shoulder, elbow and wrist, left arm first, centimetres."""
    legs: tuple[Limb, Limb]
    """Hip, knee and ankle, left leg first, centimetres."""
    skin: str
    """Hex colour."""
    hair: str
    """Hex colour."""
    hair_length: float
    """How far it falls below the crown, centimetres."""
    head_on: bool = True
    """False for a garment alone, as in a product shot."""

    def half_width(self, name: str, ease: float = 0.0) -> float:
        """Half the body's width at a landmark plus a garment's ease, centimetres."""
        share = {"shoulder": -0.07, "armpit": -0.04, "hip": 0.06, "waist": -0.02}.get(name, 0.0)
        return HALF_WIDTH[name] * self.breadth * (1 + share * self.build) + ease

    def pose(self, points: Floats) -> Floats:
        """Move points of the straight body, shape (…, 2), with its lean and tilt."""
        x, y = points[..., 0], points[..., 1]
        knots = (LEVEL["chin"], LEVEL["shoulder"], LEVEL["waist"], LEVEL["hip"], LEVEL["knee"])
        (high, low), (tilt_high, tilt_low) = self.lean, self.tilt
        middle = 0.45 * high + 0.55 * low
        shift = profile(list(zip(knots, (high * 1.1, high, middle, low, low), strict=True)), y.ravel())
        tilts = (tilt_high * 0.4, tilt_high, (tilt_high + tilt_low) / 2, tilt_low, 0.0)
        slope = profile(list(zip(knots, tilts, strict=True)), y.ravel())
        return np.stack([x + shift.reshape(x.shape), y + slope.reshape(x.shape) * x / 17.0], axis=-1)

    def at(self, x: float, y: float) -> Point:
        """Place a point of the straight body in the pose."""
        posed_x, posed_y = self.pose(np.array([x, y])).tolist()
        return posed_x, posed_y
