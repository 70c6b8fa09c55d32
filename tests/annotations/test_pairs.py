"""``start length`` pairs: worked by hand, there and back, and everything that can be wrong with them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from pycocotools import mask as coco_mask

from attire.annotations import (
    RunProblem,
    decode_pairs,
    decode_runs,
    describe_run_problem,
    encode_pairs,
    find_run_problems,
    pairs,
    parse_pairs,
)
from attire.errors import AnnotationError
from attire.masks import RunLengths

dense_masks = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=10))


def decode_slowly(text, height, width):
    """Pixel by pixel, as one would by hand."""
    mask = np.zeros(height * width, bool)
    numbers = [int(word) for word in text.split()]
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        for pixel in range(start - 1, start - 1 + length):
            mask[pixel] = True
    return mask.reshape(width, height).T


class TestByHand:
    def test_pixels_are_counted_down_the_columns_from_one(self):
        assert decode_runs("1 2 4 1", 2, 2).tolist() == [[True, False], [True, True]]
        assert decode_runs("3 1", 2, 3).tolist() == [[False, True, False], [False, False, False]]

    def test_a_run_may_pass_from_column_to_column(self):
        assert decode_runs("2 2", 2, 2).tolist() == [[False, True], [True, False]]

    def test_nothing_is_an_empty_mask(self):
        assert not decode_runs("", 3, 4).any()
        assert encode_pairs(RunLengths.from_mask(np.zeros((3, 4)))) == [""]
        assert len(decode_pairs([], [])) == 0
        assert encode_pairs(RunLengths.empty()) == []

    def test_the_last_pixel_belongs_to_the_photo(self):
        assert decode_runs("6 1", 2, 3).sum() == 1

    @pytest.mark.parametrize(
        ("text", "starts", "lengths"),
        [
            pytest.param("7 2 1 2", [0, 6], [2, 2], id="unordered runs are sorted"),
            pytest.param("1 2 3 2", [0], [4], id="touching runs are one"),
            pytest.param("5 1 3 2 1 2", [0], [5], id="unordered and touching"),
            pytest.param("  1   2  ", [0], [2], id="more blanks than needed"),
        ],
    )
    def test_what_is_unusual_but_sound_is_put_in_order(self, text, starts, lengths):
        runs = decode_pairs(["2 1", text, "1 9"], [(3, 3)] * 3)[1]
        assert (runs.starts.tolist(), runs.lengths.tolist()) == (starts, lengths)


class TestRoundTrip:
    @given(st.lists(dense_masks, max_size=5))
    def test_masks_survive_their_text(self, masks):
        runs = RunLengths.from_masks(masks)
        texts = encode_pairs(runs)
        back = decode_pairs(texts, [mask.shape for mask in masks])
        assert len(back) == len(masks)
        for name in ("starts", "lengths", "offsets", "sizes"):
            assert np.array_equal(getattr(back, name), getattr(runs, name))
        for mask, text in zip(masks, texts, strict=True):
            assert (decode_slowly(text, *mask.shape) == mask).all()

    @given(dense_masks)
    def test_pairs_and_coco_say_the_same(self, mask):
        code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
        (text,) = encode_pairs(RunLengths.from_coco([code]))
        assert (decode_runs(text, *mask.shape) == mask).all()
        assert decode_pairs([text], [mask.shape]).to_coco()[0]["counts"].encode() == code["counts"]

    def test_writing_in_pieces_gives_the_same(self, monkeypatch):
        rng = np.random.default_rng(3)
        runs = RunLengths.from_masks(rng.random((20, 15, 9)) > 0.6)[[0, *range(20)]]
        whole = encode_pairs(runs)
        monkeypatch.setattr(pairs, "_NUMBERS_AT_ONCE", 50)
        assert encode_pairs(runs) == whole


CASES = [
    pytest.param(
        "0 2", RunProblem.NO_START, 0, "run 0+2 starts at 0, but pixels are counted from 1", id="start 0"
    ),
    pytest.param("1 2 5 0", RunProblem.NO_LENGTH, 1, "run 5+0 has no pixels", id="length 0"),
    pytest.param("1 2 3", RunProblem.ODD, -1, "hold 3 numbers, but runs are", id="odd count"),
    pytest.param("1 2 x 4", RunProblem.MALFORMED, -1, "more than whole numbers", id="letters"),
    pytest.param("1 2 -4 4", RunProblem.MALFORMED, -1, "more than whole numbers", id="a minus"),
    pytest.param(
        "8 3", RunProblem.OUTSIDE, 0, "run 8+3 ends at 10, but 3x3 has 9 pixels", id="leaves the photo"
    ),
    pytest.param("1 1 10 1", RunProblem.OUTSIDE, 1, "run 10+1 ends at 10", id="starts behind the photo"),
    pytest.param("10 1 1 1", RunProblem.OUTSIDE, 0, "run 10+1 ends at 10", id="unordered, the first outside"),
    pytest.param("1 99999999999", RunProblem.OUTSIDE, 0, "but 3x3 has 9 pixels", id="more than 32 bits"),
    pytest.param("1 3 3 2", RunProblem.OVERLAP, 1, "run 3+2 overlaps run 1+3", id="overlap"),
    pytest.param("1 1 3 2 3 2", RunProblem.OVERLAP, 2, "run 3+2 overlaps run 3+2", id="the same run twice"),
    pytest.param("5 2 1 5", RunProblem.OVERLAP, 0, "run 5+2 overlaps run 1+5", id="unordered overlap"),
    pytest.param("1 9 3 1 7 1", RunProblem.OVERLAP, 1, "run 3+1 overlaps run 1+9", id="one inside another"),
]


class TestProblems:
    @pytest.mark.parametrize(("text", "problem", "place", "said"), CASES)
    def test_each_is_found_and_described(self, text, problem, place, said):
        raw = parse_pairs([text])
        sizes = np.array([[3, 3]])
        found = find_run_problems(raw, sizes)
        assert (RunProblem(found.codes[0]), found.places[0]) == (problem, place)
        what, cure = describe_run_problem(raw, found, 0, (3, 3))
        assert said in what
        assert cure
        with pytest.raises(AnnotationError) as caught:
            decode_pairs(["1 1", text], [(3, 3), (3, 3)])
        assert str(caught.value).startswith("Mask 1: ")
        assert said in str(caught.value)

    def test_each_is_found_among_sound_rows(self):
        texts, expected = [], []
        for case in CASES:
            texts += ["1 2 4 1 6 4", case.values[0], ""]
            expected += [RunProblem.NONE, case.values[1], RunProblem.NONE]
        found = find_run_problems(parse_pairs(texts), np.full((len(texts), 2), 3))
        assert found.codes.tolist() == expected

    def test_order_and_touch_are_told_without_being_problems(self):
        raw = parse_pairs(["1 2 4 1", "4 1 1 2", "1 2 3 1", "3 1 1 2", "8 2 9 3"])
        found = find_run_problems(raw, np.full((5, 2), 4))
        assert found.unordered.tolist() == [False, True, False, True, False]
        assert found.touching.tolist() == [False, False, True, True, False]
        assert found.codes.tolist() == [0, 0, 0, 0, RunProblem.OVERLAP]

    def test_rows_do_not_touch_or_overlap_each_other(self):
        found = find_run_problems(parse_pairs(["5 4", "1 8", "9 1", "9 1"]), np.full((4, 2), 3))
        assert not found.codes.any()
        assert not found.touching.any()
        assert not found.unordered.any()

    @given(
        st.lists(
            st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), max_size=4), min_size=1, max_size=6
        )
    )
    def test_verdicts_equal_those_of_counting_pixels(self, rows):
        raw = parse_pairs([" ".join(f"{s} {n}" for s, n in row) for row in rows])
        found = find_run_problems(raw, np.full((len(rows), 2), 3))
        for row, code in zip(rows, found.codes, strict=True):
            pixels = [pixel for start, length in row for pixel in range(start, start + length)]
            wrong = (
                any(start == 0 or length == 0 for start, length in row)
                or any(start + length - 1 > 9 for start, length in row)
                or len(pixels) != len(set(pixels))
            )
            assert bool(code) == wrong


def test_line_breaks_in_a_text_do_not_move_the_rows_after_it():
    raw = parse_pairs(["1 2", "3\n4", "5 6"])
    assert raw.malformed.tolist() == [False, True, False]
    assert raw.starts[raw.offsets[2] :].tolist() == [5]
