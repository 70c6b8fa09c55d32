"""A garment cut out of its photo: itself in full colour, what surrounds it faded, a thin outline between."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from attire.catalog.garment import Garment
from attire.catalog.photo_by_uri import draft_of
from attire.drawing.chips import load_font
from attire.drawing.palette import Color
from attire.errors import AnnotationError, DataError
from attire.masks import RunLengths
from attire.photos import Draft
from attire.predict import PhotoSource

__all__ = ["draw_placeholder", "garment_picture", "garment_view"]

_AROUND = 0.10
"""Of the longer side of the box, kept on each side."""
_FADED = 0.45
"""Opacity of white on what is not the garment."""
_FIELD: Color = (242, 240, 236)
_LINE: Color = (22, 22, 24)
_GREY: Color = (150, 147, 142)


def garment_picture(
    garment: Garment, size: tuple[int, int], *, source: PhotoSource | None = None
) -> Image.Image:
    """Show a garment.

    Args:
        garment: With box and, if known, mask.
        size: ``(width, height)`` of the picture in pixels.
        source: Where the pixels are; the garment's ``photo_uri`` if None.

    Returns:
        RGB picture of that size; a field with the garment's category if the photo cannot be read or is not
        of the garment's size any more.
    """
    view = garment_view(garment, size, source=source)
    return draw_placeholder(garment, size) if view is None else view


def garment_view(
    garment: Garment, size: tuple[int, int], *, source: PhotoSource | None = None
) -> Image.Image | None:
    """Show a garment as :func:`garment_picture` does; None if the photo cannot be read or is another one."""
    frame = _frame(garment.box, garment.photo_size, size)
    try:
        draft = _read(garment, source, size, frame)
    except DataError:
        return None
    if draft.size != garment.photo_size:
        return None
    picture = _crop(draft, frame, size)
    mask = _mask(garment, frame, size)
    if mask is None:
        return picture
    veil = ImageChops.invert(mask).point(lambda value: round(value * _FADED))
    picture.paste((255, 255, 255), (0, 0), veil)
    picture.paste(_LINE, (0, 0), _outline(mask))
    return picture


def _frame(
    box: tuple[float, float, float, float], photo: tuple[int, int], size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """The part of the photo to show, xyxy: around the box, of the picture's shape; it may leave the photo."""
    x1, y1, x2, y2 = box
    if x2 <= x1 or y2 <= y1:
        x1, y1, x2, y2 = 0.0, 0.0, float(photo[1]), float(photo[0])
    spare = _AROUND * max(x2 - x1, y2 - y1)
    scale = max((x2 - x1 + 2 * spare) / size[0], (y2 - y1 + 2 * spare) / size[1])
    width, height = scale * size[0], scale * size[1]
    left, top = (x1 + x2 - width) / 2, (y1 + y2 - height) / 2
    # Slid into the photo where that is large enough, so that less of the picture is empty.
    left = min(max(left, 0.0), photo[1] - width) if width <= photo[1] else (photo[1] - width) / 2
    top = min(max(top, 0.0), photo[0] - height) if height <= photo[0] else (photo[0] - height) / 2
    return left, top, left + width, top + height


def _read(
    garment: Garment,
    source: PhotoSource | None,
    size: tuple[int, int],
    frame: tuple[float, float, float, float],
) -> Draft:
    zoom = size[0] / (frame[2] - frame[0])

    def needed(photo: tuple[int, int]) -> tuple[int, int]:
        share = min(1.0, zoom)
        return max(1, round(photo[0] * share)), max(1, round(photo[1] * share))

    return draft_of(garment.photo_uri, needed) if source is None else source.read(needed)


def _crop(draft: Draft, frame: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """Cut the frame out of a draft; where it leaves the photo there is the field's colour."""
    x1, y1, x2, y2 = draft.box
    across, down = (x2 - x1) / draft.size[1], (y2 - y1) / draft.size[0]
    left, top = x1 + frame[0] * across, y1 + frame[1] * down
    right, bottom = x1 + frame[2] * across, y1 + frame[3] * down
    inner = (max(left, 0), max(top, 0), min(right, draft.image.width), min(bottom, draft.image.height))
    zoom = size[0] / (right - left)
    wide, high = (max(1, round((inner[n + 2] - inner[n]) * zoom)) for n in (0, 1))
    resized = draft.image.resize((wide, high), Image.Resampling.LANCZOS, box=inner, reducing_gap=3.0)
    picture = Image.new("RGB", size, _FIELD)
    picture.paste(resized, (round((inner[0] - left) * zoom), round((inner[1] - top) * zoom)))
    return picture


def _mask(
    garment: Garment, frame: tuple[float, float, float, float], size: tuple[int, int]
) -> Image.Image | None:
    """The garment's mask in the picture, soft at its edge; None without one."""
    if not garment.mask:
        return None
    try:
        runs = RunLengths.from_coco([{"size": list(garment.photo_size), "counts": garment.mask}])
    except AnnotationError:
        return None
    rows, above, below = _sources(frame[1], frame[3], size[1], garment.photo_size[0])
    columns, before, after = _sources(frame[0], frame[2], size[0], garment.photo_size[1])
    dense = np.pad(runs.sample(0, rows, columns), ((above, below), (before, after)))
    image = Image.fromarray(dense.astype(np.uint8) * 255)
    coarse = max(1.0, size[0] / (frame[2] - frame[0]))  # pixels of the picture per pixel of the mask
    soft = image.filter(ImageFilter.GaussianBlur(0.8 * coarse))
    return soft.point([round(min(max((value - 96) * 4.0, 0), 255)) for value in range(256)])


def _sources(begin: float, end: float, pixels: int, limit: int) -> tuple[npt.NDArray[np.int64], int, int]:
    """Row of the mask at each pixel of the picture, and how many pixels before and after lie outside."""
    places = np.floor(begin + (np.arange(pixels) + 0.5) * (end - begin) / pixels).astype(np.int64)
    inside = (places >= 0) & (places < limit)
    first = int(np.argmax(inside)) if inside.any() else pixels
    kept = places[inside]
    return kept, first, pixels - first - len(kept)


def _outline(mask: Image.Image) -> Image.Image:
    grown = mask.filter(ImageFilter.MaxFilter(3))
    return ImageChops.subtract(grown, mask.filter(ImageFilter.MinFilter(3))).point(lambda value: value * 0.6)


def draw_placeholder(garment: Garment, size: tuple[int, int]) -> Image.Image:
    """Draw what stands in for a picture: a field with the garment's category."""
    picture = Image.new("RGB", size, _FIELD)
    draw = ImageDraw.Draw(picture)
    middle = (size[0] / 2, size[1] / 2)
    draw.text((middle[0], middle[1] - 10), garment.category, font=load_font(16), fill=_GREY, anchor="mm")
    draw.text((middle[0], middle[1] + 12), "photo not found", font=load_font(11), fill=_GREY, anchor="mm")
    return picture
