"""Garments of known colours, under uneven light."""

import numpy as np
import pytest
from PIL import Image

from attire.catalog.colours import COLOUR_NAMES, dominant_colours, example_of, inner_pixels, name_colours
from attire.catalog.colours.lab import to_lab
from attire.errors import RecipeError
from attire.masks import RunLengths


def lit(colour, n=3000, low=0.6, high=1.15, seed=0):
    """Pixels of one cloth whose folds get less or more light, with a little noise."""
    random = np.random.default_rng(seed)
    light = random.uniform(low, high, (n, 1))
    return np.clip(np.array(colour) * light + random.normal(0, 3, (n, 3)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((200, 25, 35), "red"),
        ((40, 90, 180), "blue"),
        ((28, 36, 80), "navy"),
        ((245, 245, 245), "white"),
        ((20, 20, 22), "black"),
        ((240, 210, 50), "yellow"),
    ],
)
def test_folds_make_no_colours(colour, name):
    low = 0.8 if name in ("yellow", "white") else 0.6  # dark yellow is mustard, dark white is grey
    found = dominant_colours(lit(colour, low=low))
    assert found[0].name == name
    assert found[0].share > 0.6


def test_a_print_has_the_colours_of_its_ground_and_its_flowers():
    pixels = np.concatenate([lit((245, 245, 240), 1400, 0.9, 1.0), lit((200, 25, 35), 600, 0.8, 1.1, seed=1)])
    found = dominant_colours(pixels)
    assert [colour.name for colour in found] == ["white", "red"]
    assert found[0].share == pytest.approx(0.7, abs=0.05)


def test_shares_never_exceed_the_whole_and_details_are_left_out():
    random = np.random.default_rng(3)
    found = dominant_colours(random.integers(0, 256, (5000, 3), np.uint8))
    assert 1 <= len(found) <= 4
    assert sum(colour.share for colour in found) <= 1 + 1e-6
    speck = np.concatenate([lit((20, 20, 22), 980), lit((240, 210, 50), 20)])
    assert "yellow" not in [colour.name for colour in dominant_colours(speck)]


@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_few_pixels_are_enough(n):
    found = dominant_colours(np.full((n, 3), (200, 25, 35), np.uint8))
    assert [colour.name for colour in found] == ["red"] * (n > 0)


@pytest.mark.parametrize("name", COLOUR_NAMES)
def test_every_example_has_its_own_name(name):
    assert set(name_colours(to_lab(example_of(name)))) == {name}


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(RecipeError, match=r"'aubergine' is unknown: black, .*light pink"):
        example_of("aubergine")


class TestInnerPixels:
    """The rim is left out where there is enough without it."""

    def photo(self):
        """A red square on green, whose rim is mixed of both."""
        pixels = np.full((60, 40, 3), (0, 200, 0), np.uint8)
        pixels[10:50, 10:30] = (100, 100, 0)
        pixels[12:48, 12:28] = (200, 0, 0)
        mask = np.zeros((60, 40), bool)
        mask[10:50, 10:30] = True
        return Image.fromarray(pixels), mask

    def test_the_rim_does_not_bleed_in(self):
        photo, mask = self.photo()
        (pixels,) = inner_pixels(photo, RunLengths.from_mask(mask))
        assert np.unique(pixels, axis=0).tolist() == [[200, 0, 0]]
        assert len(pixels) == 36 * 16

    def test_a_thin_garment_keeps_its_rim(self):
        photo, mask = self.photo()
        mask[13:] = False
        (pixels,) = inner_pixels(photo, RunLengths.from_mask(mask))
        assert len(pixels) == mask.sum()

    def test_a_photo_decoded_smaller_is_read_in_the_same_place(self):
        photo, mask = self.photo()
        large = np.kron(mask, np.ones((8, 8), bool))
        (pixels,) = inner_pixels(photo, RunLengths.from_mask(large))
        assert np.unique(pixels, axis=0).tolist() == [[200, 0, 0]]

    def test_a_mask_too_thin_to_be_met_has_a_pixel(self):
        photo, _ = self.photo()
        hair = np.zeros((600, 400), bool)
        hair[301, 200] = True
        (pixels,) = inner_pixels(photo, RunLengths.from_mask(hair))
        assert pixels.tolist() == [[200, 0, 0]]
