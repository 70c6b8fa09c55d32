"""What a word of a filter means in its column: a number, yes or no, a span of time, a name."""

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

__all__ = ["Span", "last_days", "read_number", "read_span", "read_truth"]

Span: TypeAlias = tuple[datetime, datetime]
"""First instant and the first one after, UTC."""

_LARGEST = 2**53
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def read_number(word: str) -> int | float | None:
    """Read a number; None if the word is none, or not exact as a float64.

    Example:
        >>> read_number("50"), read_number("-1.5e3"), read_number("nan"), read_number("12,50")
        (50, -1500.0, None, None)
    """
    plain = word.lstrip("€$£")
    if re.fullmatch(r"[+-]?\d+", plain, re.ASCII):
        return int(plain) if len(plain) < 20 and abs(int(plain)) <= _LARGEST else None
    if re.fullmatch(r"[+-]?(\d+\.\d*|\.\d+|\d+)(e[+-]?\d+)?", plain, re.ASCII | re.IGNORECASE):
        value = float(plain)
        return value if math.isfinite(value) else None
    return None


def read_truth(word: str) -> bool | None:
    """Read yes or no.

    Example:
        >>> read_truth("Yes"), read_truth("false"), read_truth("perhaps")
        (True, False, None)
    """
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word.lower())


def read_span(word: str) -> Span | None:
    """Read a year, month, day, minute, second or instant, in UTC if it says no zone; None if it is none.

    Example:
        >>> begin, end = read_span("2026-03")
        >>> f"{begin:%d %B} to {end:%d %B}"
        '01 March to 01 April'
    """
    found = _DATE.fullmatch(word.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        if day is None:
            first = date(int(year), int(month or 1), 1)
            after = date(
                first.year + (month is None or month == "12"), first.month % 12 + 1 if month else 1, 1
            )
            return _midnight(first), _midnight(after)
        begin = _midnight(date(int(year), int(month), int(day)))
        if hour is None:
            return begin, begin + timedelta(days=1)
        small = int((fraction or "0").ljust(6, "0"))
        begin = begin.replace(hour=int(hour), minute=int(minute), second=int(second or 0), microsecond=small)
        if zone and zone.upper() != "Z":
            begin = datetime.fromisoformat(begin.replace(tzinfo=None).isoformat() + zone).astimezone(UTC)
        tick = timedelta(minutes=1) if second is None else timedelta(seconds=1)
        return begin, begin + (tick if fraction is None else timedelta(microseconds=1))
    except (ValueError, OverflowError):
        return None


def last_days(count: str, unit: str, now: datetime) -> datetime | None:
    """Say when the last so many days, weeks, months (30 days) or years (365 days) began; None if unreadable.

    Example:
        >>> last_days("2", "weeks", datetime(2026, 3, 15, tzinfo=UTC)).date().isoformat()
        '2026-03-01'
    """
    days = _DAYS.get(unit.lower().removesuffix("s"))
    if days is None or not re.fullmatch(r"\d{1,5}", count, re.ASCII):
        return None
    try:
        return now.astimezone(UTC) - timedelta(days=days * int(count))
    except OverflowError:
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
