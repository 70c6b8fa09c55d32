"""One colour per category: families share a region of hue, and no two categories look alike."""

from functools import cache
from math import cos, gcd, pi, sin, sqrt

from attire.ontology import Ontology

__all__ = ["Color", "blend", "category_colors", "ink_on", "luminance"]

Color = tuple[int, int, int]
"""sRGB, each 0 … 255."""

DARK: Color = (8, 8, 10)
LIGHT: Color = (255, 255, 255)

_LIGHTNESS = (0.72, 0.60, 0.83, 0.66, 0.78, 0.54)
_CHROMA = (0.175, 0.165, 0.145, 0.12, 0.155, 0.14)
_FIRST_HUE = 0.08


@cache
def category_colors(ontology: Ontology) -> tuple[Color, ...]:
    """Give every category a colour that stays the same from picture to picture.

    Each supercategory owns an arc of the OKLCH hue circle, as wide as the root of its size, and its
    members vary in hue and lightness inside the arc. Supercategories that follow each other in the
    ontology (upper body, lower body, whole body) lie far apart on the circle: they meet in one photo.

    Args:
        ontology: Whose categories to colour.

    Returns:
        One colour per category id.

    Example:
        >>> colors = category_colors(Ontology.imaterialist2019())
        >>> len(colors), len(set(colors))
        (46, 46)
    """
    families: dict[str, list[int]] = {}
    for category in ontology.categories:
        families.setdefault(category.supercategory, []).append(category.id)
    arcs = {family: sqrt(len(members)) for family, members in families.items()}
    total = sum(arcs.values()) or 1.0
    colors: dict[int, Color] = {}
    begin = _FIRST_HUE
    for family in _far_apart(list(families)):
        arc = arcs[family] / total
        members = families[family]
        for place, category_id in enumerate(members):
            hue = begin + arc * (0.2 + 0.6 * (place + 0.5) / len(members))
            colors[category_id] = oklch_to_rgb(
                _LIGHTNESS[place % len(_LIGHTNESS)], _CHROMA[place % len(_CHROMA)], hue
            )
        begin += arc
    return tuple(colors[category.id] for category in ontology.categories)


def _far_apart(names: list[str]) -> list[str]:
    """Order names so that neighbours in the list end up about three eighths of a turn apart."""
    n = len(names)
    step = next((s for s in range(max(1, round(n * 0.382)), n) if gcd(s, n) == 1), 1)
    order = [""] * n
    for place, name in enumerate(names):
        order[place * step % n] = name
    return order


def oklch_to_rgb(lightness: float, chroma: float, hue: float) -> Color:
    """Turn OKLCH (Ottosson 2020) into sRGB, giving up chroma until the colour is displayable.

    Args:
        lightness: 0 black … 1 white, perceptually even.
        chroma: 0 grey … about 0.3 most vivid.
        hue: In turns, 0 … 1.

    Example:
        >>> oklch_to_rgb(1.0, 0.0, 0.0), oklch_to_rgb(0.0, 0.0, 0.0)
        ((255, 255, 255), (0, 0, 0))
    """
    while True:
        a, b = chroma * cos(2 * pi * hue), chroma * sin(2 * pi * hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma < 0.005 or all(-0.0005 <= channel <= 1.0005 for channel in linear):
            red, green, blue = (_gamma(channel) for channel in linear)
            return red, green, blue
        chroma -= 0.005


def luminance(color: Color) -> float:
    """Relative luminance of WCAG 2, 0 black … 1 white.

    Example:
        >>> luminance((255, 255, 255)), luminance((0, 0, 0))
        (1.0, 0.0)
    """
    red, green, blue = (_linear(channel) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(background: Color) -> Color:
    """Give the text colour, dark or light, that stands out more from a background.

    Example:
        >>> ink_on((250, 240, 120)), ink_on((40, 40, 90))
        ((8, 8, 10), (255, 255, 255))
    """
    behind = luminance(background) + 0.05
    on_dark, on_light = behind / (luminance(DARK) + 0.05), (luminance(LIGHT) + 0.05) / behind
    return DARK if on_dark >= on_light else LIGHT


def blend(color: Color, other: Color, share: float) -> Color:
    """Mix two colours; ``share`` of the second, 0 … 1.

    Example:
        >>> blend((0, 0, 0), (200, 100, 50), 0.5)
        (100, 50, 25)
    """
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(color, other, strict=True))
    return red, green, blue


def _gamma(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    return round(255 * (12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055))


def _linear(channel: int) -> float:
    share = channel / 255
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
