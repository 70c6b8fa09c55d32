"""The network as a whole: losses in training, detections in use."""

from dataclasses import replace

import pytest
import torch

from attire.errors import DataError, RecipeError
from attire.model import CONFIGS, LossWeights, build_model
from attire.ontology import category_to_label

SIZE = (64, 96)
NAMES = (
    "loss_objectness",
    "loss_rpn_box_reg",
    "loss_classifier",
    "loss_box_reg",
    "loss_mask",
    "loss_attribute",
)


def photos(n=2, size=SIZE):
    return [torch.randint(0, 256, (3, *size), dtype=torch.uint8) for _ in range(n)]


@pytest.fixture
def targets(make_target):
    return [
        make_target(SIZE, [(1, (4, 8, 40, 50), (0, 2)), (3, (50, 10, 90, 60), None)]),
        make_target(SIZE, []),
    ]


@pytest.mark.parametrize("norm", ["frozen", "batch", "group", "sync"])
@pytest.mark.parametrize("backbone", ["resnet18", "mobilenet_v3_large"])
def test_every_backbone_and_norm_takes_a_step(backbone, norm, small_config, small_ontology, targets):
    config = replace(small_config, backbone=backbone, norm=norm, norm_in_heads=norm == "group")
    model = build_model(config, small_ontology)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4)
    losses = model(photos(), targets)
    assert tuple(losses) == NAMES
    total = LossWeights().total(losses)
    total.backward()
    optimizer.step()
    assert all(torch.isfinite(p).all() for p in model.parameters())
    assert model.backbone.body.state_dict(), "the backbone holds weights"
    assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in model.backbone.body.parameters())


@pytest.mark.parametrize("name", ["resnet50", "resnet50_v2", "resnet101"])
def test_the_large_networks_take_a_step_on_a_tiny_photo(name, ontology, make_target):
    config = replace(CONFIGS[name], rpn_post_nms_train=20, roi_batch=4, mask_convs=(32,), mask_channels=32)
    model = build_model(config, ontology)
    target = make_target((64, 64), [(46, (4, 8, 40, 50), (0, 91))], attributes=92)
    total = LossWeights().total(model(photos(2, (64, 64)), [target, target]))
    total.backward()
    assert torch.isfinite(total)


def test_photos_without_garments_teach_the_background(small_config, small_ontology, make_target):
    model = build_model(small_config, small_ontology)
    losses = model(photos(), [make_target(SIZE, []), make_target(SIZE, [])])
    LossWeights().total(losses).backward()
    assert losses["loss_objectness"] > 0
    assert all(
        losses[name] == 0 for name in ("loss_rpn_box_reg", "loss_box_reg", "loss_mask", "loss_attribute")
    )


@pytest.mark.parametrize("compute", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_half_precision_and_layout_change_little(compute, layout, small_config, small_ontology, targets):
    def losses(dtype, memory_format):
        torch.manual_seed(3)
        model = build_model(replace(small_config, norm="group"), small_ontology).to(
            memory_format=memory_format
        )
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype is torch.bfloat16):
            found = model([photo.float() / 255 for photo in inputs], targets)
        LossWeights().total(found).backward()
        assert all(loss.dtype == torch.float32 for loss in found.values())
        assert all(p.grad is None or torch.isfinite(p.grad).all() for p in model.parameters())
        return found

    inputs = photos()
    reference, found = losses(torch.float32, torch.contiguous_format), losses(compute, layout)
    for name in NAMES:
        assert found[name].item() == pytest.approx(reference[name].item(), rel=0.15, abs=0.02), name


def test_detections_have_the_promised_shapes(small_config, small_ontology):
    model = build_model(small_config, small_ontology).eval()
    with torch.inference_mode():
        found = model([*photos(1), *photos(1, (50, 40))])
    assert len(found) == 2
    for one, (height, width) in zip(found, (SIZE, (50, 40)), strict=True):
        n = len(one["scores"])
        assert 0 < n <= small_config.detections_per_photo
        shapes = {name: tuple(value.shape) for name, value in one.items()}
        assert shapes == {
            "boxes": (n, 4),
            "labels": (n,),
            "scores": (n,),
            "masks": (n, 28, 28),
            "attribute_probs": (n, 4),
            "embeddings": (n, 16),
        }
        assert all(v.dtype == (torch.int64 if k == "labels" else torch.float32) for k, v in one.items())
        assert one["labels"].min() >= category_to_label(0)
        assert one["labels"].max() <= category_to_label(2)
        assert (one["scores"].diff() <= 0).all()
        assert (one["boxes"][:, 2:] > one["boxes"][:, :2]).all()
        assert one["boxes"].min() >= 0
        assert one["boxes"][:, 2].max() <= width
        assert one["boxes"][:, 3].max() <= height
        for name in ("masks", "attribute_probs"):
            assert 0 <= one[name].min() <= one[name].max() <= 1
        torch.testing.assert_close(one["embeddings"].norm(dim=1), torch.ones(n))


