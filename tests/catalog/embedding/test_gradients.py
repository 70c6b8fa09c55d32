"""Edges inside a mask, worked out by hand on drawn photos."""

import numpy as np
import pytest
from PIL import Image

from attire.catalog.embedding.gradients import GRADIENTS, gradients
from attire.masks import RunLengths

CELLS, DIRECTIONS = 8, 9
UPRIGHT, LYING = 0, 4
"""Directions of an edge whose grey changes from left to right, and of one that changes downwards (half a turn
is nine directions, so that a quarter lies between the fifth and the sixth)."""


def photo_of(grey) -> Image.Image:
    return Image.fromarray(np.repeat(np.asarray(grey, np.uint8)[..., None], 3, axis=2))


def box(size, x1, y1, x2, y2) -> RunLengths:
    mask = np.zeros(size, bool)
    mask[y1:y2, x1:x2] = True
    return RunLengths.from_mask(mask)


def grid_of(photo, masks) -> np.ndarray:
    made = gradients(photo, masks)
    assert made.shape == (len(masks), GRADIENTS)
    assert made.dtype == np.float32
    return made[0].reshape(CELLS, CELLS, DIRECTIONS)


def halves(axis: int) -> np.ndarray:
    """Black, and white from the middle on: an edge between the fourth cell and the fifth."""
    grey = np.zeros((56, 56))
    grey[(slice(28, None), slice(None))[:: 1 - 2 * axis]] = 255
    return grey


@pytest.fixture
def pattern() -> np.ndarray:
    """A shirt's worth of grey: a bright chest, a dark print, folds."""
    y, x = np.mgrid[:60, :40]
    grey = 120 + 60 * np.sin(x / 5) + 30 * np.cos(y / 9)
    grey[20:35, 12:26] = 20
    return grey.round()


class TestDirections:
    """Which numbers an edge raises."""

    def test_an_upright_edge_is_one_direction_in_the_middle_columns(self):
        grid = grid_of(photo_of(halves(axis=1)), box((56, 56), 0, 0, 56, 56))
        inner = grid[1:-1, 1:-1]  # the rim of the mask itself is an edge where it differs from the mean
        assert inner[:, [2, 3], UPRIGHT].min() > 0.2
        inner[:, [2, 3], UPRIGHT] = 0
        np.testing.assert_allclose(inner, 0, atol=1e-6)

    def test_a_lying_edge_is_shared_by_the_two_directions_about_a_quarter_turn(self):
        grid = grid_of(photo_of(halves(axis=0)), box((56, 56), 0, 0, 56, 56))
        inner = grid[1:-1, 1:-1]
        np.testing.assert_allclose(inner[[2, 3], :, LYING], inner[[2, 3], :, LYING + 1], atol=1e-6)
        assert inner[[2, 3], :, LYING].min() > 0.1
        inner[[2, 3], :, LYING : LYING + 2] = 0
        np.testing.assert_allclose(inner, 0, atol=1e-6)

    def test_dark_on_bright_is_bright_on_dark(self, pattern):
        mask = box(pattern.shape, 5, 5, 35, 55)
        np.testing.assert_allclose(
            gradients(photo_of(pattern), mask), gradients(photo_of(255 - pattern), mask), atol=1e-3
        )

    def test_plain_cloth_has_none_and_noise_hardly_any(self):
        mask = box((60, 40), 0, 0, 40, 60)
        assert not gradients(photo_of(np.full((60, 40), 90)), mask).any()
        noise = np.random.default_rng(0).integers(89, 92, (60, 40))
        assert (
            gradients(photo_of(noise), mask).max() < 0.2 < gradients(photo_of(100 * (noise % 2)), mask).max()
        )


