import numpy as np
import pytest
from PIL import Image

from attire.dataset.augment import AugmentConfig
from attire.dataset.view import View
from attire.errors import RecipeError
from attire.masks import RunLengths
from attire.preprocess import PADDING, InputSpec, preprocess

SPECS = {
    "letterbox": InputSpec(height=96, width=64),
    "plain": InputSpec(height=96, width=64, mode="plain"),
    "sides": InputSpec(min_side=64, max_side=96),
    "nearest four": InputSpec(height=96, width=64, antialias=False),
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (40, 50), (1, 7)])
def test_the_whole_view_is_what_preprocess_gives(spec, size):
    rng = np.random.default_rng(0)
    photo = Image.fromarray(rng.integers(0, 256, (*size, 3), dtype=np.uint8))
    masks = RunLengths.from_masks([rng.random(size) < 0.5, np.zeros(size), np.ones(size)])
    expected, geometry = preprocess(photo, spec)
    view = View.whole(geometry)
    height, width = view.content_size
    np.testing.assert_array_equal(
        view.draw(photo, size, antialias=spec.antialias), expected[:, :height, :width]
    )
    assert (expected[:, height:] == np.array(PADDING)[:, None, None]).all()
    np.testing.assert_array_equal(view.decode(masks), geometry.decode_masks(masks))


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_window_is_cut_from_photo_and_masks_alike(mirrored):
    photo = np.zeros((8, 10, 3), np.uint8)
    photo[3:5, 6:9] = 255
    view = View(
        network_size=(8, 8), top=2, left=4, window_size=(4, 6), content_size=(4, 6), mirrored=mirrored
    )
    drawn = view.draw(Image.fromarray(photo), (8, 10), antialias=True)
    mask = view.decode(RunLengths.from_mask(photo[..., 0]))[0]
    expected = np.zeros((4, 6))
    expected[1:3, 2:5] = 1
    expected = expected[:, ::-1] if mirrored else expected
    np.testing.assert_array_equal(drawn[0] // 255, expected)
    np.testing.assert_array_equal(mask[:4, :6], expected)
    assert mask[4:].sum() == mask[:, 6:].sum() == 0


def test_masks_outside_the_window_are_empty():
    mask = np.zeros((8, 10), bool)
    mask[0, :] = mask[:, 0] = True
    view = View(network_size=(4, 4), top=2, left=4, window_size=(4, 6), content_size=(4, 4))
    assert view.decode(RunLengths.from_mask(mask)).sum() == 0
    assert view.decode(RunLengths.empty()).shape == (0, 4, 4)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_random_views_stay_within_photo_and_input(spec):
    geometry = spec.geometry((301, 200))
    rng = np.random.default_rng(1)
    augment = AugmentConfig(scale=(0.1, 2.0))
    views = [View.random(geometry, augment, rng) for _ in range(300)]
    for view in views:
        for axis, start in enumerate((view.top, view.left)):
            assert 0 <= start <= start + view.window_size[axis] <= geometry.photo_size[axis]
            assert 1 <= view.content_size[axis] <= view.network_size[axis]
        # Rounding aside, both directions keep the scales that they have without augmentation.
        assert view.scales[0] / view.scales[1] == pytest.approx(geometry.scale_y / geometry.scale_x, rel=0.2)
    factors = np.array([view.scales[0] for view in views]) / geometry.scale_y
    assert 0.05 < factors.min() < 0.3
    assert 1.7 < factors.max() < 2.1
    assert 0.4 < np.mean([view.mirrored for view in views]) < 0.6


def test_no_range_and_no_chance_is_the_whole_view():
    geometry = SPECS["letterbox"].geometry((300, 200))
    augment = AugmentConfig(scale=(1, 1), flip=0)
    assert View.random(geometry, augment, np.random.default_rng(0)) == View.whole(geometry)


def test_a_draft_shows_the_same_window():
    ramp = np.add.outer(np.arange(400), np.arange(600)) / 4
    photo = Image.fromarray(np.repeat(ramp[..., None], 3, axis=2).astype(np.uint8))
    view = View(network_size=(50, 50), top=100, left=202, window_size=(200, 200), content_size=(50, 50))
    half = photo.reduce(2)
    drawn = [view.draw(image, (400, 600), antialias=True).astype(int) for image in (photo, half)]
    assert np.abs(drawn[0] - drawn[1]).max() <= 1


@pytest.mark.parametrize(
    "wrong",
    [{"flip": 1.5}, {"scale": (2.0, 1.0)}, {"scale": (0.0, 1.0)}, {"hue": 0.6}, {"rotation_degrees": 90.0}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_impossible_augmentation_is_refused(wrong):
    with pytest.raises(RecipeError, match=f"Augmentation {next(iter(wrong))}="):
        AugmentConfig(**wrong)
