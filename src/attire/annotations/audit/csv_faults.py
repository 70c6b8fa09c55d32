"""What is wrong with the rows of an iMaterialist CSV, found block by block."""

import csv
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from attire.annotations.audit.class_faults import judge_class_id
from attire.annotations.audit.fault import Fault, fault
from attire.annotations.audit.stated_sizes import StatedSize
from attire.annotations.csv_blocks import CsvBlock, read_csv_blocks
from attire.annotations.csv_rows import stated_sizes
from attire.annotations.raw_runs import parse_pairs
from attire.annotations.run_problems import RunProblem, describe_run_problem, find_run_problems
from attire.ontology import Ontology

__all__ = ["CsvListing", "find_ragged_rows", "find_row_faults", "list_photos"]

_COLUMNS = ("ImageId", "EncodedPixels", "Height", "Width", "ClassId")
_ANY_SIZE = (2**31 - 1, 1)
_CODES = {
    RunProblem.OVERLAP: "run-overlap",
    RunProblem.OUTSIDE: "run-outside",
    RunProblem.NO_LENGTH: "empty-run",
    RunProblem.NO_START: "zero-start",
    RunProblem.ODD: "odd-count",
    RunProblem.MALFORMED: "malformed-number",
}


class CsvListing(NamedTuple):
    """What a CSV says of its photos, its masks left aside."""

    first_rows: dict[str, int]
    """Every file name and the first row of it."""
    sizes: list[StatedSize]
    """Every size stated."""
    rows: int
    """How many rows the file has, without its header."""


def find_ragged_rows(path: Path, file: str) -> Iterator[Fault]:
    """Find lines that do not have a field per column.

    Args:
        path: The CSV.
        file: How findings name it.

    Yields:
        One fault per line.
    """
    with path.open("rb") as lines:
        columns = len(next(lines, b"").split(b","))
        for row, line in enumerate(lines, start=2):
            fields = line.count(b",") + 1
            if b'"' in line:
                fields = len(next(csv.reader([line.decode("utf-8", "replace")])))
            if fields != columns:
                found = f"{fields} fields" if line.strip() else "an empty line"
                yield fault("ragged-row", file, f"{found}, the header has {columns}", row=row)


def list_photos(path: Path, without: Set[int] = frozenset()) -> CsvListing:
    """Read which photos a CSV lists and at what size.

    Args:
        path: The CSV.
        without: Rows to pass over.

    Raises:
        AnnotationError: If the file cannot be read as such a CSV.
    """
    first_rows: dict[str, int] = {}
    sizes: dict[tuple[str, int, int], tuple[int, int]] = {}
    rows = 0
    for block in read_csv_blocks(path, _COLUMNS):
        rows += len(block.table)
        stated = stated_sizes(block).tolist()
        for row, (name, (height, width)) in enumerate(
            zip(block.texts("ImageId"), stated, strict=True), start=block.first_row
        ):
            if not name or row in without:
                continue
            first_rows.setdefault(name, row)
            if height:
                first, count = sizes.get((name, height, width), (row, 0))
                sizes[name, height, width] = first, count + 1
    entries = [
        StatedSize(name, (height, width), first, count)
        for (name, height, width), (first, count) in sizes.items()
    ]
    return CsvListing(first_rows, entries, rows)


