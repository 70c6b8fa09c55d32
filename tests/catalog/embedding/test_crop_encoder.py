"""Any function from pictures to vectors becomes an encoder."""

import numpy as np
import pytest

from attire.catalog.colours import colour_shares
from attire.catalog.embedding import CropEncoder, cut_out
from attire.catalog.encoder import Encoder
from attire.errors import RecipeError


def mean_colour(pictures):
    """Stands in for a network: the mean of what is not white, and one."""
    vectors = []
    for picture in pictures:
        pixels = np.asarray(picture, float).reshape(-1, 3)
        vectors.append([*pixels[(pixels < 250).any(axis=1)].mean(axis=0) / 255, 1.0])
    return np.array(vectors)


def test_it_is_an_encoder_of_one_part(look):
    encoder: Encoder = CropEncoder(mean_colour, version="stand-in 1", dimensions=4)
    assert not encoder.wants_maps
    assert encoder.parts == {"whole": slice(0, 4)}
    vectors = encoder.encode(look)
    assert vectors.shape == (3, 4)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert vectors[1] @ vectors[2] > 0.999 > vectors[0] @ vectors[1]


def test_colours_stand_beside_it_with_the_same_weight(look):
    encoder = CropEncoder(mean_colour, version="stand-in 1", dimensions=4, colours=colour_shares)
    vectors = encoder.encode(look)
    assert vectors.shape == (3, encoder.dimensions)
    for part in encoder.parts.values():
        np.testing.assert_allclose(np.linalg.norm(vectors[:, part], axis=1), np.sqrt(0.5), atol=1e-5)


def test_vectors_of_another_length_are_refused(look):
    encoder = CropEncoder(mean_colour, version="stand-in 1", dimensions=512)
    with pytest.raises(RecipeError, match=r"stand-in 1: gave vectors of shape \(3, 4\).*expected \(3, 512\)"):
        encoder.encode(look)


def test_no_garment_asks_for_no_vector(look):
    def never(pictures):
        raise AssertionError(pictures)

    encoder = CropEncoder(never, version="stand-in 1", dimensions=4)
    assert encoder.encode(look[[]]).shape == (0, 4)


class TestCutOut:
    """A garment in the middle of a white square."""

    def test_what_is_around_it_is_white(self, look):
        picture = np.asarray(cut_out(look.photo, look, 1, side_px=40))
        assert picture.shape == (40, 40, 3)
        assert np.abs(picture.astype(int) - (30, 60, 200)).max() <= 2

    def test_its_shape_is_kept(self, look):
        picture = np.asarray(cut_out(look.photo, look, 0, side_px=40)).astype(int)
        red = (np.abs(picture - (200, 20, 30)) <= 12).all(axis=2)
        assert red.any(axis=1).sum() == 40
        assert red.any(axis=0).sum() == 20
        np.testing.assert_array_equal(red, red[:, ::-1])

    def test_the_ground_can_stay(self, look):
        whole = np.asarray(cut_out(look.photo, look, 0, ground=True))
        alone = np.asarray(cut_out(look.photo, look, 0))
        np.testing.assert_array_equal(whole, alone)  # its mask fills its box
