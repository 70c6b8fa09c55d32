"""The wearer: a body with a pose, skin, a face and hair."""

from attire.render.person.figure import LEVEL, Figure
from attire.render.person.places import Foot, Head
from attire.render.person.pose import pose_figure

__all__ = ["LEVEL", "Figure", "Foot", "Head", "pose_figure"]
