import numpy as np
import pytest
from PIL import Image

from attire.catalog.items.foreground import find_foreground
from attire.catalog.items.ground import find_ground


def test_a_product_has_a_plain_ground_and_a_street_has_none(handbag, street):
    assert find_ground(handbag).colour == (255, 255, 255)
    assert find_ground(street) is None
    assert find_ground(Image.new("RGB", (1, 1), "red")).colour == (255, 0, 0)


def test_grain_on_the_ground_does_not_matter(handbag):
    noise = np.random.default_rng(0).normal(0, 2, (240, 300, 1))
    grainy = Image.fromarray((np.asarray(handbag) + noise - 8).clip(0, 255).astype(np.uint8))
    ground = find_ground(grainy)
    assert ground is not None
    mask = find_foreground(grainy, ground).decode(0)
    assert mask[150, 150]
    assert not mask[:20].any()


def test_handle_and_bag_are_outlined_and_the_hole_between_is_not(handbag):
    mask = find_foreground(handbag, find_ground(handbag)).decode(0)
    assert mask[150, 150]
    assert mask[34, 150]
    assert not mask[70, 150]
    assert not mask[20, 20]
    # The shadow below is ground.
    assert mask[150].sum() == pytest.approx(161, abs=4)
    assert mask[207:].sum() < 60


def test_white_cloth_on_white_stays_whole():
    photo = Image.new("RGB", (200, 200), "white")
    shirt = np.asarray(photo).copy()
    shirt[50:150, 60:140] = 225
    shirt[70:130, 80:120] = 255  # overexposed in the middle
    mask = find_foreground(Image.fromarray(shirt), find_ground(photo)).decode(0)
    assert mask[100, 100]
    assert mask.sum() == pytest.approx(100 * 80, rel=0.03)


def test_of_pieces_the_large_ones_are_kept():
    pixels = np.full((200, 300, 3), 250, np.uint8)
    pixels[80:140, 40:120] = pixels[80:140, 180:260] = (40, 60, 90)
    pixels[20:23, 20:23] = 0  # a speck
    photo = Image.fromarray(pixels)
    mask = find_foreground(photo, find_ground(photo)).decode(0)
    assert mask[100, 80]
    assert mask[100, 220]
    assert not mask[:40].any()


def test_mere_ground_holds_nothing():
    blank = Image.new("RGB", (200, 100), (240, 240, 240))
    assert find_foreground(blank, find_ground(blank)) is None


@pytest.mark.data
def test_real_products_have_a_plain_ground_and_real_streets_do_not(products, ccp):
    from attire.photos import list_photos, read_photo

    shops = [find_ground(read_photo(path)) is not None for path in list_photos(products / "photos")[::40]]
    streets = [find_ground(read_photo(path)) is not None for path in list_photos(ccp / "val" / "photos")]
    assert np.mean(shops) >= 0.97
    assert np.mean(streets) <= 0.02
