import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.masks import RunLengths
from attire.predict import paste_masks

CASES = {
    "boxes inside a photo": ((120, 90), 0.0),
    "boxes that stick out of the photo": ((70, 60), 30.0),
    "a photo of one row": ((1, 200), 2.0),
    "a photo of one column": ((200, 1), 2.0),
    "boxes larger than the grid": ((700, 500), 10.0),
}


def smooth_blobs(rng, n, side):
    """Masks like a network's: a few soft bumps, some of them touching the border of the box."""
    y, x = np.mgrid[:side, :side] / side
    out = np.zeros((n, side, side), np.float32)
    for mask in out:
        for _ in range(3):
            cx, cy, r = rng.uniform([0, 0, 0.1], [1, 1, 0.5])
            mask += np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / r**2)
    return np.clip(out, 0, 0.99)


def random_boxes(rng, n, size, margin):
    height, width = size
    x = np.sort(rng.uniform(-margin, width + margin, (n, 2)), axis=1)
    y = np.sort(rng.uniform(-margin, height + margin, (n, 2)), axis=1)
    return np.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], axis=1).astype(np.float32)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("side", [28, 14])
def test_equals_torchvision_pixel_for_pixel(case, side):
    torch = pytest.importorskip("torch")
    roi_heads = pytest.importorskip("torchvision.models.detection.roi_heads")
    size, margin = CASES[case]
    rng = np.random.default_rng(len(case) + side)
    masks, boxes = smooth_blobs(rng, 40, side), random_boxes(rng, 40, size, margin)
    # torchvision cannot paste a box that lies beyond the photo altogether.
    seen = (boxes[:, 0] < size[1] - 1) & (boxes[:, 1] < size[0] - 1) & (boxes[:, 2:] > 0).all(axis=1)
    masks, boxes = masks[seen], boxes[seen]
    theirs = roi_heads.paste_masks_in_image(torch.tensor(masks)[:, None], torch.tensor(boxes), size)
    dense = (theirs[:, 0] > 0.5).numpy()
    ours = paste_masks(masks, boxes, size)
    differing = [int((ours.decode(i) != dense[i]).sum()) for i in range(len(masks))]
    assert len(masks) >= 10
    assert sum(d == 0 for d in differing) >= 0.95 * len(differing)
    assert max(differing) <= 1  # a pixel whose value is 0.5 but for the last bit


def test_a_mask_of_ones_differs_from_torchvisions_by_a_rim_at_most():
    """The rim of such a mask lies at exactly 0.5, so that the last bit of a float decides on it."""
    torch = pytest.importorskip("torch")
    roi_heads = pytest.importorskip("torchvision.models.detection.roi_heads")
    ones = np.ones((30, 28, 28), np.float32)
    boxes = random_boxes(np.random.default_rng(5), 30, (300, 200), 0)
    theirs = roi_heads.paste_masks_in_image(torch.tensor(ones)[:, None], torch.tensor(boxes), (300, 200))
    tight = RunLengths.from_masks((theirs[:, 0] > 0.5).numpy()).boxes
    assert np.abs(paste_masks(ones, boxes, (300, 200)).boxes - tight).max() <= 1


def test_runs_are_those_of_the_dense_mask():
    rng = np.random.default_rng(1)
    masks, boxes = smooth_blobs(rng, 20, 28), random_boxes(rng, 20, (40, 30), 20)
    pasted = paste_masks(masks, boxes, (40, 30))
    for i in range(20):
        again = RunLengths.from_mask(pasted.decode(i))
        assert again.starts.tolist() == pasted[i].starts.tolist()
        assert again.lengths.tolist() == pasted[i].lengths.tolist()


def test_a_box_over_the_whole_photo_is_one_run():
    runs = paste_masks(np.ones((1, 28, 28), np.float32), np.array([[-9.0, -9.0, 40.0, 30.0]]), (20, 25))
    assert runs.starts.tolist() == [0]
    assert runs.lengths.tolist() == [500]


def test_a_box_beyond_the_photo_is_an_empty_mask():
    runs = paste_masks(np.ones((1, 28, 28), np.float32), np.array([[50.0, 2.0, 60.0, 9.0]]), (20, 25))
    assert runs.areas.tolist() == [0]
    assert runs.sizes.tolist() == [[20, 25]]


def test_edges_are_those_of_every_pixel_looked_at():
    """Bisection between cells finds what plain interpolation of all rows finds."""
    from attire.predict.paste import _edges
    from attire.predict.taps import Taps

    def between(grid, taps, own):
        share = taps.share[own]
        return grid[:, taps.before[own]] * (1 - share) + grid[:, taps.after[own]] * share

    rng = np.random.default_rng(3)
    heights = np.array([1, 2, 17, 60, 0, 61, 500, 1999])
    masks = rng.random((len(heights), 30, 30), dtype=np.float32)
    columns = np.where(heights, 40, 0)
    down = Taps.of(30, heights + 20, np.full(len(heights), 7), heights)
    across = Taps.of(30, columns + 10, np.full(len(heights), 3), columns)
    found = _edges(masks, across, down, 0.5)
    owner = across.owner[found[0]]
    for i in range(len(heights)):
        profiles = between(masks[i], across, across.owner == i).T
        all_rows = between(profiles, down, down.owner == i) > 0.5
        bordered = np.pad(all_rows, ((0, 0), (1, 1)))
        column, row = np.nonzero(bordered[:, 1:] != bordered[:, :-1])
        assert (found[0][owner == i] - across.offsets[i]).tolist() == column.tolist()
        assert found[1][owner == i].tolist() == row.tolist()


def test_no_masks_paste_to_none():
    assert len(paste_masks(np.zeros((0, 28, 28), np.float32), np.zeros((0, 4)), (20, 25))) == 0


def test_masks_without_boxes_are_refused():
    with pytest.raises(AnnotationError, match=r"\(2, 28, 28\) and \(1, 4\)"):
        paste_masks(np.ones((2, 28, 28), np.float32), np.zeros((1, 4)), (20, 25))


@pytest.mark.parametrize("at_once", [1, 100, 8192])
def test_masks_pasted_together_are_those_pasted_alone(monkeypatch, at_once):
    monkeypatch.setattr("attire.predict.paste._COLUMNS_AT_ONCE", at_once)
    rng = np.random.default_rng(3)
    masks, boxes = smooth_blobs(rng, 30, 28), random_boxes(rng, 30, (200, 150), 20)
    boxes[4] = [300, 10, 320, 40]
    boxes[5] = [20, 10, 20, 10]
    boxes[6] = [60, 50, 30, 20]
    boxes[7:9] = [-5, -5, 160, 210]
    masks[7:9] = 1
    together = paste_masks(masks, boxes, (200, 150))
    alone = [paste_masks(masks[i : i + 1], boxes[i : i + 1], (200, 150)) for i in range(30)]
    expected = RunLengths.concatenate(alone)
    for name in ("starts", "lengths", "offsets", "sizes"):
        np.testing.assert_array_equal(getattr(together, name), getattr(expected, name))
    assert together.areas[[4, 7, 8]].tolist() == [0, 200 * 150, 200 * 150]
