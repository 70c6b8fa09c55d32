"""Colours as hex text and as the numbers skia takes."""

import colorsys

__all__ = ["argb", "from_hls", "hls", "lightness", "mixed", "rgb"]


def rgb(color: str) -> tuple[int, int, int]:
    """Split a colour into red, green and blue, 0 … 255.

    Example:
        >>> rgb("#ff8000")
        (255, 128, 0)
    """
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def argb(color: str, alpha: float = 1.0) -> int:
    """Pack a colour for skia.

    Example:
        >>> hex(argb("#ff8000", 0.5))
        '0x80ff8000'
    """
    red, green, blue = rgb(color)
    return (round(255 * alpha) << 24) | (red << 16) | (green << 8) | blue


def mixed(color: str, other: str, share: float) -> str:
    """Mix a share of another colour into a colour.

    Example:
        >>> mixed("#000000", "#ffffff", 0.5)
        '#808080'
    """
    parts = [round(a + share * (b - a)) for a, b in zip(rgb(color), rgb(other), strict=True)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def lightness(color: str) -> float:
    """Tell how light a colour looks, 0 … 1 (Rec. 601 luma).

    Example:
        >>> round(lightness("#ffffff"), 3)
        1.0
    """
    red, green, blue = rgb(color)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def hls(color: str) -> tuple[float, float, float]:
    """Split a colour into hue, lightness and saturation, each 0 … 1.

    Example:
        >>> hls("#ff0000")
        (0.0, 0.5, 1.0)
    """
    red, green, blue = (part / 255 for part in rgb(color))
    return colorsys.rgb_to_hls(red, green, blue)


def from_hls(hue: float, light: float, strength: float) -> str:
    """Mix a colour of a hue, lightness and saturation, each 0 … 1.

    Example:
        >>> from_hls(0.0, 0.5, 1.0)
        '#ff0000'
    """
    parts = colorsys.hls_to_rgb(hue, light, strength)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
