"""A photo with what was found drawn on it."""

import io
from dataclasses import replace

from PIL import Image

from attire.drawing import draw_instances, fit
from attire.predict import PhotoPixels
from attire.serve.reading import ChosenLook

__all__ = ["MOST_PX", "draw_overlay"]

MOST_PX = 1600
"""Longest side of a picture in pixels."""
_COMPRESSION = 3
"""Of PNG, 0 … 9, as ``attire predict`` writes them."""


def draw_overlay(photo: Image.Image, chosen: ChosenLook) -> bytes:
    """Draw outlines and names on a photo, at most 1600 pixels long.

    Args:
        photo: RGB, upright.
        chosen: What to draw.

    Returns:
        A PNG file.
    """
    look = chosen.look
    # A product was read in a frame; it is drawn in its photo.
    shown = replace(
        look,
        boxes=chosen.boxes,
        masks=chosen.masks,
        size=(photo.height, photo.width),
        source=PhotoPixels(look.image_id, photo),
        picture=None,
        maps=None,
    )
    picture = draw_instances(fit(photo, MOST_PX), shown, owners=look.owners, max_side=MOST_PX)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=_COMPRESSION)
    return file.getvalue()
