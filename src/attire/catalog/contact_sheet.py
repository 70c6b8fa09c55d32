"""What a search found, as one picture: the garment searched for on the left, results beside it by rank."""

from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw

from attire.catalog.garment import Garment
from attire.catalog.garment_picture import garment_picture
from attire.catalog.search.result import Answer, Result
from attire.drawing.chips import load_font
from attire.drawing.palette import Color
from attire.errors import DataError

__all__ = ["draw_contact_sheet"]

_PAPER: Color = (255, 255, 255)
_INK: Color = (22, 22, 24)
_GREY: Color = (128, 126, 122)
_HAIR: Color = (214, 211, 205)
_BAR: Color = (52, 52, 56)
_ACCENT: Color = (158, 78, 52)

_CARD = (200, 262)
"""Width and height of a result's picture."""
_QUERY = (300, 393)
_TEXT = 116
"""Height of what stands below a picture."""
_GAP, _MARGIN, _HEAD = 24, 48, 84
_PER_ROW = 5
_TOLD_FIRST = ("brand", "name", "title", "price", "season", "sku")
"""Own columns that are shown where they are there, in this order; two at most."""


def draw_contact_sheet(answers: Sequence[Answer], *, title: str = "") -> Image.Image:
    """Draw what was found.

    A photo that is gone or cannot be read leaves a grey field with its category.

    Args:
        answers: One block each, below each other.
        title: Said at the top; what was asked if empty.

    Returns:
        RGB picture.

    Raises:
        DataError: If there is no answer to draw.
    """
    if not answers:
        raise DataError("A contact sheet shows at least one answer; found none.")
    blocks = [_block(answer, title) for answer in answers]
    width = max(block.width for block in blocks)
    sheet = Image.new("RGB", (width, sum(block.height for block in blocks)), _PAPER)
    top = 0
    for block in blocks:
        sheet.paste(block, (0, top))
        if top:
            ImageDraw.Draw(sheet).line((_MARGIN, top, width - _MARGIN, top), fill=_HAIR)
        top += block.height
    return sheet


