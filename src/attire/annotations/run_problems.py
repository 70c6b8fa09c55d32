"""What can be wrong with runs, found for all rows of a file at once."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from attire.annotations.raw_runs import RawRuns

__all__ = ["RunProblem", "RunProblems", "describe_run_problem", "find_run_problems"]

Integers = npt.NDArray[np.int64]


class RunProblem(IntEnum):
    """What is wrong with a row's runs; the gravest is told first."""

    NONE = 0
    OVERLAP = 1
    """Two runs share pixels."""
    OUTSIDE = 2
    """A run ends behind the photo's last pixel."""
    NO_LENGTH = 3
    """A run has the length 0."""
    NO_START = 4
    """A run starts at 0; the first pixel is 1."""
    ODD = 5
    """A start has no length."""
    MALFORMED = 6
    """Something that is no number."""


@dataclass(frozen=True, slots=True, eq=False)
class RunProblems:
    """One verdict per row."""

    codes: npt.NDArray[np.uint8]
    """:class:`RunProblem` of each row, shape ``(N,)``."""
    places: Integers
    """Which run of its row shows it first, 0-based; −1 where no single run does, shape ``(N,)``."""
    unordered: npt.NDArray[np.bool_]
    """Rows whose runs do not rise, shape ``(N,)``: harmless, sorted on reading."""
    touching: npt.NDArray[np.bool_]
    """Rows with runs that could be one, shape ``(N,)``: harmless, merged on reading."""

    def __len__(self) -> int:
        return len(self.codes)


def find_run_problems(raw: RawRuns, sizes: npt.NDArray[np.integer]) -> RunProblems:
    """Judge every row's runs against its photo.

    Rows that rise without touching, as nearly all do, cost one comparison per run; only the others are
    looked at again, sorted.

    Args:
        raw: Runs as they stand in the file.
        sizes: ``(height, width)`` of each row's photo in pixels, shape ``(N, 2)``.

    Returns:
        One verdict per row.

    Example:
        >>> from attire.annotations.raw_runs import parse_pairs
        >>> raw = parse_pairs(["1 2 4 1", "1 2 4 3", "1 3 3 1"])
        >>> found = find_run_problems(raw, np.array([[2, 2], [2, 3], [2, 2]]))
        >>> [RunProblem(code).name for code in found.codes]
        ['NONE', 'NONE', 'OVERLAP']
        >>> found = find_run_problems(raw, np.array([[2, 2], [2, 2], [2, 2]]))
        >>> RunProblem(found.codes[1]).name, int(found.places[1])
        ('OUTSIDE', 1)
    """
    n = len(raw)
    pixels = sizes[:, 0].astype(np.int64) * sizes[:, 1]
    found = RunProblems(np.zeros(n, np.uint8), np.full(n, -1), np.zeros(n, bool), np.zeros(n, bool))
    doubtful = np.flatnonzero(_doubtful(raw, pixels))
    if len(doubtful):
        _judge(raw, pixels, doubtful, found)
    found.codes[raw.odd] = RunProblem.ODD
    found.codes[raw.malformed] = RunProblem.MALFORMED
    found.places[raw.odd | raw.malformed] = -1
    return found


def _doubtful(raw: RawRuns, pixels: Integers) -> npt.NDArray[np.bool_]:
    """Rows that do not plainly rise from the first pixel to the last without touching."""
    out = np.zeros(len(raw), bool)
    if not len(raw.starts):
        return out
    starts = raw.starts.view(np.uint32)  # the sum of two int32 fits
    ends = starts + raw.lengths.view(np.uint32)
    stuck = starts[1:] <= ends[:-1]
    full = raw.offsets[1:] > raw.offsets[:-1]
    begin, last = raw.offsets[:-1][full], raw.offsets[1:][full] - 1
    stuck[last[:-1]] = False
    suspects = np.concatenate([np.flatnonzero(stuck), np.flatnonzero(raw.lengths == 0)])
    out[np.searchsorted(raw.offsets, suspects, side="right") - 1] = True
    out[full] |= (raw.starts[begin] == 0) | (ends[last] > pixels[full] + 1)
    return out


