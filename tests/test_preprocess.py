"""The one way from photo to input and back."""

import numpy as np
import pytest
from PIL import Image

from attire.errors import DataError, RecipeError
from attire.masks import RunLengths
from attire.photos import Draft, read_draft, read_photo
from attire.preprocess import PADDING, InputSpec, preprocess, resize

SPECS = [
    pytest.param(InputSpec(height=96, width=64), id="letterbox"),
    pytest.param(InputSpec(height=96, width=64, mode="plain"), id="stretched"),
    pytest.param(InputSpec(min_side=64, max_side=96), id="by its sides"),
]
SIZES = [(300, 200), (200, 300), (97, 31), (5, 900), (40, 40)]


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("size", SIZES)
def test_boxes_survive_the_way_there_and_back(spec, size):
    geometry = spec.geometry(size)
    height, width = size
    boxes = np.array([[0, 0, width, height], [1, 2, 3.5, 4.25]], np.float32)
    np.testing.assert_allclose(geometry.to_photo(geometry.to_network(boxes)), boxes, rtol=1e-5)
    whole = geometry.to_network(boxes)[0]
    np.testing.assert_allclose(whole, [0, 0, geometry.content_size[1], geometry.content_size[0]], rtol=1e-6)


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("size", SIZES)
def test_the_array_is_as_the_geometry_says(spec, size):
    array, geometry = preprocess(Image.new("RGB", size[::-1], (255, 0, 0)), spec)
    assert array.shape == (3, *geometry.network_size)
    assert array.dtype == np.uint8
    assert all(side % 32 == 0 for side in geometry.network_size)
    assert all(c <= n for c, n in zip(geometry.content_size, geometry.network_size, strict=True))
    height, width = geometry.content_size
    content = np.zeros(geometry.network_size, bool)
    content[:height, :width] = True
    assert (array[:, content].T == (255, 0, 0)).all()
    assert (array[:, ~content].T == PADDING).all()


def test_a_letterbox_keeps_the_shape_and_a_plain_one_fills_the_canvas():
    assert InputSpec(height=96, width=96).geometry((400, 200)).content_size == (96, 48)
    plain = InputSpec(height=96, width=96, mode="plain").geometry((400, 200))
    assert plain.content_size == plain.network_size == (96, 96)
    assert (plain.scale_y, plain.scale_x) == (0.24, 0.48)


def test_sides_follow_the_shorter_one_until_the_longer_one_is_too_long():
    spec = InputSpec(min_side=100, max_side=150)
    assert spec.geometry((200, 240)).content_size == (100, 120)
    assert spec.geometry((200, 800)).content_size == (38, 150)


@pytest.mark.parametrize("antialias", [True, False])
@pytest.mark.parametrize("spec", [InputSpec(height=160, width=96), InputSpec(height=64, width=32)])
def test_masks_lie_where_the_photo_shows_them(spec, antialias):
    photo = np.zeros((120, 80, 3), np.uint8)
    photo[30:90, 17:66] = 255
    mask = photo[:, :, 0] > 0
    spec = InputSpec(height=spec.height, width=spec.width, antialias=antialias)
    array, geometry = preprocess(Image.fromarray(photo), spec)
    decoded = geometry.decode_masks(RunLengths.from_masks([mask, ~mask]))
    height, width = geometry.content_size
    seen = array[0, :height, :width] > 127
    assert decoded.shape == (2, *geometry.network_size)
    assert (decoded[0, :height, :width] != seen).sum() <= 2 * (height + width) * 0.26
    assert not decoded[:, height:].any()
    assert not decoded[:, :, width:].any()
    assert (decoded[:, :height, :width].sum(axis=0) == 1).all()
    box = RunLengths.from_mask(decoded[0]).boxes
    np.testing.assert_allclose(box, geometry.to_network(np.array([[17, 30, 66, 90]])), atol=0.51)


def test_smooth_resizing_averages_what_plain_resizing_skips():
    stripes = np.zeros((64, 64), np.uint8)
    stripes[:, ::4] = 255
    photo = Image.fromarray(stripes)
    smooth = np.asarray(resize(photo, (64, 8), antialias=True))[:, 1:-1]
    plain = np.asarray(resize(photo, (64, 8), antialias=False))
    assert np.abs(smooth.astype(int) - 64).max() <= 2, "one pixel in four is white"
    assert set(np.unique(plain)) <= {127, 128}, "the two pixels at the centre are a white and a black one"


