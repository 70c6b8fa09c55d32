"""From pixels to CIELAB, in which equal distances look about equal."""

import numpy as np
import numpy.typing as npt

__all__ = ["from_lab", "to_lab"]

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
"""Of linear sRGB (IEC 61966-2-1)."""
_WHITE = np.array([0.95047, 1.0, 1.08883])
"""D65, of which sRGB's white is made."""
_KNEE = 216 / 24389
_SLOPE = 24389 / 27
_LINEAR = np.arange(256) / 255
_LINEAR = np.where(_LINEAR <= 0.04045, _LINEAR / 12.92, ((_LINEAR + 0.055) / 1.055) ** 2.4)


def to_lab(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Turn sRGB into CIELAB (D65).

    Args:
        pixels: RGB, 0 … 255, shape ``(…, 3)``.

    Returns:
        Lightness 0 … 100, green-red and blue-yellow, of the same shape.

    Example:
        >>> np.rint(to_lab(np.array([[255, 0, 0], [128, 128, 128]], np.uint8))).astype(int).tolist()
        [[53, 80, 67], [54, 0, 0]]
    """
    ratio = _LINEAR[pixels] @ _TO_XYZ.T / _WHITE
    bent = np.where(ratio > _KNEE, np.cbrt(ratio), (_SLOPE * ratio + 16) / 116)
    x, y, z = np.moveaxis(bent, -1, 0)
    lab: npt.NDArray[np.float32] = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)
    return lab.astype(np.float32)


def from_lab(lab: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """Turn CIELAB (D65) into sRGB, the nearest there is.

    Args:
        lab: As :func:`to_lab` gives it, shape ``(…, 3)``.

    Returns:
        RGB, 0 … 255, of the same shape.

    Example:
        >>> from_lab(to_lab(np.array([12, 200, 99], np.uint8))).tolist()
        [12, 200, 99]
    """
    lightness, red, yellow = np.moveaxis(np.asarray(lab, np.float64), -1, 0)
    y = (lightness + 16) / 116
    bent = np.stack([y + red / 500, y, y - yellow / 200], -1)
    ratio = np.where(bent**3 > _KNEE, bent**3, (116 * bent - 16) / _SLOPE)
    linear = np.clip(ratio * _WHITE @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    unit = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    pixels: npt.NDArray[np.uint8] = np.rint(255 * unit).astype(np.uint8)
    return pixels
