"""Photos are decoded as large as needed, when they are needed."""

import os

import numpy as np
import pytest
from PIL import Image

from attire.errors import DataError
from attire.predict import Look, Needs, PhotoFile, Predictor, prepare
from attire.predict import source as source_module
from attire.preprocess import InputSpec

DRESS = 10
LARGE = (1280, 960)


@pytest.fixture
def predictor(make_raw, make_runtime) -> Predictor:
    return Predictor(make_runtime(make_raw((DRESS, (10, 5, 30, 40), 0.9, {}))))


@pytest.fixture
def file(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    Image.fromarray(pixels).resize(LARGE, Image.Resampling.BICUBIC).save(tmp_path / "large.jpg")
    return tmp_path / "large.jpg"


@pytest.fixture
def decoded(monkeypatch) -> list[tuple[int, int]]:
    """Size of every image that is decoded."""
    sizes = []
    read = source_module.read_draft

    def remember(path, needed):
        draft = read(path, needed)
        sizes.append(draft.image.size)
        return draft

    monkeypatch.setattr(source_module, "read_draft", remember)
    return sizes


def test_a_file_is_decoded_small_and_found_at_its_full_size(predictor, file, decoded):
    look = predictor(file)
    assert decoded == [(160, 120)], "twice the 64x48 of the input, at an eighth"
    assert look.size == (960, 1280)
    assert look.masks.sizes.tolist() == [[960, 1280]]
    np.testing.assert_allclose(look.boxes[0], [200, 100, 600, 800])
    with Image.open(file) as whole:
        np.testing.assert_allclose(predictor(whole.copy()).boxes, look.boxes)


def test_all_views_share_one_draft_that_is_large_enough(predictor, file, decoded, make_runtime):
    larger = make_runtime(*predictor.runtime.answers, input_spec=InputSpec(height=192, width=192))
    both = Predictor(predictor.runtime, also=[larger], tta=True)
    assert next(iter(both.many([file]))).size == (960, 1280)
    assert decoded == [(640, 480)], "twice 211x158"
    assert {array.shape for batch in larger.asked for array in batch} == {(3, 192, 192), (3, 224, 224)}


def test_a_look_of_a_file_holds_no_pixels_but_gives_them(predictor, file, decoded):
    look = predictor(file)
    assert isinstance(look.source, PhotoFile)
    assert not [one for one in vars(look).values() if isinstance(one, Image.Image)]
    assert look.photo.size == LARGE
    assert look.draw().size == LARGE
    assert look[:0].draw(max_side=300).size == (300, 225)
    assert decoded == [(160, 120), LARGE, LARGE, (320, 240)]


def test_a_file_is_decoded_once_where_a_picture_is_planned(predictor, file, decoded):
    (look,) = predictor.many([file], picture_side=500)
    assert look.picture.size == (500, 375)
    assert look.draw(max_side=500).size == (500, 375)
    assert look.draw(max_side=100).size == (100, 75)
    assert decoded == [(640, 480)]
    assert look.draw(max_side=900).size == (900, 675)
    assert len(decoded) == 2
    unplanned = predictor(file).draw(max_side=500)
    difference = np.abs(np.asarray(unplanned, int) - np.asarray(look.draw(max_side=500), int))
    assert difference.max() <= 1


def test_a_picture_as_large_as_the_photo_is_the_photo(predictor, photo):
    (look,) = predictor.many([photo], picture_side=1600)
    assert look.draw(max_side=1600).size == photo.size
    assert look.draw().size == photo.size


def test_pixels_that_were_handed_over_are_kept(predictor, photo, decoded):
    look = predictor(photo)
    assert look.photo is look[:1].photo
    assert look.photo.size == photo.size
    assert not decoded


def test_a_photo_that_went_missing_is_said(predictor, file):
    look = predictor(file)
    file.unlink()
    for ask in (lambda: look.photo, look.draw):
        with pytest.raises(DataError, match=r"large\.jpg: no such photo"):
            ask()


@pytest.mark.parametrize("change", ["content", "time"])
def test_a_photo_that_changed_is_said(predictor, file, change):
    look = predictor(file)
    if change == "content":
        Image.new("RGB", LARGE).save(file)
    else:
        os.utime(file, (1, 1))
    with pytest.raises(DataError, match=r"large\.jpg: has changed since .* Read it anew"):
        look.draw(max_side=100)
    assert isinstance(predictor(file), Look)


def test_the_largest_of_all_needs_counts():
    small, tall = InputSpec(height=64, width=64), InputSpec(height=320, width=32)
    assert Needs(small, others=(tall,)).size((1000, 1000)) == (128, 128)
    assert Needs(small, picture_side=500).size((1000, 2000)) == (250, 500)
    assert Needs(small, picture_side=3000).size((1000, 2000)) == (1000, 2000)
    with pytest.raises(DataError, match="no such photo"):
        prepare("absent.jpg", Needs(small))
