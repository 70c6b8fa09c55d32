"""What is worn, as it is drawn: pieces made of layers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from attire.render.cloth.cloth import Cloth
from attire.render.panel import Panel

if TYPE_CHECKING:
    import skia

    from attire.render.painter import Painter

__all__ = ["Detail", "Layer", "Piece"]

Detail: TypeAlias = "Callable[[Painter], None]"
"""Draws seams, buttons and the like on a layer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """Cloth at one depth: what it covers, and how it is drawn."""

    path: "skia.Path"
    """What it covers, centimetres; nothing is drawn outside."""
    cloth: Cloth
    """What it is made of."""
    panels: tuple[Panel, ...] = ()
    """Sheets drawn in order inside the path; without one the cloth lies flat."""
    details: tuple[Detail, ...] = ()
    """Drawn over the cloth, inside the path."""
    behind: bool = False
    """Whether it lies behind the wearer's body."""
    thickness: float = 1.0
    """How far it stands out over what is beneath, centimetres: the reach of its shadow."""
    melt: float | None = None
    """Centimetres over which every sheet fades in from its top, so that skin shows no joints; 0 for the skin
    they fade into, None for cloth."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Piece:
    """One thing to draw and label."""

    category: str
    """Full category name; empty for what only hides others, such as hands and hair."""
    layers: tuple[Layer, ...]
    """From back to front. A part that its garment has drawn already may give bare outlines in ``marks``."""
    attributes: tuple[str, ...] = ()
    """Full names of the attributes that hold."""
    on_garment: bool = False
    """Whether it is a part that lies on a garment, and so hides nothing of it."""
    worn: Literal["body", "head", "hand"] = "body"
    """What it is drawn over: the dressed body, the head with its hair, or the hands."""
    marks: tuple["skia.Path", ...] = ()
    """Outlines of what is drawn already: a sleeve that was drawn with its garment."""
    witnesses: "tuple[tuple[str, skia.Path], ...]" = ()
    """Group of attributes and the outline where it shows: a waistline is not said under an untucked shirt."""
    owner: "Piece | None" = None
    """What a part belongs to, see :func:`attire.render.wardrobe.with_owners`."""
