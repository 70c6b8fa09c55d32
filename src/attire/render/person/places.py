"""Where things are worn: the frame of the head, and the landmarks of the feet."""

from dataclasses import dataclass

import numpy as np

from attire.render.paths import Floats, Point

__all__ = ["Foot", "Head"]


@dataclass(frozen=True, kw_only=True)
class Foot:
    """A foot on the floor, seen from the front and a little from above. Centimetres."""

    ankle: Point
    """Middle of the ankle, where the leg ends."""
    heel: Point
    """Where the heel meets the floor, behind the ankle."""
    toe: Point
    """Tip of the toes, nearest to the viewer and so the lowest."""
    half_width: float
    """Half the width of the ball of the foot."""
    side: int
    """-1 for the photo's left foot, 1 for its right: the way its outer edge lies."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The frame of the head without hair. Its places: (-1, -1) is left and crown, (1, 1) right and chin."""

    center: Point
    """Middle of the head, centimetres."""
    angle: float
    """Degrees by which it leans to the right."""
    half_width: float
    """From its middle to a temple, centimetres."""
    half_height: float
    """From its middle to crown or chin, centimetres."""
    turn: float
    """Where the middle of the face lies across the head, -0.5 … 0.5."""

    def on(self, places: Floats) -> Floats:
        """Turn relative places, shape (…, 2), into centimetres."""
        angle = np.radians(self.angle)
        x, y = places[..., 0] * self.half_width, places[..., 1] * self.half_height
        cos, sin = np.cos(angle), np.sin(angle)
        turned = np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)
        return np.asarray(turned + np.asarray(self.center))

    def at(self, x: float, y: float) -> Point:
        """Turn one relative place into centimetres."""
        posed_x, posed_y = self.on(np.array([x, y], float)).tolist()
        return posed_x, posed_y

    def on_face(self, places: Floats) -> Floats:
        """As :meth:`on`, for places relative to the middle of the turned face, as glasses are."""
        x = np.clip(places[..., 0], -1, 1)
        middle = self.turn * (0.66 + 0.16 * np.clip(places[..., 1], 0, 1))
        return self.on(np.stack([places[..., 0] + middle * (1 - x**2), places[..., 1]], axis=-1))