def test_nothing_found_gives_empty_arrays(small_config, small_ontology):
    model = build_model(replace(small_config, score_thresh=1.0), small_ontology).eval()
    with torch.inference_mode():
        one = model(photos(1))[0]
    assert {k: v.shape[0] for k, v in one.items()} == dict.fromkeys(one, 0)
    assert one["masks"].shape == (0, 28, 28)


def test_a_trace_leads_from_proposals_to_the_detections(small_config, small_ontology):
    model = build_model(small_config, small_ontology).eval()
    inputs = photos()
    with torch.inference_mode():
        traces, found = model.trace(inputs), model.detect(inputs)
    for trace, one in zip(traces, found, strict=True):
        kept = trace.candidates.kept
        assert trace.proposals.shape == (len(trace.objectness), 4)
        assert len(trace.proposals) <= small_config.rpn_post_nms_test
        assert len(kept) < len(trace.candidates.boxes)
        for name in ("boxes", "labels", "scores"):
            assert torch.equal(getattr(trace.candidates, name)[kept], one[name])
            assert torch.equal(trace.detections[name], one[name])


def test_given_boxes_are_described_as_detected_ones(small_config, small_ontology):
    model = build_model(small_config, small_ontology).eval()
    inputs = photos(1)
    with torch.inference_mode():
        found = model(inputs)[0]
        described = model.describe(inputs, [found["boxes"]], [found["labels"]])[0]
    for name in ("masks", "attribute_probs", "embeddings"):
        assert torch.equal(described[name], found[name])


def test_bytes_and_fractions_are_the_same_photo(small_config, small_ontology):
    model = build_model(small_config, small_ontology).eval()
    inputs = photos(1)
    with torch.inference_mode():
        a, b = model(inputs)[0], model([inputs[0].float() / 255])[0]
    assert all(torch.equal(a[name], b[name]) for name in a)


def test_boxes_without_area_are_left_out(small_config, small_ontology, make_target):
    def loss(rectangles):
        torch.manual_seed(0)
        return build_model(small_config, small_ontology).losses(inputs, [make_target(SIZE, rectangles)])

    inputs = photos(1)
    solid = [(1, (4, 8, 40, 50), (0,))]
    assert loss(solid) == loss([*solid, (2, (9, 9, 9, 30), None)])


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        pytest.param("labels", torch.tensor([0]), "from 0 to 0, expected 1 to 3", id="background as a label"),
        pytest.param("labels", torch.tensor([4]), "Use category_to_label", id="label beyond the ontology"),
        pytest.param("labels", torch.tensor([1.0]), "expected torch.int64", id="label of another type"),
        pytest.param("boxes", torch.zeros(1, 5), "boxes has shape", id="box of five numbers"),
        pytest.param("boxes", torch.full((1, 4), torch.nan), "not finite", id="box of nan"),
        pytest.param("masks", torch.zeros(1, 8, 8), "masks has shape", id="mask of another size"),
        pytest.param("attributes", torch.zeros(1, 9), "attributes has shape", id="other attributes"),
        pytest.param("attributes_known", torch.zeros(1, 4), "expected torch.bool", id="known is not bool"),
        pytest.param("masks", None, "has no 'masks'", id="no masks"),
    ],
)
def test_impossible_targets_are_refused(field, value, message, small_config, small_ontology, make_target):
    target = {**make_target(SIZE, [(1, (4, 8, 40, 50), (0,))]), field: value}
    if value is None:
        del target[field]
    with pytest.raises(DataError, match=message):
        build_model(small_config, small_ontology)(photos(1), [target])


def test_impossible_photos_are_refused(small_config, small_ontology):
    model = build_model(small_config, small_ontology).eval()
    with pytest.raises(DataError, match="at least one"):
        model([])
    with pytest.raises(DataError, match="shape \\(1, 8, 8\\)"):
        model([torch.zeros(1, 8, 8)])
    with pytest.raises(DataError, match="expected uint8 or float"):
        model([torch.zeros(3, 8, 8, dtype=torch.int64)])
    with pytest.raises(ValueError, match="needs targets"):
        model.train()(photos(1))
    with pytest.raises(DataError, match="1 photos came with 0 targets"):
        model.losses(photos(1), [])


def test_an_ontology_without_attributes_is_refused(small_config, small_ontology):
    with pytest.raises(RecipeError, match="at least one of each"):
        build_model(small_config, replace(small_ontology, attributes=(), groups=()))
