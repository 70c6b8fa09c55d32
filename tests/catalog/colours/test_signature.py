"""Vectors of colours are the closer, the more alike people would call them."""

import numpy as np
import pytest

from attire.catalog.colours import CHANNELS, colour_shares


def one(*rgb, n=100):
    return colour_shares(np.full((n, 3), rgb, np.uint8))


def test_it_has_length_one_and_counts_no_pixels():
    assert one(10, 20, 30).shape == (CHANNELS,)
    assert np.linalg.norm(one(10, 20, 30)) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(one(10, 20, 30, n=1), one(10, 20, 30, n=999), atol=1e-6)
    assert not colour_shares(np.zeros((0, 3), np.uint8)).any()


@pytest.mark.parametrize(
    ("near", "far"),
    [
        pytest.param(
            ((200, 20, 30), (180, 20, 35)), ((200, 20, 30), (230, 110, 30)), id="two reds, an orange"
        ),
        pytest.param(((25, 30, 65), (32, 38, 80)), ((25, 30, 65), (20, 20, 22)), id="two navies, a black"),
        pytest.param(
            ((250, 250, 250), (238, 238, 238)), ((250, 250, 250), (200, 200, 200)), id="whites, a grey"
        ),
    ],
)
def test_shades_are_closer_than_other_colours(near, far):
    assert one(*near[0]) @ one(*near[1]) > 0.1 + one(*far[0]) @ one(*far[1])


def test_a_print_lies_between_its_colours():
    both = colour_shares(np.array([[200, 20, 30]] * 50 + [[250, 250, 250]] * 50, np.uint8))
    red, white, blue = one(200, 20, 30), one(250, 250, 250), one(30, 60, 200)
    assert both @ red == pytest.approx(both @ white, abs=0.15)
    assert min(both @ red, both @ white) > both @ blue + 0.4
