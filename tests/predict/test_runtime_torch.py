"""The real network, tiny and untrained, behind the predictor."""

import numpy as np
import pytest

from attire.instances import Instances
from attire.predict import Predictor, draw_steps, postprocess, prepare
from attire.preprocess import InputSpec

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")

from attire.predict.runtime_torch import TorchRuntime  # noqa: E402


@pytest.fixture(scope="module")
def runtime(tiny_network) -> TorchRuntime:
    return TorchRuntime(
        tiny_network, InputSpec(min_side=64, max_side=96), attribute_categories=frozenset({3})
    )


def test_the_network_is_run_through_the_predictor(runtime, photo, ontology):
    look = Predictor(runtime)(photo, keep="all")
    assert 1 <= len(look) <= 10
    assert look.size == (64, 128)
    assert (np.diff(look.scores) <= 0).all()
    assert look.embeddings.shape == (len(look), 8)
    np.testing.assert_allclose(np.linalg.norm(look.embeddings, axis=1), 1, atol=1e-5)
    assert (look.masks.areas > 0).all()
    assert not look.attributes[look.category_ids != 3].any()
    assert look.ontology is ontology


def test_a_batch_gives_what_single_photos_give(runtime, photo):
    photos = [photo, photo.transpose(0), photo.transpose(1)]
    together = list(Predictor(runtime).many(photos, keep="all", batch_size=3))
    for one, look in zip(photos, together, strict=True):
        alone = Predictor(runtime)(one, keep="all")
        np.testing.assert_allclose(look.scores, alone.scores, atol=1e-5)
        np.testing.assert_allclose(look.boxes, alone.boxes, atol=1e-2)


def test_a_batch_may_hold_photos_of_several_shapes(runtime, photo):
    photos = [photo, photo.resize((90, 120)), photo.crop((20, 0, 90, 64))]
    looks = list(Predictor(runtime).many(photos, keep="all", batch_size=3))
    assert [look.size for look in looks] == [(64, 128), (120, 90), (64, 70)]
    for look in looks:
        assert len(look) > 0
        assert (look.boxes[:, 2:] <= look.size[::-1]).all()


def test_the_predictor_adds_nothing_to_the_network_but_post_processing(runtime, photo, ontology):
    prepared = prepare(photo, runtime.input_spec)
    (raw,) = runtime([prepared.array])
    direct = postprocess(
        raw, prepared.geometry, image_id="photo", ontology=ontology, attribute_categories={3}
    )
    look = Predictor(runtime)(photo, keep="all")
    assert Instances.to_coco(look) == direct.to_coco()


def test_pasting_equals_torchvision_on_what_the_network_says(runtime, photo):
    from torchvision.models.detection.roi_heads import paste_masks_in_image

    from attire.predict import paste_masks

    prepared = prepare(photo, runtime.input_spec)
    (raw,) = runtime([prepared.array])
    boxes = prepared.geometry.to_photo(raw.boxes)
    theirs = paste_masks_in_image(torch.tensor(raw.masks)[:, None], torch.tensor(boxes), (64, 128))
    ours = paste_masks(raw.masks, boxes, (64, 128))
    for i in range(len(raw)):
        assert ((theirs[i, 0] > 0.5).numpy() != ours.decode(i)).sum() <= 1


def test_running_needs_no_gradient_and_evaluation_mode(runtime, photo, tiny_network):
    tiny_network.train()
    TorchRuntime(tiny_network, runtime.input_spec)
    assert not tiny_network.training


def test_both_views_are_read_with_tta(runtime, photo):
    look = Predictor(runtime, tta=True)(photo, keep="all")
    mirrored = Predictor(runtime, tta=True)(photo.transpose(0), keep="all")
    assert len(look) > 0
    np.testing.assert_allclose(np.sort(look.scores), np.sort(mirrored.scores), atol=1e-4)


def test_steps_are_drawn_as_four_pictures_in_a_row(runtime, photo):
    sheet = draw_steps(runtime, Predictor(runtime)(photo, keep="all"))
    assert sheet.width > 4 * photo.width
    assert photo.height < sheet.height < 3 * photo.height


def test_steps_hold_what_the_network_gives(runtime, photo):
    prepared = prepare(photo, runtime.input_spec)
    steps = runtime.trace(prepared.array)
    (raw,) = runtime([prepared.array])
    assert steps.proposals.shape == (len(steps.objectness), 4)
    assert (np.diff(steps.objectness) <= 0).all()
    assert len(steps.refined) == len(steps.refined_scores) >= len(raw)
    np.testing.assert_array_equal(steps.detections.boxes, raw.boxes)
