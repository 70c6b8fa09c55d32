"""Large CSV files in pieces, so that neither the text nor a table of it is ever whole in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from attire.errors import AnnotationError
from attire.extras import require

if TYPE_CHECKING:
    import polars

__all__ = ["CsvBlock", "read_csv_blocks"]

_BLOCK = 1 << 23


@dataclass(frozen=True, slots=True, eq=False)
class CsvBlock:
    """Some consecutive rows of a CSV file."""

    first_row: int
    """Row of the file that its first one is; the header is row 1."""
    table: "polars.DataFrame"
    """One column of text per name asked for, null where a field is empty or the column absent."""

    def texts(self, column: str) -> list[str]:
        """Give a column as texts, the empty one where nothing stands."""
        values: list[str] = self.table[column].fill_null("").to_list()
        return values


def read_csv_blocks(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Iterator[CsvBlock]:
    """Read some columns of a CSV file, block by block.

    Args:
        path: The file: UTF-8, with a header, no line breaks inside fields.
        required: Columns that must be there, in any order.
        optional: Columns that may be.

    Yields:
        Blocks of about 8 MiB of text, in order.

    Raises:
        AnnotationError: If the file is absent or empty, lacks a column, or is no table.
        MissingExtraError: If polars is not installed.
    """
    polars = require("polars", "data")
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise AnnotationError(f"{path}: no such file.") from None
    with file:
        header = file.readline().decode("utf-8-sig", "replace").strip()
        names = [name.strip('" ') for name in header.split(",")]
        missing = [name for name in required if name not in names]
        if missing:
            raise AnnotationError(
                f"{path}: the header {header[:200]!r} lacks {', '.join(missing)}; expected "
                f"{','.join(required)}. Check that this is the right file."
            )
        wanted = [name for name in (*required, *optional) if name in names]
        absent = [polars.lit(None, polars.String).alias(name) for name in optional if name not in names]
        row = 2
        while text := file.read(_BLOCK):
            try:
                table = polars.read_csv(
                    b"".join([",".join(names).encode(), b"\n", text, file.readline()]),
                    columns=wanted,
                    infer_schema=False,
                    encoding="utf8-lossy",
                    truncate_ragged_lines=True,
                )
            except polars.exceptions.PolarsError as error:
                what = str(error).split("\n")[0][:200]
                raise AnnotationError(f"{path}: from row {row} on, not readable as CSV ({what}).") from None
            yield CsvBlock(row, table.with_columns(absent))
            row += len(table)
