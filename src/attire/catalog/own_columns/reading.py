"""A CSV or Parquet file as a table, with the types its values have."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import csv, parquet

from attire.errors import DataError

__all__ = ["read_names", "read_table"]

_WRONG = re.compile(r"In CSV column #(\d+)")
"""How pyarrow names the column whose values do not all have the type of the first ones."""


def read_names(path: Path) -> list[str]:
    """Give the names of a table's columns.

    Raises:
        DataError: As :func:`read_table`.
    """
    with _explained(path):
        if _is_csv(path):
            with csv.open_csv(path, parse_options=_parsing(path)) as reader:
                names = list(reader.schema.names)
        else:
            names = list(parquet.read_schema(path).names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(f"{path}: two columns are called {twice[0]!r}. Give each a name of its own.")
    return names


def read_table(path: Path, as_text: str | None = None) -> tuple[pa.Table, int]:
    """Read a table.

    The type of a CSV's column is the one that all its values have; where they have several, it is text.

    Args:
        path: Ends in ``.csv``, ``.tsv``, ``.parquet`` or ``.pq``.
        as_text: Column that stays text whatever it holds, so that 007 does not become 7.

    Returns:
        The table, and how many rows were left out because they have too few or too many values.

    Raises:
        DataError: If it cannot be read.
    """
    with _explained(path):
        return _read_csv(path, as_text) if _is_csv(path) else (parquet.read_table(path), 0)


def _is_csv(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".parquet", ".pq"):
        raise DataError(f"{path}: expected a table that ends in .csv, .tsv or .parquet.")
    return suffix in (".csv", ".tsv")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise DataError(f"{path}: no such table. Check the name.") from None
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{path}: cannot be read as a table ({error}).") from None


def _parsing(path: Path, skip: Callable[[csv.InvalidRow], str] | None = None) -> csv.ParseOptions:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    return csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip)


def _read_csv(path: Path, as_text: str | None) -> tuple[pa.Table, int]:
    malformed: list[int] = []

    def skip(row: csv.InvalidRow) -> str:
        malformed.append(row.number or 0)
        return "skip"

    parse = _parsing(path, skip)
    text = {} if as_text is None else {as_text: pa.string()}
    while True:
        malformed.clear()
        convert = csv.ConvertOptions(column_types=text, strings_can_be_null=True)
        try:
            return csv.read_csv(path, parse_options=parse, convert_options=convert), len(malformed)
        except pa.ArrowInvalid as error:
            found = _WRONG.search(str(error))
            names = read_names(path)
            name = names[int(found[1])] if found else None
            if name is None or name in text:
                raise
            text[name] = pa.string()