def _block(answer: Answer, title: str) -> Image.Image:
    results = answer.results
    columns = min(_PER_ROW, max(len(results), 3))
    rows = max(1, -(-len(results) // columns))
    left = _MARGIN + (0 if answer.query is None else _QUERY[0] + 2 * _GAP)
    width = left + columns * (_CARD[0] + _GAP) - _GAP + _MARGIN
    cells = rows * (_CARD[1] + _TEXT + _GAP)
    height = _HEAD + max(cells, 0 if answer.query is None else _QUERY[1] + _TEXT) + _MARGIN // 2
    block = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(block)
    _head(draw, answer, title, width)
    if answer.query is not None:
        _query(block, answer)
        x = _MARGIN + _QUERY[0] + _GAP
        draw.line((x, _HEAD, x, height - _MARGIN), fill=_HAIR)
    for n, result in enumerate(results):
        row, column = divmod(n, columns)
        corner = (left + column * (_CARD[0] + _GAP), _HEAD + row * (_CARD[1] + _TEXT + _GAP))
        _card(block, corner, n + 1, result)
    if not results:
        draw.text((left, _HEAD + 8), "Nothing was found.", font=load_font(18), fill=_GREY)
    return block


def _head(draw: ImageDraw.ImageDraw, answer: Answer, title: str, width: int) -> None:
    said = title or answer.asked or "search"
    count = f"{len(answer.results)} found"
    draw.text(
        (_MARGIN, 38),
        _cut(_spaced(said), 22, width - 2 * _MARGIN - 200),
        font=load_font(22),
        fill=_INK,
        anchor="lm",
    )
    draw.text((width - _MARGIN, 40), count, font=load_font(13), fill=_GREY, anchor="rm")
    draw.line((_MARGIN, 62, width - _MARGIN, 62), fill=_INK)


def _query(block: Image.Image, answer: Answer) -> None:
    query = answer.query
    if query is None:
        return
    draw = ImageDraw.Draw(block)
    block.paste(garment_picture(query.garment, _QUERY, source=query.source), (_MARGIN, _HEAD))
    y = _HEAD + _QUERY[1] + 16
    draw.text((_MARGIN, y), "SEARCHED FOR", font=load_font(11), fill=_ACCENT, anchor="lm")
    draw.text((_MARGIN, y + 22), query.garment.category, font=load_font(19), fill=_INK, anchor="lm")
    _lines(draw, (_MARGIN, y + 44), ", ".join(query.garment.attributes), _QUERY[0], 3)


def _card(block: Image.Image, corner: tuple[int, int], rank: int, result: Result) -> None:
    draw = ImageDraw.Draw(block)
    x, y = corner
    block.paste(garment_picture(result.garment, _CARD), corner)
    y += _CARD[1] + 15
    value = result.relevance if result.wishes or result.similarity is None else result.similarity
    draw.text((x, y), f"{rank}", font=load_font(15), fill=_ACCENT, anchor="lm")
    draw.text(
        (x + 20 + 6 * (rank > 9), y),
        _cut(result.garment.category, 15, 110),
        font=load_font(15),
        fill=_INK,
        anchor="lm",
    )
    draw.text((x + _CARD[0], y), f"{value:.2f}", font=load_font(15), fill=_INK, anchor="rm")
    told = _told(result)
    draw.text((x, y + 19), _cut(told, 12, _CARD[0]), font=load_font(12), fill=_GREY, anchor="lm")
    bars = [*result.parts.items(), *result.wishes.items()][:4]
    for n, (name, share) in enumerate(bars):
        _bar(draw, (x, y + 38 + 15 * n), name, share, wished=name in result.wishes)


def _bar(
    draw: ImageDraw.ImageDraw, corner: tuple[int, int], name: str, share: float, *, wished: bool
) -> None:
    x, y = corner
    color = _ACCENT if wished else _BAR
    left, right = x + 84, x + _CARD[0] - 30
    draw.text((x, y), _cut(name, 11, 80), font=load_font(11), fill=_ACCENT if wished else _GREY, anchor="lm")
    draw.line((left, y, right, y), fill=_HAIR, width=2)
    draw.line((left, y, left + round((right - left) * min(max(share, 0.0), 1.0)), y), fill=color, width=3)
    draw.text((x + _CARD[0], y), f"{share:.2f}", font=load_font(11), fill=_GREY, anchor="rm")


def _told(result: Result) -> str:
    own = _own(result.garment)
    marks = ["same picture"] if result.same_picture else []
    marks += [f"+{result.copies} alike"] if result.copies else []
    return " · ".join([*marks, *own]) or ", ".join(result.garment.colours)


def _own(garment: Garment) -> list[str]:
    """Say what the user's own columns tell of a garment, the best known of them first."""
    lower: Mapping[str, Any] = {name.lower(): value for name, value in garment.own.items()}
    told = [lower[name] for name in _TOLD_FIRST if lower.get(name) not in (None, "")]
    return [f"{value:.2f}" if isinstance(value, float) else str(value) for value in told[:2]]


def _lines(draw: ImageDraw.ImageDraw, corner: tuple[int, int], text: str, width: int, most: int) -> None:
    """Write text in lines that fit, at most so many."""
    font, lines = load_font(12), [""]
    for word in text.split():
        if lines[-1] and font.getlength(f"{lines[-1]} {word}") > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] = _cut(f"{shown[-1]} {lines[most]}", 12, width)
    for n, line in enumerate(shown):
        draw.text((corner[0], corner[1] + 16 * n), line, font=font, fill=_GREY, anchor="lm")


def _cut(text: str, px: int, width: int) -> str:
    """Cut text that would not fit; line breaks become spaces."""
    text, font = " ".join(text.split()), load_font(px)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _spaced(text: str) -> str:
    return text[:1].upper() + text[1:]
