"""What is said with photos that are added, checked."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from attire.serve.problems import Problem
from attire.serve.uploads import clean_name

__all__ = ["read_own", "read_source"]

_MOST_COLUMNS = 100
_MOST_TEXT = 10_000
_MOST_SOURCE = 200
_SEEN_AT = "seen_at"
Own = dict[str, dict[str, Any]]


def read_source(said: object) -> str:
    """Read where photos come from.

    Raises:
        Problem: If it is a file, or too long.
    """
    if said is None:
        return ""
    if not isinstance(said, str) or len(said) > _MOST_SOURCE or not said.isprintable():
        raise Problem(422, f"source is one line of text of {_MOST_SOURCE} characters at most.")
    return said.strip()


def read_own(said: object, names: Sequence[str]) -> tuple[Own, dict[str, datetime]]:
    """Read the user's columns.

    Args:
        said: JSON: an object from file name to an object from column to text, number, true, false or null.
        names: Of the photos sent, cleaned.

    Returns:
        The columns, and when garments were seen, by name of photo.

    Raises:
        Problem: If it is anything else.

    Example:
        >>> read_own('{"a.jpg": {"price": 20, "seen_at": "2026-05-01"}}', ["a.jpg"])[0]
        {'a.jpg': {'price': 20}}
    """
    if said is None or said == "":
        return {}, {}
    found = _json(said)
    if not isinstance(found, dict):
        raise _wrong("it is no object")
    own: Own = {}
    seen_at: dict[str, datetime] = {}
    for key, values in found.items():
        name = clean_name(key)
        if name not in names:
            raise _wrong(f"it speaks of {name!r}, and no such photo was sent")
        if not isinstance(values, dict):
            raise _wrong(f"what it says of {name!r} is no object")
        columns = {column: _value(name, column, value) for column, value in values.items()}
        when = columns.pop(_SEEN_AT, None)
        if when is not None:
            seen_at[name] = _time(name, when)
        own[name] = columns
    if len({column for columns in own.values() for column in columns}) > _MOST_COLUMNS:
        raise _wrong(f"it has more than {_MOST_COLUMNS} columns")
    return own, seen_at


def _json(said: object) -> Any:
    if not isinstance(said, str):
        raise _wrong("it is a file, not text")
    try:
        return json.loads(said, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _wrong("it is no JSON") from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _value(photo: str, column: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, str) and len(value) <= _MOST_TEXT:
        return value
    raise _wrong(f"{column!r} of {photo!r} is neither text of {_MOST_TEXT:,} characters at most nor a number")


def _time(photo: str, said: Any) -> datetime:
    try:
        found = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        found = None
    if found is None or not 1 < found.year < 9999:
        raise _wrong(f"{_SEEN_AT} of {photo!r} is no time such as 2026-05-01 or 2026-05-01T10:00:00Z")
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _wrong(why: str) -> Problem:
    return Problem(
        422,
        f"own: {why}. Expected JSON from file name to columns, such as "
        '{"red-dress.jpg": {"brand": "Example", "price": 59.9}}.',
    )
