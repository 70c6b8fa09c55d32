"""Skin as a cloth, and the colours that belong to it."""

from attire.render.cloth.cloth import Cloth
from attire.render.color import lightness, mixed
from attire.render.person.figure import Figure

__all__ = ["skin_blush", "skin_lit", "skin_of", "skin_shade"]


def skin_of(figure: Figure) -> Cloth:
    """The wearer's skin as a cloth."""
    return Cloth(color=figure.skin, weave="smooth", gloss=0.22 if lightness(figure.skin) < 0.5 else 0.0)


def skin_shade(figure: Figure, share: float) -> str:
    """Skin in shadow: warmer and darker, up to nearly black."""
    return mixed(figure.skin, "#3a130a" if lightness(figure.skin) > 0.4 else "#120504", share)


def skin_blush(figure: Figure, share: float) -> str:
    """Skin where blood shows: cheeks, lips, knees, fingertips."""
    return mixed(figure.skin, "#c8433f" if lightness(figure.skin) > 0.4 else "#7c2722", share)


def skin_lit(figure: Figure, share: float) -> str:
    """Skin where light falls on it."""
    return mixed(figure.skin, "#fff1e2", share)
