"""Means under masks, worked out by hand on made-up maps."""

import numpy as np
import pytest
from PIL import Image

from attire.catalog.embedding import pooling
from attire.catalog.embedding.gradients import gradients
from attire.catalog.embedding.pooling import BANDS, OUTLINE_SIDE
from attire.masks import RunLengths
from attire.predict import FeatureMaps
from attire.preprocess import InputSpec

SIZE = (128, 64)


def maps_of(photo_size=SIZE, spec=None, seed=0):
    geometry = (spec or InputSpec(height=128, width=64)).geometry(photo_size)
    random = np.random.default_rng(seed)
    height, width = geometry.network_size
    levels = tuple(
        random.normal(size=(features, height // cell, width // cell)).astype(np.float16)
        for features, cell in ((2, 4), (3, 8), (4, 16), (5, 32))
    )
    return FeatureMaps(levels=levels, geometry=geometry)


def pool(maps, masks):
    height, width = maps.geometry.photo_size
    return pooling.pool(maps, masks, Image.new("RGB", (width, height)))


def rectangle(x1, y1, x2, y2, size=SIZE):
    mask = np.zeros(size, bool)
    mask[y1:y2, x1:x2] = True
    return RunLengths.from_mask(mask)


def test_a_mask_of_whole_cells_gives_their_mean_and_spread():
    maps = maps_of()
    pooled = pool(maps, rectangle(32, 32, 64, 96))
    for level, cell, mean, spread in zip(
        maps.levels, (4, 8, 16, 32), pooled.means, pooled.spreads, strict=True
    ):
        under = level[:, 32 // cell : 96 // cell, 32 // cell :].astype(np.float64).reshape(len(level), -1)
        np.testing.assert_allclose(mean[0], under.mean(axis=1), atol=1e-5)
        np.testing.assert_allclose(spread[0], under.std(axis=1), atol=1e-4)


def test_a_cell_counts_as_much_of_it_as_is_covered():
    maps = maps_of()
    pooled = pool(maps, rectangle(2, 0, 8, 4))  # half of the first cell, all of the second
    first, second = maps.levels[0][:, 0, 0], maps.levels[0][:, 0, 1]
    np.testing.assert_allclose(pooled.means[0][0], (first + 2 * second.astype(np.float64)) / 3, atol=1e-3)
    np.testing.assert_allclose(pooled.means[3][0], maps.levels[3][:, 0, 0], atol=1e-3)


def test_strips_go_from_top_to_bottom():
    maps = maps_of()
    pooled = pool(maps, rectangle(0, 16, 64, 112))
    assert pooled.bands[0].shape == (1, BANDS, 2)
    for band in range(BANDS):
        rows = maps.levels[1][:, 2 + 4 * band : 6 + 4 * band].astype(np.float64).reshape(3, -1)
        np.testing.assert_allclose(pooled.bands[1][0, band], rows.mean(axis=1), atol=1e-5)


def test_a_region_too_low_for_strips_is_like_the_whole_in_each():
    pooled = pool(maps_of(), rectangle(8, 8, 40, 11))
    for mean, bands in zip(pooled.means, pooled.bands, strict=True):
        assert np.isfinite(bands).all()
        np.testing.assert_allclose(bands[0, 2], mean[0], atol=1e-5)


def test_each_row_is_what_its_mask_gives_alone():
    maps = maps_of()
    masks = [rectangle(0, 0, 20, 30), rectangle(10, 50, 64, 128), rectangle(30, 3, 33, 90)]
    together = pool(maps, RunLengths.concatenate(masks))
    assert len(together) == 3
    for i, mask in enumerate(masks):
        alone = pool(maps, mask)
        for level in range(4):
            np.testing.assert_allclose(together.means[level][i], alone.means[level][0], atol=1e-5)
            np.testing.assert_allclose(together.bands[level][i], alone.bands[level][0], atol=1e-5)
        np.testing.assert_array_equal(together.outlines[i], alone.outlines[0])


def test_a_large_photo_is_met_where_it_lies_in_the_input():
    maps = maps_of(photo_size=(1280, 320))  # shown in the left half of the input
    pooled = pool(maps, rectangle(160, 640, 320, 1280, size=(1280, 320)))
    np.testing.assert_allclose(
        pooled.means[1][0], maps.levels[1][:, 8:, 2:4].reshape(3, -1).mean(axis=1), atol=2e-3
    )


def test_what_is_thinner_than_a_pixel_of_the_input_is_still_somewhere():
    maps = maps_of(photo_size=(1280, 640))
    pooled = pool(maps, rectangle(400, 641, 402, 642, size=(1280, 640)))
    np.testing.assert_allclose(pooled.means[0][0], maps.levels[0][:, 16, 10], atol=1e-3)


def test_an_empty_mask_gives_zeros_and_no_mask_nothing():
    pooled = pool(maps_of(), rectangle(0, 0, 0, 0))
    assert not any(mean.any() for mean in pooled.means)
    assert not pooled.outlines.any()
    assert len(pool(maps_of(), RunLengths.empty())) == 0


def test_edges_are_those_of_the_photo():
    photo = Image.fromarray(np.random.default_rng(1).integers(0, 256, (*SIZE, 3), np.uint8))
    mask = rectangle(8, 8, 40, 90)
    pooled = pooling.pool(maps_of(), mask, photo)
    np.testing.assert_array_equal(pooled.gradients, gradients(photo, mask))
    assert pooled.gradients.any()


class TestOutlines:
    """How a mask fills the square around it."""

    @pytest.mark.parametrize("factor", [1, 3, 40])
    def test_the_size_of_the_photo_does_not_matter(self, factor):
        size = (16 * factor, 16 * factor)
        disc = np.add.outer(*[((np.arange(size[0]) + 0.5) / factor - 8) ** 2] * 2) < 64
        pooled = pool(maps_of(photo_size=size), RunLengths.from_mask(disc))
        assert pooled.outlines.mean() == pytest.approx(np.pi / 4, abs=0.04)
        assert pooled.outlines[0, 8, 8] == 1
        assert pooled.outlines[0, 0, 0] == 0
        assert pooled.slenderness[0] == 0

    def test_a_slender_one_stands_in_the_middle(self):
        pooled = pool(maps_of(), rectangle(10, 20, 26, 84))
        filled = pooled.outlines[0] > 0.5
        assert filled.shape == (OUTLINE_SIDE, OUTLINE_SIDE)
        assert filled.any(axis=0).sum() == OUTLINE_SIDE / 4
        np.testing.assert_array_equal(filled, filled[:, ::-1])
        assert pooled.slenderness[0] == pytest.approx(np.log(4))
