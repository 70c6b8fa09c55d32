"""When garments were seen, cut into weeks, months, seasons, years, or the values of a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from attire.catalog.trends.counts import Floats
from attire.catalog.trends.reading import Reading
from attire.errors import DataError

__all__ = ["CLOCKS", "Periods", "cut", "label_ahead", "peak_label"]

CLOCKS = ("week", "month", "season", "year")
"""What ``seen_at`` can be cut into."""
_CYCLE = {"week": 365.2425 / 7, "month": 12.0, "season": 4.0, "year": None}
_MOST_GROUPS = 200
_SEASONS = {"spring": 0, "summer": 1, "fall": 2, "autumn": 2, "winter": 3}
_PLACE = {
    "week": "date_diff('week', DATE '1970-01-05', seen_at::DATE)",
    "month": "year(seen_at) * 12 + month(seen_at) - 1",
    "season": "year(seen_at + INTERVAL 1 MONTH) * 4 + (month(seen_at + INTERVAL 1 MONTH) - 1) // 3",
    "year": "year(seen_at)",
}
"""Season: three months from December, March, June and September, as meteorologists count in the north."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Periods:
    """The periods, and which garment is in which."""

    unit: str
    """``week``, ``month``, ``season``, ``year``, or the names of the columns."""
    labels: tuple[str, ...]
    """In order."""
    position: Floats | None
    """On the axis of time, in periods, rising, shape ``(T,)``; None where groups have no order."""
    cycle: float | None
    """Periods in a year; None where the year means nothing."""
    period: npt.NDArray[np.int64]
    """Of each garment, 0 … T−1, and −1 where nothing tells, shape ``(N,)``."""


def cut(reading: Reading, by: str) -> Periods:
    """Put garments into periods.

    Args:
        reading: The garments.
        by: One of :data:`CLOCKS`, ``source``, or own columns with commas between them. Columns have an order
            if all are numbers or names of seasons and one is a number: ``year``, or ``year,season``. A column
            of the user's goes before a clock of its name.

    Raises:
        DataError: If no garment has a time, or there are too many groups.
    """
    return _by_columns(reading, by) if by in reading.own or by not in CLOCKS else _by_clock(reading.table, by)


def _by_clock(table: pa.Table, unit: str) -> Periods:
    times = table.select(["seen_at"])
    with duckdb.connect() as connection:
        connection.register("times", times)
        found = connection.execute(f"SELECT {_PLACE[unit]} AS place FROM times").fetchnumpy()["place"]
    known = ~np.ma.getmaskarray(found)
    if not known.any():
        raise DataError(
            "No garment says when it was seen. Index with --meta and a column seen_at, or give --by COLUMN."
        )
    places = np.ma.getdata(found)[known].astype(np.int64)
    distinct, codes = np.unique(places, return_inverse=True)
    period = np.full(len(found), -1, np.int64)
    period[known] = codes
    return Periods(
        unit=unit,
        labels=tuple(_clock_label(unit, int(place)) for place in distinct),
        position=distinct.astype(np.float64),
        cycle=_CYCLE[unit],
        period=period,
    )


