"""What the wearer stands on: a material laid in perspective, up to a wall or to the horizon."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from attire.render.paths import canvas_library
from attire.render.scene.materials import material_paint
from attire.render.scene.stage import Stage

__all__ = ["ENDLESS", "Floor", "lay_floor"]

ENDLESS = 9000.0
"""As far as a ground is drawn, centimetres."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Floor:
    """A level ground around the wearer."""

    paint: Any = None
    """skia paint in centimetres; None where the backdrop has no edge between floor and wall."""
    left: float = -ENDLESS
    """Where it begins, centimetres right of the wearer."""
    right: float = ENDLESS
    """Where it ends."""
    end: float = ENDLESS
    """How far behind the wearer it ends, centimetres."""
    wall: float | None = None
    """How far behind the wearer a wall stands that takes shadows, centimetres."""
    marks: Callable[[Stage], None] | None = None
    """Draws lines, kerbs and the like on it: x to the right, y towards the camera."""

    def lay(self, stage: Stage) -> None:
        """Draw it."""
        if self.paint is None:
            return
        with stage.plane(stage.view.ground()):
            near = 0.86 * stage.view.distance
            rect = canvas_library().Rect.MakeLTRB(self.left, -self.end, self.right, near)
            stage.canvas.drawRect(rect, self.paint)
            if self.marks is not None:
                self.marks(stage)


def lay_floor(
    stage: Stage, *materials: str, end: float = ENDLESS, half: float = ENDLESS, wall: bool = False,
    marks: Callable[[Stage], None] | None = None,
) -> Floor:  # fmt: skip
    """Lay one of some materials from the camera to ``end``, ``half`` its width, and give it back."""
    material = str(stage.rng.choice(materials))
    floor = Floor(
        paint=material_paint(material, stage.rng), left=-half, right=half, end=end,
        wall=end if wall else None, marks=marks,
    )  # fmt: skip
    floor.lay(stage)
    return floor
