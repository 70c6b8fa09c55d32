"""iMaterialist's ``start length`` pairs (1-based, counted down the columns) ↔ run-lengths."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from attire.annotations.numbers import format_numbers
from attire.annotations.raw_runs import RawRuns, parse_pairs
from attire.annotations.run_problems import (
    RunProblem,
    RunProblems,
    describe_run_problem,
    find_run_problems,
)
from attire.errors import AnnotationError
from attire.masks import Mask, RunLengths

__all__ = ["decode_pairs", "decode_runs", "encode_pairs", "to_run_lengths"]

_NUMBERS_AT_ONCE = 1 << 20


def decode_pairs(column: Iterable[str], sizes: npt.ArrayLike) -> RunLengths:
    """Turn a column of ``EncodedPixels`` into run-lengths.

    Runs in any order are sorted, and runs that touch become one.

    Args:
        column: Space-separated pairs, one text per mask; empty means no pixels.
        sizes: ``(height, width)`` of each mask's photo in pixels, shape ``(N, 2)``.

    Returns:
        N masks.

    Raises:
        AnnotationError: If a run leaves its photo, two overlap, or the numbers do not pair up.

    Example:
        >>> runs = decode_pairs(["4 1 1 2"], [(2, 2)])
        >>> runs.starts.tolist(), runs.lengths.tolist()
        ([0, 3], [2, 1])
    """
    raw = parse_pairs(column)
    photo_sizes = np.asarray(sizes, dtype=np.int32).reshape(-1, 2)
    found = find_run_problems(raw, photo_sizes)
    if found.codes.any():
        row = int(np.flatnonzero(found.codes)[0])
        height, width = (int(side) for side in photo_sizes[row])
        what, cure = describe_run_problem(raw, found, row, (height, width))
        raise AnnotationError(f"Mask {row}: {what}. {cure}.")
    return to_run_lengths(raw, photo_sizes, found)


def decode_runs(runs: str, height: int, width: int) -> Mask:
    """Turn one iMaterialist run-length string into a mask.

    Runs are 1-based ``start length`` pairs, counted down the columns.

    Args:
        runs: Space-separated pairs; empty means no pixels.
        height: Photo height in pixels.
        width: Photo width in pixels.

    Returns:
        Bool mask, shape ``(height, width)``.

    Raises:
        AnnotationError: If a run leaves the photo or the numbers do not pair up.

    Example:
        >>> decode_runs("1 2 4 1", height=2, width=2).astype(int).tolist()
        [[1, 0], [1, 1]]
    """
    return decode_pairs([runs], [(height, width)]).decode(0)


def encode_pairs(masks: RunLengths) -> list[str]:
    """Write every mask as ``start length`` pairs; an empty mask becomes an empty text.

    Example:
        >>> encode_pairs(RunLengths.from_mask([[1, 0], [1, 1]]))
        ['1 2 4 1']
    """
    texts = [""] * len(masks)
    full = np.flatnonzero(np.diff(masks.offsets))
    ends = 2 * masks.offsets[full + 1]
    begin = 0
    while begin < len(full):
        first = 2 * int(masks.offsets[full[begin]])
        end = max(begin + 1, int(np.searchsorted(ends, first + _NUMBERS_AT_ONCE, side="right")))
        runs = slice(first // 2, int(ends[end - 1]) // 2)
        numbers = np.stack([masks.starts[runs] + 1, masks.lengths[runs]], axis=1).reshape(-1)
        lines = format_numbers(numbers, ends[begin:end] - first).decode("ascii").splitlines()
        for place, line in zip(full[begin:end].tolist(), lines, strict=True):
            texts[place] = line
        begin = end
    return texts


def to_run_lengths(raw: RawRuns, sizes: npt.NDArray[np.int32], found: RunProblems) -> RunLengths:
    """Turn runs as they stand in a file into run-lengths: 0-based, rising, not touching.

    Args:
        raw: Runs as they stand in the file.
        sizes: ``(height, width)`` of each row's photo in pixels, shape ``(N, 2)``.
        found: The verdicts on them; rows with a problem become empty masks.

    Returns:
        As many masks as rows.
    """
    bad = found.codes != RunProblem.NONE
    starts = raw.starts - np.int32(1)
    if not (bad.any() or found.unordered.any() or found.touching.any()):
        return RunLengths(starts, raw.lengths, raw.offsets, sizes)
    counts = np.diff(raw.offsets)
    lengths, row = raw.lengths, np.repeat(np.arange(len(raw)), counts)
    if bad.any():
        starts, lengths, row = (values[~bad[row]] for values in (starts, lengths, row))
    shuffled = np.flatnonzero((found.unordered & ~bad)[row])
    if len(shuffled):
        order = shuffled[np.lexsort((starts[shuffled], row[shuffled]))]
        lengths = lengths.copy()
        starts[shuffled], lengths[shuffled] = starts[order], lengths[order]
    ends = starts + lengths
    if len(starts):
        apart = (starts[1:] > ends[:-1]) | (row[1:] != row[:-1])
        first, last = np.append(True, apart), np.append(apart, True)
        starts, ends, row = starts[first], ends[last], row[first]
    return RunLengths(
        starts, (ends - starts).astype(np.int32), np.searchsorted(row, np.arange(len(raw) + 1)), sizes
    )
