"""What a camera makes of a drawing: softness, colour of the light, noise and compression."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from attire.render.cloth.cloth import Rng

__all__ = ["develop"]


def develop(pixels: npt.NDArray[np.uint8], rng: Rng) -> bytes:
    """Turn a drawing into a stored photo.

    Args:
        pixels: RGB, shape (height, width, 3).
        rng: Where every choice comes from.

    Returns:
        A JPEG file.
    """
    image = Image.fromarray(pixels, "RGB").filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 0.9))))
    light = np.asarray(image, np.float32) * rng.uniform(0.86, 1.08) * rng.uniform(0.96, 1.04, 3)
    light += rng.normal(0, rng.uniform(1.5, 5), light.shape)
    stored = io.BytesIO()
    Image.fromarray(np.clip(light, 0, 255).astype(np.uint8), "RGB").save(
        stored, "JPEG", quality=int(rng.integers(82, 96))
    )
    return stored.getvalue()
