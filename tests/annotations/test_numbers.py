"""Numbers in text, against Python's own reading and writing of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attire.annotations import numbers
from attire.annotations.numbers import LARGEST, format_numbers, parse_numbers

rows_of_numbers = st.lists(st.lists(st.integers(0, LARGEST), max_size=6), min_size=1, max_size=8)


def as_lists(rows):
    return [
        rows.values[begin:end].tolist()
        for begin, end in zip(rows.offsets[:-1], rows.offsets[1:], strict=True)
    ]


@given(rows_of_numbers)
def test_numbers_are_read_as_python_reads_them(rows):
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    found = parse_numbers(text.encode())
    assert as_lists(found) == rows
    assert not found.malformed.any()


@given(rows_of_numbers, st.integers(1, 40))
def test_where_the_text_is_cut_into_blocks_makes_no_difference(rows, block):
    text = "\n".join("  ".join(map(str, row)) + " " for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_BLOCK", block)
        found = parse_numbers(text.encode())
    assert as_lists(found) == rows


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=1, max_size=6), max_size=8))
def test_numbers_are_written_as_python_writes_them(rows):
    values = [value for row in rows for value in row]
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    assert format_numbers(values, ends).decode() == "".join(" ".join(map(str, row)) + "\n" for row in rows)


@pytest.mark.parametrize("digits", range(1, 12))
def test_every_number_of_digits_is_read(digits):
    number = int("9876543210987"[:digits])
    assert parse_numbers(f"1 {number} {number}".encode()).values.tolist() == [
        1,
        min(number, LARGEST),
        min(number, LARGEST),
    ]


def test_leading_zeros_and_endless_numbers_are_read():
    assert parse_numbers(b"007 " + b"9" * 5000 + b" 0000000000012").values.tolist() == [7, LARGEST, 12]


@pytest.mark.parametrize("foreign", ["-1 2", "1.5 2", "1,2", "a", "1 2\t3", "١ 2", "1;2", "0x10 2", "1e3 2"])
def test_what_is_no_number_is_told(foreign):
    text = "\n".join(["1 2", foreign, "3 4", foreign, ""])
    found = parse_numbers(text.encode())
    assert found.malformed.tolist() == [False, True, False, True, False]
    kept = as_lists(found)
    assert (kept[0], kept[2], kept[4]) == ([1, 2], [3, 4], [])
