"""The bytes that ONNX files are made of: fields of protocol buffers, without a library for them.

A message is a row of fields, each with its number, its kind and its length (the encoding guide of Protocol
Buffers; the numbers stand in ``onnx.proto``).
"""

import mmap
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

__all__ = ["Content", "Field", "fields", "pair", "tagged", "tagged_pair"]

Content: TypeAlias = bytes | mmap.mmap

_KEY, _VALUE = 1, 2
_VARINT, _BYTES = 0, 2
_FIXED = {1: 8, 5: 4}
"""Bytes of the kinds whose length is not said."""


class Field(NamedTuple):
    """Where a field lies in its message."""

    number: int
    start: int
    """Where the field starts, its tag included."""
    begin: int
    """Where its content begins …"""
    end: int
    """… and ends."""


def fields(content: Content) -> Iterator[Field]:
    """Walk through a message.

    Raises:
        ValueError: If a field is of no kind that ONNX uses, or goes on past the end.
        IndexError: If the message ends within a number.
    """
    place = 0
    while place < len(content):
        start = place
        tag, begin = _number(content, place)
        kind = tag & 7
        if kind == _VARINT:
            _, end = _number(content, begin)
        elif kind == _BYTES:
            length, begin = _number(content, begin)
            end = begin + length
        else:
            end = begin + _FIXED.get(kind, len(content))
        if end > len(content):
            raise ValueError(f"field {tag >> 3} ends at {end}, the message at {len(content)}")
        yield Field(tag >> 3, start, begin, end)
        place = end


def pair(content: bytes) -> tuple[str, str]:
    """Read a ``StringStringEntryProto``: its key and its value.

    Example:
        >>> pair(tagged(1, b"a") + tagged(2, b"b"))
        ('a', 'b')
    """
    texts = {f.number: content[f.begin : f.end].decode() for f in fields(content)}
    return texts.get(_KEY, ""), texts.get(_VALUE, "")


def tagged_pair(number: int, key: str, value: str) -> bytes:
    """Write a field that holds what :func:`pair` reads."""
    return tagged(number, tagged(_KEY, key.encode()) + tagged(_VALUE, value.encode()))


def tagged(number: int, content: bytes) -> bytes:
    """Write a field of the kind that says its length.

    Example:
        >>> tagged(1, b"abc").hex()
        '0a03616263'
    """
    return _digits(number << 3 | _BYTES) + _digits(len(content)) + content


def _number(content: Content, place: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, the lowest first, and say where it ends.

    Example:
        >>> _number(bytes.fromhex("ac02"), 0)
        (300, 2)
    """
    value = shift = 0
    while True:
        byte = content[place]
        value |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return value, place
        shift += 7


def _digits(value: int) -> bytes:
    """Write what :func:`_number` reads.

    Example:
        >>> _digits(300).hex()
        'ac02'
    """
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
