"""Names that shops give to colours, and what each looks like."""

import numpy as np
import numpy.typing as npt

from attire.catalog.colours.lab import to_lab

__all__ = ["COLOUR_NAMES", "name_colours"]

_LOOKS: dict[str, tuple[str, ...]] = {
    "black": ("0a0a0b", "161617", "232324", "1c1a1b"),
    "charcoal": ("36373a", "404144", "3b3938"),
    "grey": ("626366", "7d7e80", "97989a", "8a8784"),
    "light grey": ("b3b4b6", "c6c7c9", "bcbab6"),
    "white": ("e6e7e8", "f4f5f6", "ffffff", "dddfe2"),
    "cream": ("f3ead3", "ece1c4", "f6f0e0"),
    "beige": ("dccbb0", "cdb899", "c9baa3", "d8c8b8"),
    "khaki": ("a89a74", "978b66", "b3a682"),
    "tan": ("c19a6b", "b5855a", "ad7a45"),
    "brown": ("6b4a33", "51382a", "7d5a44", "3e2a20", "5c4a3f"),
    "burgundy": ("5e1324", "701c2e", "4a1220", "7a2038"),
    "red": ("c4161f", "a81923", "df2b2f", "e3242b"),
    "coral": ("ee6f5b", "f4846f", "e2604f"),
    "rust": ("a44a23", "8f4424", "b7552c"),
    "orange": ("f07a1c", "e8641b", "fb9231"),
    "peach": ("f6c3a4", "f2b594", "f8d3bd"),
    "mustard": ("c99a22", "b58a24", "d4a82f"),
    "yellow": ("f4d327", "f8e05a", "f0e68c", "e9c71a"),
    "olive": ("5d5b2c", "6f6c36", "4b4a28", "7b7843"),
    "green": ("2e7d3c", "1f5c33", "3f9a4c", "173f28", "6aa84f", "2c4a38"),
    "mint": ("a9dcc3", "bfe6d3", "93cfb2"),
    "lime": ("a6d52c", "bfe14a", "8fc31f"),
    "teal": ("12676b", "1c7f80", "0f4f55"),
    "turquoise": ("2bb7b5", "48c9c4", "1fa3b0"),
    "light blue": ("a8c8e4", "8fb8dc", "bcd6ea", "9db4cc"),
    "blue": ("2356b4", "2f6fc4", "1a4a9c", "4a78b0", "4f8fd6", "5a7799"),
    "navy": ("161d3f", "1b2450", "22305c", "232a3c", "2a3550"),
    "lavender": ("c3b4de", "b09fd2", "cfc4e4"),
    "purple": ("5b2a86", "6f3f98", "45215f", "7d5590", "3f2747"),
    "magenta": ("c2187d", "d62a92", "a8186e"),
    "pink": ("ec7fa9", "f4a3bf", "e85a94", "d98ba3"),
    "light pink": ("f5d0d9", "f0c3cd", "eedadd"),
}
"""sRGB of typical examples of each name, chosen by eye."""

COLOUR_NAMES = tuple(_LOOKS)
"""All names, in English."""

_LIGHTNESS = 0.8
"""What a step of lightness counts beside one of hue or chroma: light changes it first."""
_SCALE = np.array([_LIGHTNESS, 1, 1], np.float32)
_EXAMPLES = to_lab(
    np.array([list(bytes.fromhex(code)) for codes in _LOOKS.values() for code in codes], np.uint8)
)
_NAMES = np.repeat(np.array(COLOUR_NAMES), [len(codes) for codes in _LOOKS.values()])


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
    apart = ((np.asarray(lab, np.float32).reshape(-1, 1, 3) - _EXAMPLES) * _SCALE) ** 2
    named: list[str] = _NAMES[apart.sum(axis=2).argmin(axis=1)].tolist()
    return named
