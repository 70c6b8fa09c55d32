"""Photos named in a column of a CSV or Parquet file."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import csv, parquet

from attire.catalog.connection import is_remote
from attire.catalog.sources.bucket import photos_at
from attire.catalog.sources.folder import photo_at
from attire.catalog.sources.photo import Photo
from attire.errors import DataError

__all__ = ["URI_COLUMNS", "is_list", "photos_in_list"]

URI_COLUMNS = ("photo_uri", "uri", "photo", "image", "path", "url")
"""Names of the column that is taken, the first that is there; in any case."""
LISTS = frozenset({".csv", ".parquet", ".pq", ".tsv"})


def is_list(path: str) -> bool:
    """Whether a file names photos, by its ending.

    Example:
        >>> is_list("photos.CSV"), is_list("a.jpg")
        (True, False)
    """
    return Path(path).suffix.lower() in LISTS


def photos_in_list(path: str) -> Iterator[Photo]:
    """Give the photos that a file names, in its order; a few thousand names are held at a time.

    Args:
        path: CSV or Parquet. A relative path in it counts from the file's own folder.

    Raises:
        DataError: If it cannot be read, or has no column of photos.
    """
    folder = Path(path).parent
    for batch in _batches(path):
        named = (str(value) for value in batch.to_pylist() if value not in (None, ""))
        for place, uris in groupby(named, key=_place):
            if place is None:
                for uri in uris:
                    yield photo_at(str(folder / uri.removeprefix("file://")))
            else:
                yield from photos_at(uris)


def _place(uri: str) -> tuple[str, str] | None:
    """What has to be the same for files to be asked for together: scheme and bucket."""
    return urlsplit(uri)[:2] if is_remote(uri) else None


def _batches(path: str) -> Iterator[pa.Array]:
    try:
        if Path(path).suffix.lower() in (".csv", ".tsv"):
            delimiter = "\t" if Path(path).suffix.lower() == ".tsv" else ","
            parse = csv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
            name = _column(path, csv.open_csv(path, parse_options=parse).schema.names)
            convert = csv.ConvertOptions(include_columns=[name], column_types={name: pa.string()})
            with csv.open_csv(path, parse_options=parse, convert_options=convert) as reader:
                for batch in reader:
                    yield batch.column(0)
        else:
            file = parquet.ParquetFile(path)
            name = _column(path, file.schema_arrow.names)
            for batch in file.iter_batches(columns=[name]):
                yield batch.column(0)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{path}: cannot be read as a list of photos ({error}).") from None


def _column(path: str, names: list[str]) -> str:
    for wanted in URI_COLUMNS:
        for name in names:
            if name.strip().lower() == wanted:
                return name
    raise DataError(
        f"{path}: names no photos. Expected a column called {', '.join(URI_COLUMNS[:-1])} or "
        f"{URI_COLUMNS[-1]}; found {', '.join(names)}."
    )
