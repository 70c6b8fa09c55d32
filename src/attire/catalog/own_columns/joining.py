"""Rows of a table, each found by the photo it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from attire.catalog.own_columns.reading import read_names, read_table
from attire.catalog.own_columns.types import as_times, fit_to, plain_column, proper_name
from attire.errors import DataError

__all__ = ["Own", "OwnColumns", "read_own_columns"]

KEYS = ("photo_uri", "photo", "file", "filename", "file_name", "image", "uri", "path", "url", "id")
"""Names of the column that says which photo a row is about, the first that is there; in any case."""
TIMES = ("seen_at", "date", "time")
"""Names of the column that says when a garment was seen, if it holds times; in any case."""
_SAYS_MORE = "id"
"""The key that is a column of its own, too: the others only repeat the photo's name."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the user says of a photo."""

    values: Mapping[str, Any]
    """The user's columns, by name."""
    seen_at: datetime | None
    """When its garments were seen, UTC; None if that is not said."""


@dataclass(eq=False)
class OwnColumns:
    """The user's table."""

    fields: tuple[pa.Field, ...]
    """Columns that the catalogue is to keep."""
    key: str
    """Column that names the photos."""
    seen_at: str | None
    """Column that says when; None if there is none."""
    malformed: int
    """Rows that were left out because they have too few or too many values, or name no photo."""
    repeated: int
    """Rows about a photo that an earlier row is about: the earlier one holds."""
    _places: dict[str, int] = field(repr=False)
    _columns: dict[str, pa.Array] = field(repr=False)
    _times: pa.Array | None = field(repr=False)
    _used: set[int] = field(default_factory=set, repr=False)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def unused(self) -> int:
        """Rows that no photo asked for so far."""
        return len(self._places) - len(self._used)

    def of(self, uri: str) -> Own | None:
        """Give what is said of a photo; None if nothing is.

        Args:
            uri: Found by the whole of it or by its end, such as ``shop/15970.jpg``, ``15970.jpg`` or, without
                what tells the format, ``15970``; the longest end that the table has.
        """
        place = next((self._places[end] for end in _ends(uri) if end in self._places), None)
        if place is None:
            return None
        self._used.add(place)
        time = None if self._times is None else self._times[place].as_py()
        return Own(
            values={name: column[place].as_py() for name, column in self._columns.items()},
            seen_at=None if time is None else time.replace(tzinfo=UTC),
        )


def read_own_columns(
    path: Path,
    *,
    key: str | None = None,
    seen_at: str | None = None,
    have: Sequence[pa.Field] = (),
) -> OwnColumns:
    """Read the user's table.

    Args:
        path: CSV or Parquet, one row per photo.
        key: Column that names the photos; recognised if None.
        seen_at: Column that says when garments were seen; recognised if None.
        have: The user's columns that the catalogue has already.

    Raises:
        DataError: If it cannot be read, names no photos, has a name that is taken, or a column that is to be
            time and is not.
    """
    names = read_names(path)
    key = _find(path, names, key, KEYS)
    if key is None:
        raise DataError(
            f"{path}: which photo is a row about? Expected a column called {', '.join(KEYS[:-1])} or "
            f"{KEYS[-1]}; found {', '.join(names)}. Say --meta-key COLUMN"
        )
    table, malformed = read_table(path, as_text=key)
    places, nameless, repeated = _places(table.column(key).cast(pa.string()).to_pylist())
    plain = {name: plain_column(name, table.column(name), path) for name in names}
    plain[key] = plain[key].cast(pa.string())
    when = _find(path, names, seen_at, TIMES)
    times = None if when is None else as_times(plain[when])
    if seen_at is not None and times is None:
        raise DataError(
            f"{path}: --seen-at {seen_at}: not all of its values are times such as 2026-01-05 or "
            "2026-01-05T10:00:00Z."
        )
    repeats = key.lower() in KEYS and key.lower() != _SAYS_MORE
    left_out = {key if repeats else "", when if times is not None and str(when).lower() == "seen_at" else ""}
    kinds = {one.name: one.type for one in have}
    columns = {
        proper_name(name, path): fit_to(values, kinds.get(name)).combine_chunks()
        for name, values in plain.items()
        if name not in left_out
    }
    return OwnColumns(
        fields=tuple(pa.field(name, values.type) for name, values in columns.items()),
        key=key,
        seen_at=None if times is None else when,
        malformed=malformed + nameless,
        repeated=repeated,
        _places=places,
        _columns=columns,
        _times=None if times is None else times.combine_chunks(),
    )


def _find(path: Path, names: Sequence[str], said: str | None, known: Sequence[str]) -> str | None:
    """The column that was said, or the first of known names."""
    if said is not None:
        if said not in names:
            raise DataError(f"{path}: has no column {said!r}; found {', '.join(names)}.")
        return said
    by_name = {name.strip().lower(): name for name in reversed(names)}
    return next((by_name[name] for name in known if name in by_name), None)


def _places(keys: Sequence[str | None]) -> tuple[dict[str, int], int, int]:
    places: dict[str, int] = {}
    nameless = repeated = 0
    for place, name in enumerate(keys):
        name = (name or "").strip()
        if not name:
            nameless += 1
        elif places.setdefault(name.removeprefix("./"), place) != place:
            repeated += 1
    return places, nameless, repeated


def _ends(uri: str) -> Iterator[str]:
    """Give the ends of a URI, longest first, each with and without its ending.

    Example:
        >>> list(_ends("/shop/7.jpg"))
        ['/shop/7.jpg', '/shop/7', 'shop/7.jpg', 'shop/7', '7.jpg', '7']
    """
    path = urlsplit(uri).path if "://" in uri else uri
    parts = [part for part in path.split("/") if part]
    whole = [uri] if "://" in uri or uri.startswith("/") else []
    for end in (*whole, *("/".join(parts[start:]) for start in range(len(parts)))):
        yield end
        suffix = PurePosixPath(end).suffix
        if suffix:
            yield end.removesuffix(suffix)
