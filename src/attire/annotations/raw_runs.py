"""iMaterialist's ``start length`` pairs as they stand in a file, right or wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations.numbers import parse_numbers

__all__ = ["RawRuns", "parse_pairs"]


@dataclass(frozen=True, slots=True, eq=False)
class RawRuns:
    """The runs of N rows, unchecked: they may overlap, leave the photo or stand in any order."""

    starts: npt.NDArray[np.int32]
    """First pixel of each run, 1-based and column-major as in the file, shape ``(R,)``."""
    lengths: npt.NDArray[np.int32]
    """Pixels in each run, shape ``(R,)``."""
    offsets: npt.NDArray[np.int64]
    """Where each row's runs begin, shape ``(N + 1,)``."""
    odd: npt.NDArray[np.bool_]
    """Rows with a start that has no length, shape ``(N,)``; that start is left out."""
    malformed: npt.NDArray[np.bool_]
    """Rows that hold more than digits and spaces, shape ``(N,)``; their runs mean nothing."""

    def __len__(self) -> int:
        return len(self.odd)


def parse_pairs(column: Iterable[str]) -> RawRuns:
    """Read a column of ``EncodedPixels`` as it stands, without judging it.

    Args:
        column: One text per row, such as a list or a polars Series without nulls.

    Returns:
        The runs, row by row.

    Example:
        >>> raw = parse_pairs(["1 2 4 1", "7 2 9", ""])
        >>> raw.starts.tolist(), raw.lengths.tolist(), raw.offsets.tolist(), raw.odd.tolist()
        ([1, 4, 7], [2, 1, 2], [0, 2, 3, 3], [False, True, False])
    """
    texts = list(column)
    if not texts:
        none = np.zeros(0, np.int32)
        return RawRuns(none, none, np.zeros(1, np.int64), np.zeros(0, bool), np.zeros(0, bool))
    text = "\n".join(texts)
    if text.count("\n") >= len(texts):
        text = "\n".join(row.replace("\n", "?") for row in texts)
    rows = parse_numbers(text.encode("ascii", "replace"))
    counts = np.diff(rows.offsets)
    odd = counts % 2 == 1
    values = rows.values
    if odd.any():
        values = np.delete(values, rows.offsets[1:][odd] - 1)
    offsets = np.zeros(len(rows.offsets), np.int64)
    np.cumsum(counts // 2, out=offsets[1:])
    return RawRuns(
        np.ascontiguousarray(values[0::2]), np.ascontiguousarray(values[1::2]), offsets, odd, rows.malformed
    )
