"""Whole numbers ↔ text, for whole columns at once: eight digits are read in one machine word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["LARGEST", "NumberRows", "format_numbers", "parse_numbers"]

LARGEST = 2**31 - 1
"""Numbers above are read as this one; no photo has as many pixels."""

Bytes: TypeAlias = npt.NDArray[np.uint8]
Integers: TypeAlias = npt.NDArray[np.int64]

_WORD = 8
_BLOCK = 1 << 18  # bytes worked on at once: what stays in a core's cache
_NEWLINE, _SPACE, _ZERO = b"\n "[0], b"\n "[1], b"0"[0]
_POWERS = 10 ** np.arange(1, 19, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class NumberRows:
    """Rows of numbers as one ragged array."""

    values: npt.NDArray[np.int32]
    """All numbers in order, at most :data:`LARGEST`, shape ``(K,)``."""
    offsets: Integers
    """Where each row's numbers begin, shape ``(N + 1,)``."""
    malformed: npt.NDArray[np.bool_]
    """Rows that hold something other than digits and spaces, shape ``(N,)``; their numbers mean nothing."""


def parse_numbers(text: bytes) -> NumberRows:
    r"""Read rows of whole numbers: numbers apart by spaces, rows apart by newlines.

    Args:
        text: ASCII; the last row needs no newline, and no text at all is one empty row.

    Returns:
        The numbers, row by row.

    Example:
        >>> rows = parse_numbers(b"12 7\n\n300000 4 x")
        >>> rows.values.tolist(), rows.offsets.tolist(), rows.malformed.tolist()
        ([12, 7, 300000, 4], [0, 2, 2, 4], [False, False, True])
    """
    padded = np.frombuffer(b"".join([b" " * _WORD, text, b"\n"]), np.uint8)
    values = np.empty(len(text) // 2 + 1, np.int32)
    filled, rows = 0, 0
    line_ends, foreign = [np.zeros(1, np.int64)], [np.zeros(0, np.int64)]
    for begin, end in _blocks(padded):
        block = padded[begin - _WORD : end]
        gaps = np.flatnonzero(block[_WORD:] - np.uint8(_ZERO) > 9) + _WORD
        digits = np.diff(gaps, prepend=_WORD - 1) - 1
        marks = block[gaps]
        lines = np.flatnonzero(marks == _NEWLINE)
        strange = np.flatnonzero((marks != _NEWLINE) & (marks != _SPACE))
        foreign.append(np.searchsorted(lines, strange) + rows)
        rows += len(lines)
        numbers = digits > 0
        if numbers.all():
            line_ends.append(filled + lines + 1)
        else:
            line_ends.append(filled + np.cumsum(numbers)[lines])
            gaps, digits = gaps[numbers], digits[numbers]
        values[filled : filled + len(gaps)] = _read_words(block, gaps, digits)
        filled += len(gaps)
    malformed = np.zeros(rows, bool)
    malformed[np.concatenate(foreign)] = True
    return NumberRows(values[:filled], np.concatenate(line_ends), malformed)


def format_numbers(values: npt.ArrayLike, row_ends: npt.ArrayLike) -> bytes:
    r"""Write whole numbers, apart by spaces, each row ended by a newline.

    Args:
        values: Numbers of at least 0, shape ``(K,)``.
        row_ends: Places after the last number of each row, rising strictly from 1 to K; no row is empty.

    Example:
        >>> format_numbers([12, 7, 300000, 4], [2, 4])
        b'12 7\n300000 4\n'
    """
    left = np.asarray(values, dtype=np.int64)
    if not len(left):
        return b""
    digits = 1 + np.searchsorted(_POWERS, left, side="right")
    width = int(digits.max())
    text = np.empty((len(left), width + 1), np.uint8)
    text[:, width] = _SPACE
    text[np.asarray(row_ends) - 1, width] = _NEWLINE
    for place in range(width - 1, -1, -1):
        left, text[:, place] = np.divmod(left, 10)
    text[:, :width] += _ZERO
    return text[np.arange(width + 1) >= (width - digits)[:, None]].tobytes()


def _blocks(padded: Bytes) -> Iterator[tuple[int, int]]:
    """Cut the text behind spaces and newlines into pieces of about one block."""
    begin = _WORD
    while begin < len(padded):
        end = min(begin + _BLOCK, len(padded))
        while 48 <= padded[end - 1] <= 57:
            end += 1
        yield begin, end
        begin = end


def _read_words(block: Bytes, ends: Integers, digits: Integers) -> Integers:
    """Read the numbers that end before each place.

    The eight bytes before a number's end are taken as one little-endian word, bytes that are not the
    number's are shifted out, and neighbouring digits, pairs and fours are added up inside the word.
    """
    words = np.ndarray((len(block) - _WORD + 1,), "<u8", block, strides=(1,))
    word = words[ends - _WORD].astype(np.uint64, copy=False)
    strangers = np.uint64(8) * (_WORD - np.minimum(digits, _WORD)).astype(np.uint64)
    word >>= strangers
    word <<= strangers
    word &= np.uint64(0x0F0F0F0F0F0F0F0F)
    for factor, shift, mask in (
        (10 << 8 | 1, 8, 0x00FF00FF00FF00FF),
        (100 << 16 | 1, 16, 0x0000FFFF0000FFFF),
        (10000 << 32 | 1, 32, 0x00000000FFFFFFFF),
    ):
        word *= np.uint64(factor)
        word >>= np.uint64(shift)
        word &= np.uint64(mask)
    values = word.view(np.int64)
    for place in np.flatnonzero(digits > _WORD):  # rare: 100 megapixels and more
        number = block[ends[place] - digits[place] : ends[place]].tobytes()
        values[place] = min(int(number[-4000:]), LARGEST)
    return values