class TestMask:
    """What lies outside has no say, and where the mask lies none either."""

    def test_the_background_changes_nothing(self, pattern):
        mask = np.add.outer((np.arange(60) - 30) ** 2 / 2, (np.arange(40) - 20) ** 2) < 300
        other = np.where(mask, pattern, np.random.default_rng(3).integers(0, 256, pattern.shape))
        assert not np.array_equal(other, pattern)
        runs = RunLengths.from_mask(mask)
        np.testing.assert_array_equal(gradients(photo_of(pattern), runs), gradients(photo_of(other), runs))

    def test_another_place_changes_nothing(self, pattern):
        large = np.full((120, 100), 200.0)
        large[41:101, 17:57] = pattern
        np.testing.assert_array_equal(
            gradients(photo_of(large), box(large.shape, 22, 46, 52, 96)),
            gradients(photo_of(pattern), box(pattern.shape, 5, 5, 35, 55)),
        )

    def test_a_photo_of_twice_the_size_is_all_but_the_same(self, pattern):
        mask = box(pattern.shape, 5, 5, 35, 55)
        photo = photo_of(pattern)
        twice = photo.resize((80, 120), Image.Resampling.BICUBIC)
        one, other = gradients(photo, mask)[0], gradients(twice, mask.resized((120, 80)))[0]
        assert one @ other > 0.97 * np.linalg.norm(one) * np.linalg.norm(other)

    def test_masks_may_be_larger_than_the_photo(self, pattern):
        small = box(pattern.shape, 5, 5, 35, 55)
        large = box((600, 400), 50, 50, 350, 550)
        np.testing.assert_array_equal(
            gradients(photo_of(pattern), small), gradients(photo_of(pattern), large)
        )

    def test_a_large_photo_is_made_smaller_first(self, pattern):
        photo = photo_of(pattern).resize((1200, 1800), Image.Resampling.BICUBIC)
        large = box((1800, 1200), 150, 150, 1050, 1650)
        small = box((600, 400), 50, 50, 350, 550)
        np.testing.assert_array_equal(gradients(photo, large), gradients(photo.reduce(3), small))

    def test_each_row_is_what_its_mask_gives_alone(self, pattern):
        masks = [box(pattern.shape, *sides) for sides in ((0, 0, 40, 60), (10, 18, 30, 40), (3, 1, 9, 58))]
        together = gradients(photo_of(pattern), RunLengths.concatenate(masks))
        for row, mask in zip(together, masks, strict=True):
            np.testing.assert_array_equal(row, gradients(photo_of(pattern), mask)[0])


class TestThin:
    """Masks with hardly a pixel."""

    def test_an_empty_one_gets_zeros_and_none_nothing(self, pattern):
        both = RunLengths.concatenate([box(pattern.shape, 0, 0, 0, 0), box(pattern.shape, 0, 0, 40, 60)])
        made = gradients(photo_of(pattern), both)
        assert not made[0].any()
        assert made[1].any()
        assert gradients(photo_of(pattern), RunLengths.empty()).shape == (0, GRADIENTS)

    def test_one_pixel_wide_has_edges_along_it_only(self, pattern):
        grey = pattern.copy()
        grey[:, 7] = np.where(np.arange(60) < 30, 0, 255)
        inner = grid_of(photo_of(grey), box(grey.shape, 7, 0, 8, 60))[1:-1, 1:-1]
        assert inner[[2, 3], :, LYING : LYING + 2].min() > 0.1
        inner[..., LYING : LYING + 2] = 0
        np.testing.assert_allclose(inner, 0, atol=1e-6)

    def test_one_pixel_is_plain(self, pattern):
        assert not gradients(photo_of(pattern), box(pattern.shape, 39, 59, 40, 60)).any()

    def test_thinner_than_a_pixel_of_the_photo_is_where_its_box_is(self):
        grey = np.zeros((10, 10))
        grey[5:, 3] = 255
        found = gradients(photo_of(grey), box((1000, 1000), 301, 0, 303, 1000))[0]
        np.testing.assert_array_equal(found, gradients(photo_of(grey), box((10, 10), 3, 0, 4, 10))[0])
        assert found.any()
