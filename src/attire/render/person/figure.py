"""A posed body: landmarks in centimetres, and the way from a straight body to the pose."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from attire.render.panel import profile
from attire.render.paths import Floats, Point
from attire.render.person.places import Foot, Head

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
    hair_style: str = "straight"
    """A name of the catalogue of hair styles."""
    head_size: float = 1.0
    """Size of the head relative to the canon: below 1 makes a tall person."""
    gaze: float = 0.0
    """How much further than the body the head is turned, as ``turn``."""
    toes: tuple[float, float] = (2.4, 2.4)
    """How far the toes of each foot point outwards, centimetres in the photo."""
    gestures: tuple[str, str] = ("hanging", "hanging")
    """What the arms do, left arm first: a name of ``pose.ARMS``."""
    hands_shown: tuple[bool, bool] = (True, True)
    """False for a hand that is in a pocket, left hand first."""
    face_seed: int = 0
    """What makes this face and the strands of its hair, apart from their colours."""
    head_on: bool = True
    """False for a garment alone, as in a product shot."""

    def half_width(self, name: str, ease: float = 0.0) -> float:
        """Half the body's width at a landmark plus a garment's ease, centimetres."""
        share = {
            "neck": -0.12,
            "shoulder": -0.075,
            "armpit": -0.05,
            "bust": -0.01,
            "waist": -0.055,
            "hip": 0.06,
        }
        scale = self.breadth * (1 + share[name] * self.build)
        if name == "waist":
            scale *= 1 + 0.35 * max(0.0, self.breadth - 1)
        return HALF_WIDTH[name] * scale + ease

    def pose(self, points: Floats) -> Floats:
        """Move points of the straight body, shape (…, 2), with its turn, lean and tilt.

        A turned body is narrower, and of its two halves the far one is the narrower.
        """
        x, y = points[..., 0], points[..., 1]
        knots = [LEVEL[name] for name in ("chin", "shoulder", "waist", "hip", "knee", "sole")]
        (high, low), (tilt_high, tilt_low) = self.lean, self.tilt
        middle = 0.45 * high + 0.55 * low
        rows = np.array([
            (high * 1.1, high, middle, low, 0.8 * low, 0.4 * low),
            (tilt_high * 0.4, tilt_high, (tilt_high + tilt_low) / 2, tilt_low, 0.0, 0.0),
            (0.0, 1.0, 0.8, 0.5, 0.3, 0.2),
        ])  # fmt: skip
        shift, slope, turned = (
            profile(list(zip(knots, row.tolist(), strict=True)), y.ravel()).reshape(x.shape) for row in rows
        )
        seen = 1 - turned * (0.22 * abs(self.turn) + 0.42 * self.turn * np.tanh(x / 5.0))
        return np.stack([x * seen + shift, y + slope * x / 17.0], axis=-1)

    def at(self, x: float, y: float) -> Point:
        """Place a point of the straight body in the pose."""
        posed_x, posed_y = self.pose(np.array([x, y])).tolist()
        return posed_x, posed_y

    @cached_property
    def head(self) -> Head:
        """The frame of the head: where hats, glasses and earrings go."""
        size = self.head_size
        angle = np.radians(self.nod)
        chin_x, chin_y = self.at(0, LEVEL["chin"])
        half = 11.0 * size
        return Head(
            center=(chin_x + half * float(np.sin(angle)), chin_y - half * float(np.cos(angle))),
            angle=self.nod,
            half_width=7.35 * size,
            half_height=half,
            turn=float(np.clip(self.turn + self.gaze, -0.45, 0.45)),
        )

    def head_place(self, x: float, y: float) -> Point:
        """Place a point of the head in the photo: (-1, -1) is left and crown, (1, 1) right and chin."""
        return self.head.at(x, y)

    def face_place(self, x: float, y: float) -> Point:
        """As :meth:`head_place`, with x from the middle of the turned face."""
        face_x, face_y = self.head.on_face(np.array([x, y], float)).tolist()
        return face_x, face_y

    @cached_property
    def feet(self) -> tuple[Foot, Foot]:
        """Landmarks of both feet, the photo's left first: what shoes are made for."""
        return self._foot(0), self._foot(1)

    def hand_direction(self, side: int) -> Floats:
        """Tell where a hand points, as a unit vector of shape (2,): on from its forearm, or round the hip."""
        out = (-1, 1)[side]
        _, elbow, wrist = (np.asarray(point) for point in self.arms[side])
        ahead = wrist - elbow
        if self.gestures[side] == "hip":
            ahead = np.array([-0.75 * out, 0.8])
        elif self.gestures[side] == "raised":
            ahead = ahead * (0.4, 1.0)
        return np.asarray(ahead / max(float(np.linalg.norm(ahead)), 1e-9))

    def grip(self, side: int) -> Point:
        """Find the middle of a hand's palm, where it holds things; side 0 is the photo's left."""
        wrist = np.asarray(self.arms[side][2])
        x, y = (wrist + self.hand_direction(side) * 6.5).tolist()
        return x, y

    def _foot(self, side: int) -> Foot:
        ankle_x, ankle_y = self.legs[side][2]
        out = (-1, 1)[side]
        reach = out * self.toes[side] + 9.0 * self.turn
        return Foot(
            ankle=(ankle_x, ankle_y),
            heel=(ankle_x - 0.3 * reach, ankle_y + 6.6),
            toe=(ankle_x + reach, ankle_y + 10.4),
            half_width=4.1 * (0.6 + 0.4 * self.breadth),
            side=out,
        )
