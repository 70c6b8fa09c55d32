"""The strings that an ONNX file holds beside its graph, read and replaced without loading the graph.

A file is a protobuf message: fields follow one another, each with its number, its kind and its length (the
encoding guide of Protocol Buffers; ``ModelProto`` in onnx.proto). Only field 14, ``metadata_props``, is
looked into; all others, the weights among them, are skipped or copied as they are.
"""

import mmap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from attire.atomic import atomic_path
from attire.errors import WeightsError

__all__ = ["read_onnx_metadata", "replace_onnx_metadata"]

Content: TypeAlias = bytes | mmap.mmap

_METADATA = 14
_KEY, _VALUE = 1, 2
_VARINT, _BYTES = 0, 2
_FIXED = {1: 8, 5: 4}
"""Bytes of the kinds whose length is not said."""


class _Field(NamedTuple):
    number: int
    start: int
    """Where the field starts, its tag included."""
    begin: int
    """Where its content begins …"""
    end: int
    """… and ends."""


def read_onnx_metadata(path: Path) -> dict[str, str]:
    """Read ``metadata_props`` of an ONNX file.

    Args:
        path: The file.

    Returns:
        Strings by name; empty if it has none.

    Raises:
        WeightsError: If it cannot be read, or is no ONNX file or cut short.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            entries = [content[f.begin : f.end] for f in _fields(content) if f.number == _METADATA]
            return dict(_entry(entry) for entry in entries)
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}).") from None
    except (ValueError, IndexError):  # an empty file cannot be mapped
        raise _damaged(path) from None


def replace_onnx_metadata(source: Path, out: Path, metadata: Mapping[str, str]) -> Path:
    """Copy an ONNX file with other ``metadata_props``; its graph stays as it is, bit by bit.

    Args:
        source: The file.
        out: Where to; may be ``source`` itself.
        metadata: Takes the place of all that is there.

    Returns:
        The path written.

    Raises:
        WeightsError: If ``source`` cannot be read, or is no ONNX file or cut short.
    """
    try:
        content = source.read_bytes()
        graph = [content[f.start : f.end] for f in _fields(content) if f.number != _METADATA]
    except OSError as error:
        raise WeightsError(f"{source}: cannot be read ({error.strerror or error}).") from None
    except (ValueError, IndexError):
        raise _damaged(source) from None
    entries = [
        _tagged(_METADATA, _tagged(_KEY, key.encode()) + _tagged(_VALUE, value.encode()))
        for key, value in metadata.items()
    ]
    with atomic_path(out) as temporary, temporary.open("wb") as file:
        file.writelines([*graph, *entries])
    return out


def _fields(content: Content) -> Iterator[_Field]:
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
        yield _Field(tag >> 3, start, begin, end)
        place = end


def _entry(content: bytes) -> tuple[str, str]:
    """Read a ``StringStringEntryProto``: its key and its value."""
    texts = {f.number: content[f.begin : f.end].decode() for f in _fields(content)}
    return texts.get(_KEY, ""), texts.get(_VALUE, "")


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


def _tagged(number: int, content: bytes) -> bytes:
    return _digits(number << 3 | _BYTES) + _digits(len(content)) + content


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


def _damaged(path: Path) -> WeightsError:
    return WeightsError(
        f"{path}: not an ONNX file, or cut short. attire export writes one; copy or download it again."
    )
