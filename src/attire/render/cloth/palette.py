"""The catalogue of palettes: which colours make an outfit."""

from collections.abc import Callable
from typing import TypeAlias

from attire.render.cloth.cloth import Rng
from attire.render.cloth.dyes import DENIM
from attire.render.color import from_hls, hls

__all__ = ["PALETTES", "Palette", "choose_palette"]

Palette: TypeAlias = tuple[str, ...]

LIGHT = ("#f4f1ea", "#e7e2da", "#f6efe2", "#dfe0e2", "#fbfaf7")
DARK = ("#17181c", "#23304f", "#2b2b30", "#3b2a22", "#1f2a2c")
MIDDLE = ("#7d8794", "#b9a88b", "#9b8f80", "#a89a86", "#6b7077", "#c3a274")
ACCENTS = (
    "#c4553f", "#d9a441", "#2f6f73", "#a33c5d", "#4c6444", "#8c2f39", "#3d6cb0", "#e36414", "#58476e",
    "#0f7d6a", "#d8567a", "#6d8fb3",
)  # fmt: skip
PASTELS = ("#f6d6df", "#cfe6f2", "#fdf0c8", "#d9cdea", "#cfead8", "#ffd6c0", "#e8eef0", "#f7e3ee")
BRIGHTS = ("#e8352e", "#f2b21c", "#1769c8", "#0f9d6b", "#e83e8c", "#7a3bbd", "#ff7a1a", "#12b5c9")
EARTHS = ("#a8652f", "#6e4526", "#8a7f4e", "#c9a66b", "#5b3a29", "#e4d7c3", "#7a3f2a", "#4f5b46")


def neutral_and_accents(rng: Rng) -> Palette:
    """Quiet colours with one loud one, two at times."""
    accents = _some(rng, ACCENTS, int(rng.integers(1, 3)))
    return (*_some(rng, LIGHT, 1), *_some(rng, DARK, 1), *_some(rng, MIDDLE, 1), *accents)


def tonal(rng: Rng) -> Palette:
    """One hue from light to dark."""
    hue, _, strength = hls(str(rng.choice((*ACCENTS, *MIDDLE))))
    return tuple(from_hls(hue, level, strength * 0.85) for level in (0.9, 0.72, 0.52, 0.36, 0.2))


def complementary(rng: Rng) -> Palette:
    """Two hues from opposite sides of the circle, and a light and a dark neutral."""
    hue, level, strength = hls(str(rng.choice(ACCENTS)))
    other = from_hls((hue + 0.5 + rng.uniform(-0.06, 0.06)) % 1, min(level + 0.12, 0.7), strength * 0.8)
    return (from_hls(hue, level, strength), other, *_some(rng, LIGHT, 1), *_some(rng, DARK, 1))


def denim_and_white(rng: Rng) -> Palette:
    """Blues of denim, white and tan."""
    return (*_some(rng, DENIM, 2), *_some(rng, LIGHT, 2), "#a8652f")


def all_black(rng: Rng) -> Palette:
    """Blacks, and at times one break of white or red."""
    blacks = ("#121215", "#17181c", "#1f2024", "#2a2b30")
    return (*blacks, *(_some(rng, ("#f4f1ea", "#9a031e", "#b8bcc2"), 1) if rng.random() < 0.5 else ()))


def monochrome(rng: Rng) -> Palette:
    """Black, white and a grey."""
    return (*_some(rng, LIGHT, 2), "#17181c", "#2b2b30", "#8b8e94")


def pastel(rng: Rng) -> Palette:
    """Pale sweet colours with white."""
    return (*_some(rng, PASTELS, 4), "#fbfaf7")


def color_blocks(rng: Rng) -> Palette:
    """Three bright colours side by side."""
    return (*_some(rng, BRIGHTS, 3), *_some(rng, (*LIGHT, *DARK), 1))


def earth(rng: Rng) -> Palette:
    """Browns, rust, olive and cream."""
    return _some(rng, EARTHS, 4)


PALETTES: dict[str, tuple[float, Callable[[Rng], Palette]]] = {
    "neutral and accents": (5.0, neutral_and_accents),
    "tonal": (1.5, tonal),
    "complementary": (1.5, complementary),
    "denim and white": (1.5, denim_and_white),
    "all black": (1.2, all_black),
    "monochrome": (1.2, monochrome),
    "pastel": (1.2, pastel),
    "color blocks": (1.2, color_blocks),
    "earth": (1.5, earth),
}
"""How often each is worn, and its maker."""


def choose_palette(rng: Rng) -> Palette:
    """Choose three to six colours that go together; :class:`~attire.render.taste.Taste` carries them."""
    weights = [weight for weight, _ in PALETTES.values()]
    makers = [make for _, make in PALETTES.values()]
    return makers[int(rng.choice(len(makers), p=[weight / sum(weights) for weight in weights]))](rng)


def _some(rng: Rng, colors: Palette, count: int) -> Palette:
    return tuple(str(color) for color in rng.choice(colors, count, replace=False))
