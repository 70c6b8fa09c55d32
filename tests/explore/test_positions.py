import numpy as np
import pytest

from attire.explore.positions import position_maps, run_blocks
from attire.masks import RunLengths
from attire.masks.sampling import nearest


def blob(rng, size):
    """A mask with holes and runs that cross from one column into the next."""
    height, width = size
    y, x = np.mgrid[:height, :width]
    mask = np.hypot((y - height * rng.random()) / height, (x - width * rng.random()) / width) < 0.4
    mask[:, width // 3 : width // 3 + 2] = True
    return mask & (rng.random(size) < 0.9)


@pytest.mark.parametrize("grid", [1, 7, 16, 48], ids=lambda grid: f"{grid} cells, some photos narrower")
def test_maps_equal_the_mean_of_sampled_masks(grid):
    rng = np.random.default_rng(grid)
    sizes = [
        (50, 60),
        (48, 48),
        (97, 301),
        (20, 200),
        (200, 9),
        (5, 5),
    ]
    masks = RunLengths.from_masks([blob(rng, size) for size in sizes * 2])
    category_ids = np.arange(len(masks)) % 3
    maps = position_maps(masks, category_ids, 4, grid=grid)
    for category_id in range(3):
        slow = [
            masks.sample(i, nearest(int(masks.sizes[i, 0]), grid), nearest(int(masks.sizes[i, 1]), grid))
            for i in np.flatnonzero(category_ids == category_id)
        ]
        assert maps[category_id] == pytest.approx(np.mean(slow, axis=0), abs=1e-6)
    assert not maps[3].any()


def test_a_full_mask_covers_every_cell():
    maps = position_maps(RunLengths.from_mask(np.ones((70, 90))), np.array([0]), 1)
    assert (maps == 1).all()


def test_rows_come_first():
    mask = np.zeros((100, 100))
    mask[:50] = 1
    [upper] = position_maps(RunLengths.from_mask(mask), np.array([0]), 1, grid=2)
    assert upper.tolist() == [[1, 1], [0, 0]]


def test_no_masks_at_all():
    assert not position_maps(RunLengths.empty(), np.zeros(0, np.int64), 2).any()


@pytest.mark.parametrize("runs", [1, 3, 1000])
def test_blocks_cover_every_mask_once(runs):
    rng = np.random.default_rng(0)
    masks = RunLengths.from_masks(
        [blob(rng, (12, 10)), np.zeros((3, 3)), blob(rng, (30, 20)), np.ones((2, 2))]
    )
    covered = [i for block in run_blocks(masks, runs) for i in range(block.start, block.stop)]
    assert covered == [0, 1, 2, 3]
