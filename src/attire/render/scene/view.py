"""Where the camera stands: from centimetres in the world to pixels of the picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from attire.render.paths import Point, canvas_library

if TYPE_CHECKING:
    import skia

__all__ = ["Place", "View"]

Place: TypeAlias = tuple[float, float, float]
"""Centimetres right of the wearer, above the ground, and behind the wearer."""


@dataclass(frozen=True, kw_only=True)
class View:
    """An upright pinhole camera in front of the wearer, who stands at ``(0, 0, 0)``."""

    size: tuple[int, int]
    """``(height, width)`` of the picture, pixels."""
    foot: Point
    """Where the wearer's soles are, pixels from left and top."""
    scale: float
    """Pixels to a centimetre at the wearer."""
    eye: float = 130.0
    """Height of the camera, centimetres."""
    distance: float = 420.0
    """From the camera to the wearer, centimetres."""
    tilt: float = 0.0
    """Degrees by which the whole picture is turned."""

    @property
    def horizon(self) -> float:
        """Row of the horizon, pixels, before the tilt."""
        return self.foot[1] - self.scale * self.eye

    @property
    def aside(self) -> float:
        """How far right of the wearer the camera stands, centimetres: it looks at the middle."""
        return (self.size[1] / 2 - self.foot[0]) / self.scale

    def zoom(self, behind: float) -> float:
        """Pixels to a centimetre at a distance behind the wearer, centimetres.

        Example:
            >>> View(size=(768, 512), foot=(256, 740), scale=4, distance=400).zoom(400)
            2.0
        """
        return self.scale * self.distance / max(self.distance + behind, 1.0)

    def at(self, right: float, up: float, behind: float) -> Point:
        """Project a place; before the tilt.

        Example:
            >>> View(size=(768, 512), foot=(256, 740), scale=4, eye=100, distance=400).at(0, 0, 400)
            (256.0, 540.0)
        """
        zoom = self.zoom(behind)
        middle = self.foot[0] + self.scale * self.aside
        return middle + zoom * (right - self.aside), self.horizon + zoom * (self.eye - up)

    def plane(self, origin: Place, across: Place, down: Place) -> "skia.Matrix":
        """Project a plane, whose coordinates count centimetres along ``across`` and ``down`` from a place."""
        far = self.scale * self.distance
        middle = self.foot[0] + self.scale * self.aside
        camera = np.array([[far, 0.0, middle, 0.0], [0.0, -far, self.horizon, 0.0], [0.0, 0.0, 1.0, 0.0]])
        seen = np.array([-self.aside, -self.eye, self.distance])
        columns = [across, down, np.asarray(origin) + seen]
        matrix = camera[:, :3] @ np.array(columns, float).T
        return canvas_library().Matrix.MakeAll(*(matrix / matrix[2, 2]).ravel().tolist())

    def ground(self) -> "skia.Matrix":
        """The ground: right of the wearer, and towards the camera."""
        return self.plane((0, 0, 0), (1, 0, 0), (0, 0, -1))

    def upright(self, behind: float) -> "skia.Matrix":
        """A plane across the view at a distance behind the wearer: right, and down to the ground at 0."""
        return self.plane((0, 0, behind), (1, 0, 0), (0, -1, 0))

    def frame(self, margin: float = 0.08) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the picture with room for the tilt, pixels."""
        height, width = self.size
        room = margin * max(height, width)
        return -room, -room, width + room, height + room

    def level(self) -> "skia.Matrix":
        """The tilt around the picture's middle, which goes before everything."""
        height, width = self.size
        matrix = canvas_library().Matrix()
        matrix.setRotate(self.tilt, width / 2, height / 2)
        return matrix
