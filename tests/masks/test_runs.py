"""Run-lengths against dense masks and against pycocotools."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from pycocotools import mask as coco_mask

from attire.errors import AnnotationError
from attire.masks import RunLengths, nearest

dense_masks = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12))


def smooth_mask(rng, height, width):
    """Blobs: noise averaged over its neighbourhood, cut at zero."""
    noise = rng.normal(size=(height, width))
    for axis in (0, 1):
        noise = sum(np.roll(noise, shift, axis) for shift in range(-4, 5))
    return noise > 0


@pytest.fixture
def many(rng):
    """Masks of several sizes and kinds, dense."""
    masks = [smooth_mask(rng, int(h), int(w)) for h, w in rng.integers(1, 60, (30, 2))]
    masks += [np.zeros((7, 5), bool), np.ones((5, 7), bool), np.ones((1, 1), bool), np.eye(9, dtype=bool)]
    return masks


@pytest.fixture
def rng():
    return np.random.default_rng(7)


class TestParity:
    def test_areas_boxes_and_codes_equal_those_of_pycocotools(self, many):
        runs = RunLengths.from_masks(many)
        theirs = [coco_mask.encode(np.asfortranarray(mask.astype(np.uint8))) for mask in many]
        boxes = np.stack([coco_mask.toBbox(code) for code in theirs])
        boxes[:, 2:] += boxes[:, :2]
        assert runs.areas.tolist() == [int(coco_mask.area(code)) for code in theirs]
        assert runs.boxes.tolist() == boxes.tolist()
        ours = runs.to_coco()
        assert [code["counts"].encode() for code in ours] == [code["counts"] for code in theirs]
        assert [code["size"] for code in ours] == [list(code["size"]) for code in theirs]

    # pycocotools' own decode predates numpy 2.
    @pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
    def test_pycocotools_decodes_our_codes_of_a_large_photo(self, rng):
        mask = np.zeros((2000, 1500), bool)
        mask[100:1900, 5:1490] = smooth_mask(rng, 1800, 1485)
        code = RunLengths.from_mask(mask).to_coco()[0]
        assert (coco_mask.decode(code).astype(bool) == mask).all()
        assert (RunLengths.from_coco([code]).decode(0) == mask).all()

    @given(dense_masks)
    def test_any_mask_survives_every_form(self, mask):
        runs = RunLengths.from_mask(mask)
        code = runs.to_coco()[0]
        assert code["counts"].encode() == coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"]
        for back in (
            runs,
            RunLengths.from_coco([code]),
            RunLengths.from_coco([{"size": code["size"], "counts": code["counts"].encode()}]),
            RunLengths.from_coco([{"size": code["size"], "counts": runs.counts(0).tolist()}]),
        ):
            assert (back.decode(0) == mask).all()
            assert back.starts.tolist() == runs.starts.tolist()
            assert back.lengths.tolist() == runs.lengths.tolist()


class TestIndexing:
    @pytest.mark.parametrize(
        "index",
        [
            pytest.param(slice(3, 9), id="a stretch"),
            pytest.param(slice(None, None, -2), id="backwards by twos"),
            pytest.param(slice(9, 3), id="an empty stretch"),
            pytest.param([5, 0, 5], id="places, one twice"),
            pytest.param([], id="no places"),
            pytest.param(np.arange(34) % 3 == 0, id="a bool array"),
            pytest.param(np.zeros(34, bool), id="a bool array of nothing"),
            pytest.param(np.array([-1, 2]), id="a place from the end"),
        ],
    )
    def test_chosen_masks_are_the_same_masks(self, many, index):
        runs = RunLengths.from_masks(many)[index]
        expected = [many[i] for i in np.arange(34)[index if len(np.shape(index)) == 0 or len(index) else []]]
        assert len(runs) == len(expected)
        for i, mask in enumerate(expected):
            assert (runs.decode(i) == mask).all()
        assert runs.areas.tolist() == [mask.sum() for mask in expected]

    def test_an_integer_gives_one_mask(self, many):
        runs = RunLengths.from_masks(many)
        assert (runs[-1].decode(0) == np.eye(9)).all()
        assert len(runs[np.int64(2)]) == 1
        with pytest.raises(IndexError):
            runs[34]

    def test_work_in_pieces_gives_the_same(self, many, monkeypatch):
        whole = RunLengths.from_masks(many)
        areas, boxes, chosen = whole.areas, whole.boxes, whole[np.arange(34)[::-1]]
        monkeypatch.setattr("attire.masks.runs._RUNS_AT_ONCE", 5)
        assert whole.areas.tolist() == areas.tolist()
        assert whole.boxes.tolist() == boxes.tolist()
        assert whole[np.arange(34)[::-1]].starts.tolist() == chosen.starts.tolist()

    def test_nothing_has_no_areas_and_no_boxes(self):
        none = RunLengths.empty()
        assert (len(none), none.areas.shape, none.boxes.shape) == (0, (0,), (0, 4))
        assert none.to_coco() == []
        assert len(none[[]]) == 0
        assert len(RunLengths.from_masks([])) == 0


class TestSampling:
    @given(dense_masks, st.integers(1, 20), st.integers(1, 20))
    def test_resizing_is_nearest_neighbour(self, mask, height, width):
        rows, columns = nearest(mask.shape[0], height), nearest(mask.shape[1], width)
        expected = mask[rows][:, columns]
        runs = RunLengths.from_mask(mask)
        resized = runs.resized((height, width))
        assert resized.sizes.tolist() == [[height, width]]
        assert (resized.decode(0) == expected).all()
        assert (runs.sample(0, rows, columns) == expected).all()
        touching = resized.starts[1:] <= resized.starts[:-1] + resized.lengths[:-1]
        assert not touching.any()

    def test_cropping_is_sampling_too(self, rng):
        mask = smooth_mask(rng, 40, 50)
        crop = RunLengths.from_mask(mask).sample(0, np.arange(10, 30), np.arange(5, 45))
        assert (crop == mask[10:30, 5:45]).all()

    @pytest.mark.parametrize("size", [(40, 50), (7, 9), (80, 120)], ids=["same", "smaller", "larger"])
    def test_all_at_once_are_as_one_by_one(self, rng, size):
        dense = [smooth_mask(rng, 40, 50) for _ in range(5)] + [np.zeros((40, 50)), np.ones((40, 50))]
        runs = RunLengths.from_masks(dense)
        rows, columns = nearest(40, size[0]), nearest(50, size[1])
        one_by_one = [runs.sample(i, rows, columns) for i in range(len(runs))]
        assert (runs.sample_all(rows, columns) == np.stack(one_by_one)).all()
        assert runs[:0].sample_all(rows, columns).shape == (0, *size)

    def test_masks_of_several_sizes_are_not_sampled_at_once(self):
        with pytest.raises(AnnotationError, match="1x2 and 2x1 pixels have no rows in common"):
            RunLengths.from_masks([np.ones((1, 2)), np.ones((2, 1))]).sample_all(
                np.zeros(1, int), np.zeros(1, int)
            )

    def test_resizing_keeps_the_order_of_masks(self, many):
        resized = RunLengths.from_masks(many).resized((16, 8))
        for i, mask in enumerate(many):
            expected = mask[nearest(mask.shape[0], 16)][:, nearest(mask.shape[1], 8)]
            assert (resized.decode(i) == expected).all()

    def test_nearest_takes_pixel_centres(self):
        assert nearest(3, 3).tolist() == [0, 1, 2]
        assert nearest(5, 1).tolist() == [2]


class TestErrors:
    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            pytest.param(lambda: RunLengths.from_mask(np.zeros(3)), r"\(height, width\)", id="flat mask"),
            pytest.param(
                lambda: RunLengths.from_coco([{"size": [2, 2], "counts": [1, 2]}]),
                "add up to 3, but 2x2 has 4",
                id="counts too few",
            ),
            pytest.param(
                lambda: RunLengths.from_coco([{"size": [2, 2], "counts": [5, -1]}]), "add up", id="negative"
            ),
            pytest.param(
                lambda: RunLengths.from_coco([{"size": [2, 2], "counts": "0 "}]),
                "no compressed",
                id="foreign",
            ),
            pytest.param(
                lambda: RunLengths.from_coco([{"size": [2, 2], "counts": "0P"}]), "cut short", id="cut short"
            ),
            pytest.param(
                lambda: RunLengths.from_coco([{"size": [2, 2], "counts": "PPPPPPPP0"}]),
                "35 bits",
                id="too long",
            ),
            pytest.param(
                lambda: RunLengths(
                    np.zeros(1, np.int32), np.zeros(1, np.int32), np.array([0, 1]), np.zeros((0, 2), np.int32)
                ),
                "0 masks need offsets",
                id="offsets of another number of masks",
            ),
            pytest.param(
                lambda: RunLengths(
                    np.zeros(1, np.int32), np.zeros(2, np.int32), np.array([0, 1]), np.ones((1, 2), np.int32)
                ),
                "1 starts and 2 lengths",
                id="starts without lengths",
            ),
        ],
    )
    def test_what_cannot_be_is_refused(self, wrong, said):
        with pytest.raises(AnnotationError, match=said):
            wrong()