def _clock_label(unit: str, place: int) -> str:
    """Name a period.

    Example:
        >>> _clock_label("month", 2026 * 12), _clock_label("season", 2026 * 4), _clock_label("week", 2921)
        ('2026-01', 'winter 2025/26', '2026-W01')
    """
    if unit == "week":
        year, week, _ = (date(1970, 1, 5) + timedelta(weeks=place)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        return f"{place // 12}-{place % 12 + 1:02d}"
    if unit == "season":
        year, season = divmod(place, 4)
        name = ("winter", "spring", "summer", "autumn")[season]
        return f"{name} {year - 1}/{year % 100:02d}" if season == 0 else f"{name} {year}"
    return str(place)


def _by_columns(reading: Reading, by: str) -> Periods:
    names = [name.strip() for name in by.split(",")]
    columns = [reading.own_column(name).combine_chunks().dictionary_encode() for name in names]
    codes = [column.indices.fill_null(-1).to_numpy().astype(np.int64) for column in columns]
    values = [["" if v is None else str(v) for v in column.dictionary.to_pylist()] for column in columns]
    known = np.all([code >= 0 for code in codes], axis=0)
    known &= np.all(
        [np.array([*map(bool, v), False])[code] for code, v in zip(codes, values, strict=True)], 0
    )
    tuples, inverse = np.unique(np.stack(codes)[:, known], axis=1, return_inverse=True)
    if not tuples.shape[1]:
        cure = "attire index PHOTOS --source NAME" if by == "source" else "attire index PHOTOS --meta FILE"
        raise DataError(f"--by {by}: no garment has one. Give it, photos are not read again: {cure}")
    if tuples.shape[1] > _MOST_GROUPS:
        raise DataError(
            f"--by {by}: makes {tuples.shape[1]:,} groups of garments, expected at most {_MOST_GROUPS}. "
            "Group by columns with fewer values."
        )
    groups = [tuple(v[c] for v, c in zip(values, t, strict=True)) for t in tuples.T.tolist()]
    places = _places(groups)
    order = sorted(range(len(groups)), key=lambda g: places[g] if places else _natural(groups[g]))
    rank = np.empty(len(groups), np.int64)
    rank[order] = np.arange(len(groups))
    period = np.full(len(known), -1, np.int64)
    period[known] = rank[inverse.ravel()]
    seasonal = any(value.lower() in _SEASONS for value in groups[0])
    return Periods(
        unit=by,
        labels=tuple(" ".join(groups[g]) for g in order),
        position=np.array([places[g] for g in order], np.float64) if places else None,
        cycle=4.0 if places and seasonal else None,
        period=period,
    )


def _places(groups: Sequence[tuple[str, ...]]) -> list[float] | None:
    """Give each group its place in time, or None where groups have none.

    Example:
        >>> _places([("2012", "Spring"), ("2011", "Winter")]), _places([("shop",), ("street",)])
        ([8048.0, 8047.0], None)
    """
    columns = list(zip(*groups, strict=True))
    numbers = [all(_is_number(value) for value in column) for column in columns]
    seasons = [all(value.lower() in _SEASONS for value in column) for column in columns]
    if sum(numbers) != 1 or sum(numbers) + sum(seasons) != len(columns) or sum(seasons) > 1:
        return None
    year = columns[numbers.index(True)]
    if not any(seasons):
        return [float(value) for value in year]
    season = columns[seasons.index(True)]
    return [float(y) * 4 + _SEASONS[s.lower()] for y, s in zip(year, season, strict=True)]


def _natural(group: tuple[str, ...]) -> tuple[tuple[int, float, str], ...]:
    """Sort seasons by the year, numbers by size, all else by name."""
    return tuple(
        (0, _SEASONS[v.lower()], v)
        if v.lower() in _SEASONS
        else (1, float(v), v)
        if _is_number(v)
        else (2, 0.0, v)
        for v in group
    )


def _is_number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal()


def label_ahead(periods: Periods, place: float) -> str:
    """Name a period that has not come yet."""
    if periods.unit in CLOCKS:
        return _clock_label(periods.unit, int(place))
    if periods.cycle is None:
        return f"{place:g}"
    year, season = divmod(int(place), 4)
    return f"{year} {('Spring', 'Summer', 'Autumn', 'Winter')[season]}"


def peak_label(unit: str, fraction: float) -> str:
    """Say when in the year something is highest.

    Args:
        unit: What the year was cut into.
        fraction: In 0 … 1 of a year.

    Example:
        >>> peak_label("month", 6 / 12), peak_label("season", 0.5), peak_label("year,season", 0.25)
        ('July', 'summer', 'summer')
    """
    months = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    if unit in ("week", "month"):
        return months[round(fraction * 12) % 12]
    names = ("winter", "spring", "summer", "autumn")
    place = round(fraction * 4) % 4
    return names[place] if unit == "season" else names[(place + 1) % 4]
