"""Contact sheets: pictures side by side or in a grid, each with a title."""

from collections.abc import Sequence
from math import ceil

from PIL import Image, ImageDraw

from attire.drawing.chips import load_font
from attire.drawing.palette import Color
from attire.errors import DataError

__all__ = ["grid", "side_by_side"]

_PAPER: Color = (255, 255, 255)
_INK: Color = (40, 40, 44)


def side_by_side(images: Sequence[Image.Image], titles: Sequence[str] | None = None) -> Image.Image:
    """Lay pictures in one row at a common height, each under its title.

    Args:
        images: At least one; the row is as high as the lowest of them.
        titles: One per picture.

    Raises:
        DataError: If there is no picture, or the titles do not pair up with the pictures.

    Example:
        >>> side_by_side([Image.new("RGB", (30, 40)), Image.new("RGB", (60, 80))]).size
        (84, 56)
    """
    _check(images, titles)
    height = min(image.height for image in images)
    scaled = [_at_height(image, height) for image in images]
    return _lay_out([scaled], [list(titles)] if titles else None)


def grid(
    images: Sequence[Image.Image],
    titles: Sequence[str] | None = None,
    *,
    columns: int = 4,
    cell_px: int = 320,
) -> Image.Image:
    """Lay pictures in rows of ``columns``, all at one height so that rows stay level.

    Args:
        images: At least one.
        titles: One per picture.
        columns: Pictures per row.
        cell_px: Height of each picture in pixels.

    Raises:
        DataError: If there is no picture, or the titles do not pair up with the pictures.
    """
    _check(images, titles)
    scaled = [_at_height(image, cell_px) for image in images]
    rows = [scaled[n * columns : (n + 1) * columns] for n in range(ceil(len(scaled) / columns))]
    named = [list(titles[n * columns : (n + 1) * columns]) for n in range(len(rows))] if titles else None
    return _lay_out(rows, named)


def _check(images: Sequence[Image.Image], titles: Sequence[str] | None) -> None:
    if not images:
        raise DataError("A contact sheet needs at least one picture; found none.")
    if titles is not None and len(titles) != len(images):
        raise DataError(f"A contact sheet of {len(images)} pictures has {len(titles)} titles.")


def _at_height(image: Image.Image, height: int) -> Image.Image:
    image = image if image.mode == "RGB" else image.convert("RGB")
    if image.height == height:
        return image
    width = max(1, round(image.width * height / image.height))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _lay_out(rows: list[list[Image.Image]], titles: list[list[str]] | None) -> Image.Image:
    height = rows[0][0].height
    gap = max(8, height // 40)
    text_px = max(11, height // 34)
    head = round(text_px * 1.9) if titles else 0
    width = max(sum(image.width + gap for image in row) for row in rows) + gap
    sheet = Image.new("RGB", (width, len(rows) * (height + head + gap) + gap), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for n, row in enumerate(rows):
        left, top = gap, gap + n * (height + head + gap)
        for m, image in enumerate(row):
            if titles:
                text = _shortened(titles[n][m], text_px, image.width)
                draw.text((left, top + head / 2), text, font=load_font(text_px), fill=_INK, anchor="lm")
            sheet.paste(image, (left, top + head))
            left += image.width + gap
    return sheet


def _shortened(text: str, px: int, width: int) -> str:
    """Cut a title that would run into the next picture."""
    font = load_font(px)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…"
