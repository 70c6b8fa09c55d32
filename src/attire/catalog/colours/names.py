"""Names that shops give to colours, and what each looks like."""

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import to_lab
from attire.errors import RecipeError

__all__ = ["COLOUR_NAMES", "example_of", "name_colours", "name_distances"]

_LOOKS: dict[str, tuple[str, ...]] = {
    "black": ("0a0a0b", "1c1c1d", "2e2e2f", "3f3f40", "262422"),
    "charcoal": ("4b4c4e", "525456"),
    "grey": ("68696b", "7d7e80", "97989a", "8a8784", "a9aaab"),
    "light grey": ("bcbdbe", "cacbcc", "c2c0bc"),
    "white": ("dfe0e1", "ebebec", "f6f6f7", "ffffff", "e4e2e1"),
    "cream": ("f3ead3", "ece1c4", "f6f0e0", "e9e1d4"),
    "beige": ("dccbb0", "cdb899", "c9baa3", "c0b097"),
    "khaki": ("a89a74", "978b66", "b3a682", "a1977c"),
    "tan": ("c19a6b", "b5855a", "ad7a45", "8f6b48", "a38060"),
    "brown": ("6b4a33", "51382a", "7d5a44", "3e2a20", "5c4a3f", "6f5c50", "47372f"),
    "burgundy": ("5e1324", "701c2e", "4a1220", "7a2038", "6b353a"),
    "red": ("c4161f", "a81923", "df2b2f", "bc4a4c", "a03a3d", "c8605f"),
    "coral": ("ee6f5b", "f4846f", "e2604f"),
    "rust": ("a44a23", "8f4424", "b7552c"),
    "orange": ("f07a1c", "e8641b", "fb9231", "ec8e57"),
    "peach": ("f6c3a4", "f2b594", "f8d3bd"),
    "mustard": ("c99a22", "b58a24", "d4a82f"),
    "yellow": ("f4d327", "f8e05a", "f0e68c", "e9c71a"),
    "olive": ("5d5b2c", "6f6c36", "4b4a28", "7b7843", "6b6a52"),
    "green": ("2e7d3c", "1f5c33", "3f9a4c", "173f28", "6aa84f", "2c4a38", "6d8671", "4c6350", "8fa98f"),
    "mint": ("a9dcc3", "bfe6d3", "93cfb2"),
    "lime": ("a6d52c", "bfe14a", "8fc31f"),
    "teal": ("12676b", "1c7f80", "0f4f55"),
    "turquoise": ("2bb7b5", "48c9c4", "1fa3b0"),
    "light blue": ("a8c8e4", "8fb8dc", "bcd6ea", "a9bdd2", "c3cedb"),
    "blue": ("2356b4", "2f6fc4", "1a4a9c", "4a78b0", "4f8fd6", "5a7799", "6f7f96", "56657c", "8296ad"),
    "navy": ("161d3f", "1b2450", "22305c", "232a3c", "2f3850", "3a4256"),
    "lavender": ("c3b4de", "b09fd2", "cfc4e4"),
    "purple": ("5b2a86", "6f3f98", "45215f", "7d5590", "3f2747", "6f5a73", "54435c", "8f7a99"),
    "magenta": ("c2187d", "d62a92", "a8186e"),
    "pink": ("ec7fa9", "f4a3bf", "e85a94", "d98ba3", "c9788f"),
    "light pink": ("f5d0d9", "f0c3cd", "eedadd"),
}
"""sRGB of typical examples of each name, chosen by eye."""

COLOUR_NAMES = tuple(_LOOKS)
"""All names, in English."""

_LIGHTNESS = 0.6
"""What a step of lightness counts beside one of hue or chroma: light changes it first."""
_SCALE = np.array([_LIGHTNESS, 1, 1], np.float32)
_EXAMPLES = to_lab(
    np.array([list(bytes.fromhex(code)) for codes in _LOOKS.values() for code in codes], np.uint8)
)
_FIRST = np.cumsum([0, *(len(codes) for codes in _LOOKS.values())][:-1])


def name_colours(lab: npt.NDArray[np.floating]) -> list[str]:
    """Name colours by the nearest example.

    Args:
        lab: CIELAB (D65), shape ``(K, 3)``.

    Returns:
        One of :data:`COLOUR_NAMES` for each.

    Example:
        >>> name_colours(to_lab(np.array([[250, 250, 250], [20, 30, 70], [200, 20, 30]], np.uint8)))
        ['white', 'navy', 'red']
    """
    named = np.array(COLOUR_NAMES)[name_distances(np.asarray(lab, np.float32).reshape(-1, 3)).argmin(axis=1)]
    return [str(name) for name in named]


def name_distances(lab: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Squared distance of colours to the nearest example of each name.

    Args:
        lab: CIELAB (D65), shape ``(K, 3)``.

    Returns:
        Shape ``(K, C)``, columns as :data:`COLOUR_NAMES`.
    """
    apart = (((lab[:, None] - _EXAMPLES) * _SCALE) ** 2).sum(axis=2)
    nearest: npt.NDArray[np.float32] = np.minimum.reduceat(apart, _FIRST, axis=1)
    return nearest


def example_of(name: str) -> npt.NDArray[np.uint8]:
    """Give what a name looks like.

    Args:
        name: One of :data:`COLOUR_NAMES`.

    Returns:
        RGB of its examples, 0 … 255, shape ``(n, 3)``.

    Raises:
        RecipeError: If there is no such name.
    """
    if name not in _LOOKS:
        raise RecipeError(f"Colour {name!r} is unknown: {', '.join(COLOUR_NAMES)}.")
    return np.array([list(bytes.fromhex(code)) for code in _LOOKS[name]], np.uint8)