def find_row_faults(
    path: Path,
    file: str,
    ontology: Ontology,
    photo_sizes: Mapping[str, tuple[int, int]],
    without: Set[int] = frozenset(),
) -> Iterator[Fault]:
    """Find what is wrong with each row by itself, and rows that repeat another.

    A run leaves the photo if it fits neither the size stated nor the photo's own, so that a wrong Height
    does not make faults of its rows' masks.

    Args:
        path: The CSV.
        file: How findings name it.
        ontology: What a ``ClassId`` may hold.
        photo_sizes: ``(height, width)`` of the photos that could be read, by file name.
        without: Rows to pass over.

    Yields:
        One fault per row and thing wrong with it.
    """
    judge = cache(lambda text: judge_class_id(text, ontology))
    seen: dict[tuple[str, int, str], int] = {}
    for block in read_csv_blocks(path, _COLUMNS):
        names, pixels, classes = (block.texts(name) for name in ("ImageId", "EncodedPixels", "ClassId"))
        stated = stated_sizes(block)
        yield from _field_faults(block, stated, file, without)
        yield from _run_faults(block, stated, file, photo_sizes, without)
        for row, (name, text, class_id) in enumerate(
            zip(names, pixels, classes, strict=True), start=block.first_row
        ):
            if row in without:
                continue
            if class_id:
                for code, what in judge(class_id):
                    yield fault(code, file, f"{name}: {what}", row=row)
            if text:
                first = seen.setdefault((name, hash(text), class_id), row)
                if first != row:
                    yield fault("duplicate-row", file, f"{name}: the same as row {first}", row=row)


def _field_faults(
    block: CsvBlock, stated: npt.NDArray[np.int32], file: str, without: Set[int]
) -> Iterator[Fault]:
    """Find fields that are empty or no size; a photo without mask and class is one without garments."""
    fields = {name: block.texts(name) for name in _COLUMNS}
    lacking = np.array([[not text for text in fields[name]] for name in _COLUMNS], bool)
    lacking[_COLUMNS.index("EncodedPixels")] = False  # an empty mask, told by its runs
    lacking[_COLUMNS.index("ClassId")] &= np.array([bool(text.strip()) for text in fields["EncodedPixels"]])
    unsized = (stated[:, 0] == 0) & ~lacking.any(axis=0)
    for place in np.flatnonzero(lacking.any(axis=0) | unsized).tolist():
        row = block.first_row + place
        if row in without:
            continue
        name = fields["ImageId"][place]
        if unsized[place]:
            height, width = (fields[side][place][:40] for side in ("Height", "Width"))
            what = f"{name}: Height {height!r}, Width {width!r}, expected whole numbers above 0"
            yield fault("bad-size", file, what, row=row)
            continue
        empty = " and ".join(column for column, gone in zip(_COLUMNS, lacking[:, place], strict=True) if gone)
        yield fault("missing-value", file, f"{name or 'the row'}: nothing in {empty}", row=row)


def _run_faults(
    block: CsvBlock,
    stated: npt.NDArray[np.int32],
    file: str,
    photo_sizes: Mapping[str, tuple[int, int]],
    without: Set[int],
) -> Iterator[Fault]:
    names, classes = block.texts("ImageId"), block.texts("ClassId")
    raw = parse_pairs(block.texts("EncodedPixels"))
    sizes = np.where(stated > 0, stated, _ANY_SIZE)
    own = np.array([photo_sizes.get(name, (0, 0)) for name in names], np.int64).reshape(-1, 2)
    larger = (own.prod(axis=1) > sizes.prod(axis=1, dtype=np.int64)) | ((stated[:, 0] == 0) & (own[:, 0] > 0))
    sizes[larger] = own[larger]
    found = find_run_problems(raw, sizes)
    empty = (np.diff(raw.offsets) == 0) & (found.codes == RunProblem.NONE)
    for place in np.flatnonzero((found.codes != RunProblem.NONE) | empty).tolist():
        row, name = block.first_row + place, names[place]
        if row in without or (empty[place] and not classes[place]):
            continue
        if empty[place]:
            yield fault("empty-mask", file, f"{name}: no runs, an instance has pixels", row=row)
            continue
        height, width = (int(side) for side in sizes[place])
        what, _ = describe_run_problem(raw, found, place, (height, width))
        problem = RunProblem(int(found.codes[place]))
        cure = None if problem is not RunProblem.OUTSIDE or name in photo_sizes else "Check Height/Width."
        yield fault(_CODES[problem], file, f"{name}: {what}", row=row, cure=cure)
