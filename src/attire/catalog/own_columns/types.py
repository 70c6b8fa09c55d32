"""Which types the user's columns can have: text, whole number, number, flag and time."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from attire.catalog.row import NEVER_A_USERS
from attire.errors import DataError

__all__ = ["TIME", "as_times", "fit_to", "plain_column", "proper_name"]

TIME = pa.timestamp("us")
"""UTC."""
_TAKEN = {name.lower() for name in NEVER_A_USERS}
_PROPER = re.compile(r"[^\W\d][\w ()%€$/-]*")


def proper_name(name: str, path: object) -> str:
    """Give a column's name, if it can be one.

    Args:
        name: As the file has it.
        path: The file, for messages.

    Raises:
        DataError: If it is one of the catalogue's own, or cannot be written in a filter.

    Example:
        >>> proper_name("baseColour", "meta.csv")
        'baseColour'
        >>> proper_name("category", "meta.csv")
        Traceback (most recent call last):
        ...
        attire.errors.DataError: meta.csv: 'category' is the catalogue's own name. Call it 'my_category'.
    """
    if name.lower() in _TAKEN:
        raise DataError(
            f"{path}: {name!r} is the catalogue's own name. Call it {'my_' + name.lstrip('_')!r}."
        )
    if not _PROPER.fullmatch(name):
        better = re.sub(r"\W+", "_", name).strip("_") or "column"
        better = better if _PROPER.fullmatch(better) else f"column_{better}"
        raise DataError(
            f"{path}: a column cannot be called {name!r}: a name begins with a letter and holds no dots, "
            f"quotes or line breaks. Call it {better!r}."
        )
    return name


def plain_column(name: str, values: pa.ChunkedArray, path: object) -> pa.ChunkedArray:
    """Give a column one of the types that the catalogue keeps.

    Raises:
        DataError: If its values are lists, records or bytes.

    Example:
        >>> plain_column("stock", pa.chunked_array([pa.array([1, 2], pa.int8())]), "meta.csv").type
        DataType(int64)
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return plain_column(name, values.cast(kind.value_type), path)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return values.cast(pa.string())
    if pa.types.is_string_view(kind) or pa.types.is_time(kind):
        return values.cast(pa.string())
    if pa.types.is_boolean(kind):
        return values
    if pa.types.is_integer(kind):
        return values.cast(pa.int64(), safe=kind != pa.uint64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return values.cast(pa.float64())
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _utc(values)
    raise DataError(
        f"{path}: column {name!r} holds {kind}; the catalogue keeps text, numbers, flags and times. Leave it "
        "out, or give it a column per value."
    )


def fit_to(values: pa.ChunkedArray, kind: pa.DataType | None) -> pa.ChunkedArray:
    """Make whole numbers of a column numbers, and nothing of it anything, where the catalogue has that.

    Args:
        values: As :func:`plain_column` gives them.
        kind: What the catalogue's column of this name holds; None if it has none.
    """
    empty = values.null_count == len(values)
    if kind is not None and (empty or (kind == pa.float64() and values.type == pa.int64())):
        return pa.chunked_array([pa.nulls(len(values), kind)]) if empty else values.cast(kind)
    return values


def _utc(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times without a zone are taken for UTC."""
    zoned = pa.types.is_timestamp(values.type) and values.type.tz is not None
    return (
        values.cast(pa.timestamp("us", "UTC"), safe=False).cast(TIME)
        if zoned
        else values.cast(TIME, safe=False)
    )


def as_times(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Read text as times, such as 2026-01-05 or 2026-01-05T10:00:00+01:00; None if any of it is none.

    Example:
        >>> as_times(pa.chunked_array([["2026-01-05", None]])).to_pylist()[1] is None
        True
        >>> as_times(pa.chunked_array([["soon"]]))
    """
    if values.type == TIME:
        return values
    if values.type != pa.string():
        return None
    for kind in (TIME, pa.timestamp("us", "UTC")):
        try:
            return _utc(pc.cast(values, kind))
        except pa.ArrowInvalid:
            continue
    return None
