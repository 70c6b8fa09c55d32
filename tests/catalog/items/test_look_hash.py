import io

import numpy as np
import pytest
from PIL import Image

from attire.catalog.items import DUPLICATE_BITS, bits_apart, look_hash
from attire.samples import sample_looks


def copies(photo):
    memory = io.BytesIO()
    photo.save(memory, "JPEG", quality=50)
    width, height = photo.size
    return {
        "compressed": Image.open(memory).convert("RGB"),
        "smaller": photo.resize((width * 2 // 3, height * 2 // 3)),
        "cropped": photo.crop((width // 60, height // 60, width - width // 60, height - height // 60)),
    }


@pytest.fixture(scope="module")
def photos():
    return [Image.open(path).convert("RGB") for path in sorted((sample_looks() / "photos").glob("*.jpg"))]


def test_copies_are_known_again(photos):
    apart = [
        bits_apart(look_hash(photo), look_hash(copy))
        for photo in photos[:10]
        for copy in copies(photo).values()
    ]
    assert np.mean(np.array(apart) <= DUPLICATE_BITS) >= 0.9
    assert max(apart) <= 12


def test_different_looks_are_not_taken_for_one(photos):
    hashes = [look_hash(photo) for photo in photos]
    apart = [bits_apart(a, b) for place, a in enumerate(hashes) for b in hashes[:place]]
    assert min(apart) > DUPLICATE_BITS


def test_things_on_white_differ_by_form_and_colour(handbag):
    other = Image.new("RGB", (300, 240), "white")
    other.paste((170, 20, 40), (140, 40, 160, 220))
    assert bits_apart(look_hash(handbag), look_hash(other)) > DUPLICATE_BITS
    green = Image.fromarray(np.asarray(handbag)[..., [1, 0, 2]])
    assert bits_apart(look_hash(handbag), look_hash(green)) > DUPLICATE_BITS


def test_a_wider_ground_changes_little(handbag):
    wide = Image.new("RGB", (600, 400), "white")
    wide.paste(handbag, (100, 120))
    assert bits_apart(look_hash(handbag), look_hash(wide)) <= DUPLICATE_BITS


@pytest.mark.parametrize("photo", [Image.new("RGB", (1, 1)), Image.new("L", (900, 2), 255)])
def test_every_photo_has_a_hash(photo):
    assert len(look_hash(photo)) == 16
    int(look_hash(photo), 16)
