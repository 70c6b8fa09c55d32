"""A CSV or Parquet file as a table, with the types its values have."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
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
            with csv.open_csv(path, parse_options=_parsing(path, lambda _: "skip")) as reader:
                names = list(reader.schema.names)
        else:
            names = list(parquet.read_schema(path).names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(f"{path}: two columns are called {twice[0]!r}. Give each a name of its own.")
    return names


def read_table(path: Path, as_text: str | None = None) -> tuple[pa.Table, int]:
    """Read a table.

    The type of a CSV's column is the one that all its values have; where they have several, it is text, and
    so are numbers with zeros in front, such as 007.

    Args:
        path: Ends in ``.csv``, ``.tsv``, ``.parquet`` or ``.pq``.
        as_text: Column that stays text whatever it holds.

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
            table = csv.read_csv(path, parse_options=parse, convert_options=convert)
            return _with_zeros(table, path), len(malformed)
        except pa.ArrowInvalid as error:
            found = _WRONG.search(str(error))
            names = read_names(path)
            name = names[int(found[1])] if found else None
            if name is None or name in text:
                raise
            text[name] = pa.string()


def _with_zeros(table: pa.Table, path: Path) -> pa.Table:
    """Take numbers with zeros in front for the text that they are."""
    names = [name for name in table.column_names if pa.types.is_integer(table.schema.field(name).type)]
    if not names:
        return table
    convert = csv.ConvertOptions(
        include_columns=names, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True
    )
    parse = _parsing(path, lambda _: "skip")
    as_text = csv.read_csv(path, parse_options=parse, convert_options=convert)
    for name in names:
        if pc.any(pc.match_substring_regex(as_text.column(name), r"^\s*-?0\d")).as_py():
            place = table.column_names.index(name)
            table = table.set_column(place, name, as_text.column(name))
    return table
