"""Known values of CIELAB, and the way back."""

import numpy as np
import pytest

from attire.catalog.colours.lab import from_lab, to_lab


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        pytest.param((255, 255, 255), (100, 0, 0), id="white"),
        pytest.param((0, 0, 0), (0, 0, 0), id="black"),
        pytest.param((255, 0, 0), (53.24, 80.09, 67.20), id="red"),
        pytest.param((0, 0, 255), (32.30, 79.19, -107.86), id="blue"),
        pytest.param((1, 2, 3), (0.51, -0.12, -0.47), id="nearly black, where the curve is straight"),
    ],
)
def test_known_colours(rgb, lab):
    np.testing.assert_allclose(to_lab(np.array(rgb, np.uint8)), lab, atol=0.03)


def test_there_and_back_is_where_it_began():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    np.testing.assert_array_equal(from_lab(to_lab(pixels)), pixels)