def test_plain_resizing_is_bilinear_with_pixel_centres_aligned():
    ramp = Image.fromarray(np.tile(np.arange(0, 200, 10, dtype=np.uint8), (4, 1)))
    doubled = np.asarray(resize(ramp, (4, 40), antialias=False)).astype(int)
    expected = np.interp((np.arange(40) + 0.5) / 2 - 0.5, np.arange(20), np.arange(0, 200, 10))
    assert np.abs(doubled[0] - expected).max() <= 1


def test_a_photo_of_the_right_size_is_left_alone():
    photo = np.random.default_rng(0).integers(0, 256, (64, 32, 3), dtype=np.uint8)
    array, _ = preprocess(Image.fromarray(photo), InputSpec(height=64, width=32, antialias=False))
    assert np.array_equal(array, photo.transpose(2, 0, 1))


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("size", [(1601, 1203), (1203, 1601)])
def test_a_draft_makes_the_input_that_the_whole_photo_makes(spec, size, tmp_path):
    path = tmp_path / "large.jpg"
    rng = np.random.default_rng(0)
    blots = Image.fromarray(rng.integers(0, 256, (40, 30, 3), dtype=np.uint8))
    blots.resize(size, Image.Resampling.BICUBIC).save(path, quality=90)
    draft = read_draft(path, spec.least_size)
    assert max(draft.image.size) < max(size) / 3
    small, small_geometry = preprocess(draft, spec)
    whole, geometry = preprocess(read_photo(path), spec)
    assert small_geometry == geometry
    assert geometry.photo_size == size[::-1]
    assert np.abs(small.astype(int) - whole).max() <= 6


def test_an_input_without_smoothing_asks_for_the_whole_photo():
    assert InputSpec(height=64, width=64, antialias=False).least_size((4000, 3000)) == (4000, 3000)


@pytest.mark.parametrize("antialias", [True, False])
def test_a_part_of_a_photo_is_resized_as_if_it_were_cut_out(antialias):
    photo = Image.fromarray(np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8))
    part = resize(photo, (20, 20), antialias=antialias, box=(8, 4, 72, 60))
    cut = resize(photo.crop((8, 4, 72, 60)), (20, 20), antialias=antialias)
    inner = (slice(1, -1), slice(1, -1))  # at its rim a part takes in what lies beyond
    assert np.abs(np.asarray(part, int)[inner] - np.asarray(cut, int)[inner]).max() <= 1
    same = resize(photo, (60, 80), antialias=antialias, box=(0, 0, 80, 60))
    assert same is photo
    with_padding = Draft(photo, (57, 77), (0, 0, 77, 57))
    assert preprocess(with_padding, InputSpec(min_side=32, max_side=64))[1].photo_size == (57, 77)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({}, "either height and width", id="nothing given"),
        pytest.param({"height": 64}, "either height and width", id="half a canvas"),
        pytest.param({"height": 64, "width": 64, "min_side": 8, "max_side": 9}, "either", id="both ways"),
        pytest.param({"height": 64, "width": 64, "min_side": 8}, "either", id="one and a half ways"),
        pytest.param({"height": 60, "width": 64}, "use 64x64", id="does not divide"),
        pytest.param({"height": -32, "width": 64}, "positive", id="negative"),
        pytest.param({"min_side": 9, "max_side": 8}, "swap", id="sides swapped"),
        pytest.param({"min_side": 8, "max_side": 9, "mode": "plain"}, "exact", id="plain without a canvas"),
        pytest.param({"height": 64, "width": 64, "mode": "crop"}, "unknown", id="unknown mode"),
    ],
)
def test_contradicting_sizes_are_refused(fields, message):
    with pytest.raises(RecipeError, match=message):
        InputSpec(**fields)


def test_only_rgb_photos_with_pixels_are_read():
    with pytest.raises(DataError, match="mode 'L'"):
        preprocess(Image.new("L", (8, 8)), InputSpec(height=32, width=32))
    with pytest.raises(DataError, match="nothing to read"):
        InputSpec(height=32, width=32).geometry((0, 5))


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("factor", [0.1, 0.8, 1.0, 1.25, 3.0])
def test_a_scaled_input_is_as_large_as_fits(spec, factor):
    scaled = spec.scaled(factor)
    assert scaled.mode == spec.mode
    (before, after) = (s.geometry((300, 200)).network_size for s in (spec, scaled))
    assert np.abs(np.array(after) - factor * np.array(before)).max() <= 32
    assert spec.scaled(1.0) == spec


@pytest.mark.parametrize("factor", [0, -1.0, float("nan")])
def test_an_input_is_not_scaled_to_nothing(factor):
    with pytest.raises(RecipeError, match="positive factor"):
        InputSpec(height=96, width=64).scaled(factor)
