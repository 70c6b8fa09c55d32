"""Rows of an iMaterialist CSV, decoded block by block on two threads."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.annotations.csv_blocks import CsvBlock
from attire.annotations.pairs import to_run_lengths
from attire.annotations.raw_runs import parse_pairs
from attire.annotations.run_problems import describe_run_problem, find_run_problems
from attire.masks import RunLengths

__all__ = ["CsvRows", "SizesOf", "decode_rows", "stated_sizes"]

SizesOf = Callable[[CsvBlock], npt.NDArray[np.int32]]
"""Gives ``(height, width)`` for each row of a block, shape ``(N, 2)``; 0 where there is none."""

_THREADS = 2
_LARGEST_SIDE = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class CsvRows:
    """Some consecutive rows of an iMaterialist CSV."""

    first_row: int
    """Row of the file that the first one is; the header is row 1."""
    image_ids: list[str]
    """File name of each row's photo."""
    class_ids: list[str]
    """``ClassId`` of each row, unparsed."""
    sizes: npt.NDArray[np.int32]
    """``(height, width)`` of each row's photo, shape ``(N, 2)``."""
    masks: RunLengths
    """N masks; empty where the row has a problem."""
    problems: dict[int, tuple[str, str]]
    """What is wrong with a row's mask, and the cure, by place in the block."""

    def __len__(self) -> int:
        return len(self.image_ids)

    @property
    def unmarked(self) -> npt.NDArray[np.bool_]:
        """Rows with no pixels, where that is not the problem, shape ``(N,)``."""
        unmarked = np.asarray(np.diff(self.masks.offsets) == 0)
        unmarked[list(self.problems)] = False
        return unmarked

    @property
    def classless(self) -> npt.NDArray[np.bool_]:
        """Rows without a ``ClassId``, shape ``(N,)``."""
        return np.array([not class_id for class_id in self.class_ids], bool)


def stated_sizes(block: CsvBlock) -> npt.NDArray[np.int32]:
    """Give each row's Height and Width as the file states them; 0 where it states no whole number."""
    import polars

    columns = polars.col("Height", "Width").str.strip_chars().cast(polars.Int32, strict=False)
    sizes = block.table.select(columns.fill_null(0)).to_numpy().astype(np.int32, order="C")
    pixels = sizes[:, 0].astype(np.int64) * sizes[:, 1]
    sizes[(sizes < 1).any(axis=1) | (pixels > _LARGEST_SIDE)] = 0
    return sizes


def decode_rows(blocks: Iterable[CsvBlock], sizes_of: SizesOf) -> Iterator[CsvRows]:
    """Decode blocks on two threads, NumPy's loops running beside each other.

    Args:
        blocks: Pieces of the file, in order.
        sizes_of: Where each row's photo size comes from.

    Yields:
        Their rows, in order.
    """
    waiting: deque[Future[CsvRows]] = deque()
    executor = ThreadPoolExecutor(_THREADS)
    try:
        for block in blocks:
            waiting.append(executor.submit(_decode, block, sizes_of))
            if len(waiting) > _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        executor.shutdown(cancel_futures=True)


def _decode(block: CsvBlock, sizes_of: SizesOf) -> CsvRows:
    sizes = sizes_of(block)
    raw = parse_pairs(block.texts("EncodedPixels"))
    found = find_run_problems(raw, sizes)
    problems = {}
    for row in np.flatnonzero(found.codes).tolist():
        height, width = (int(side) for side in sizes[row])
        problems[row] = describe_run_problem(raw, found, row, (height, width))
    return CsvRows(
        block.first_row,
        block.texts("ImageId"),
        block.texts("ClassId"),
        sizes,
        to_run_lengths(raw, sizes, found),
        problems,
    )