def _judge(raw: RawRuns, pixels: Integers, rows: Integers, found: RunProblems) -> None:
    """Look at chosen rows run by run, writing the verdicts into ``found``; later ones are graver."""
    counts = np.diff(raw.offsets)[rows]
    row = np.repeat(rows, counts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    where = raw.offsets[row] + place
    start, length = raw.starts[where].astype(np.int64), raw.lengths[where].astype(np.int64)
    same = row[1:] == row[:-1]
    found.unordered[row[1:][same & (start[1:] < start[:-1])]] = True

    order = np.lexsort((start, row))
    gap = start[order][1:] - (start + length)[order][:-1]
    found.touching[row[1:][same & (gap == 0)]] = True
    for problem, wrong in (
        (RunProblem.OVERLAP, order[1:][same & (gap < 0)]),
        (RunProblem.OUTSIDE, np.flatnonzero(start + length - 1 > pixels[row])),
        (RunProblem.NO_LENGTH, np.flatnonzero(length == 0)),
        (RunProblem.NO_START, np.flatnonzero(start == 0)),
    ):
        found.codes[row[wrong]] = problem
        found.places[row[wrong[::-1]]] = place[wrong[::-1]]


def describe_run_problem(
    raw: RawRuns, found: RunProblems, row: int, size: tuple[int, int]
) -> tuple[str, str]:
    """Say what is wrong with a row's runs, and what to do.

    Args:
        raw: Runs as they stand in the file.
        found: The verdicts on them.
        row: Which row, 0-based.
        size: ``(height, width)`` of its photo in pixels.

    Returns:
        What was found beside what was expected, and the cure; both without a full stop.

    Example:
        >>> from attire.annotations.raw_runs import parse_pairs
        >>> raw = parse_pairs(["90001 12"])
        >>> describe_run_problem(raw, find_run_problems(raw, np.array([[300, 300]])), 0, (300, 300))
        ('run 90001+12 ends at 90012, but 300x300 has 90000 pixels', 'Check Height/Width')
    """
    problem = RunProblem(int(found.codes[row]))
    begin, end = int(raw.offsets[row]), int(raw.offsets[row + 1])
    if problem is RunProblem.MALFORMED:
        return "EncodedPixels hold more than whole numbers and spaces", "Write 'start length' pairs"
    if problem is RunProblem.ODD:
        return (
            f"EncodedPixels hold {2 * (end - begin) + 1} numbers, but runs are 'start length' pairs",
            "Check that the row was not cut short",
        )
    if problem is RunProblem.NONE:
        return "nothing is wrong", "Leave it"
    at = begin + int(found.places[row])
    start, length = int(raw.starts[at]), int(raw.lengths[at])
    run = f"run {start}+{length}"
    if problem is RunProblem.OUTSIDE:
        height, width = size
        return (
            f"{run} ends at {start + length - 1}, but {height}x{width} has {height * width} pixels",
            "Check Height/Width",
        )
    if problem is RunProblem.NO_START:
        return f"{run} starts at 0, but pixels are counted from 1", "Add 1 to every start"
    if problem is RunProblem.NO_LENGTH:
        return f"{run} has no pixels, but a run has at least one", "Leave such runs out"
    others = raw.starts[begin:end].astype(np.int64), raw.lengths[begin:end].astype(np.int64)
    shared = (others[0] < start + length) & (others[0] + others[1] > start)
    shared[at - begin] = False
    other = int(np.flatnonzero(shared)[0])
    return (
        f"{run} overlaps run {int(others[0][other])}+{int(others[1][other])}, but each pixel counts once",
        "Write every pixel in one run only",
    )
