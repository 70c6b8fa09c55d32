"""The camera: the same seed develops the same photo, and what it does stays within bounds."""

import io

import numpy as np
import pytest
from PIL import Image

from attire.render.scene.camera import FILTERS, develop
from attire.render.scene.optics import draw_border

GREY = np.full((96, 64, 3), 128, np.uint8)


def photo(seed: int, pixels=GREY, **how) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(develop(pixels, np.random.default_rng(seed), **how)))).astype(
        float
    )


def test_the_same_seed_develops_the_same_bytes() -> None:
    first, again, other = (develop(GREY, np.random.default_rng(seed)) for seed in (4, 4, 5))
    assert first == again != other


def test_size_and_colours_are_kept() -> None:
    assert photo(1).shape == (96, 64, 3)
    assert photo(1, np.dstack([GREY, GREY[..., :1]])).shape == (96, 64, 3), "alpha is ignored"


@pytest.mark.parametrize("seed", range(12))
def test_grey_stays_near_grey(seed) -> None:
    developed = photo(seed)
    assert 80 < developed.mean() < 185
    assert np.ptp(developed.mean(axis=(0, 1))) < 70
    assert developed.std(axis=(0, 1)).mean() < 16


def test_noise_is_stronger_in_the_dark() -> None:
    dark, bright = (
        np.mean([photo(seed, np.full_like(GREY, level)).std(axis=(0, 1)).mean() for seed in range(30)])
        for level in (60, 215)
    )
    assert dark > 1.2 * bright


def test_an_edge_stays_where_it_is() -> None:
    """Masks are drawn, not photographed: the camera must not move anything."""
    pixels = np.zeros_like(GREY)
    pixels[:, 32:] = 230
    for seed in range(20):
        rows = photo(seed, pixels).mean(axis=(0, 2))
        middle = (rows.min() + rows.max()) / 2
        assert abs(int(np.argmax(rows > middle)) - 32) <= 1


def test_a_studio_keeps_white_white() -> None:
    for seed in range(20):
        white = photo(seed, np.full_like(GREY, 250), studio=True)
        assert white.mean() > 235
        assert np.ptp(white.mean(axis=(0, 1))) < 12


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_never_turns_tones_around(name) -> None:
    for curve in FILTERS[name]:
        places, values = zip(*curve, strict=True)
        assert list(places) == sorted(places)
        assert list(values) == sorted(values)


def test_a_border_leaves_most_of_the_picture() -> None:
    from attire.render.paths import canvas_library

    canvas = canvas_library().Surface(64, 96).getCanvas()
    borders = [draw_border(canvas, (96, 64), np.random.default_rng(seed)) for seed in range(300)]
    drawn = [border for border in borders if border is not None]
    assert 1 <= len(drawn) < 30
    assert not any(border.contains(32, 40) for border in drawn)
    assert all(border.contains(0.2, 40) for border in drawn)
