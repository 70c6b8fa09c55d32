"""Separable convolutions in the pyramid, the proposals and the mask head."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from attire.model import LossWeights, ModelCard, build_model, load_model, load_weights, save_model
from attire.model.separable import SeparableConv, make_separable, split_kernel
from attire.preprocess import InputSpec

SIZE = (64, 96)
PARTS = {
    "fpn_depthwise": "backbone.fpn.layer_blocks.",
    "rpn_depthwise": "rpn.head.conv.",
    "mask_depthwise": "roi_heads.mask_head.",
}
ALL = dict.fromkeys(PARTS, True)


@pytest.fixture(params=[False, True], ids=["plain heads", "normalised heads"])
def full_config(request, small_config):
    """A small network without these options."""
    return replace(small_config, norm_in_heads=request.param)


def pairs(model):
    return {name for name, module in model.named_modules() if isinstance(module, SeparableConv)}


@pytest.mark.parametrize("option", PARTS)
def test_an_option_changes_its_part_alone(option, full_config, small_ontology):
    full = build_model(full_config, small_ontology)
    light = build_model(replace(full_config, **{option: True}), small_ontology)
    assert not pairs(full)
    assert pairs(light)
    assert all(name.startswith(PARTS[option]) for name in pairs(light))
    ours, theirs = light.state_dict(), full.state_dict()
    new = {f"{name}.{part}.weight" for name in pairs(light) for part in ("depthwise", "pointwise")}
    assert {name for name in ours.keys() - theirs.keys() if not name.endswith(".bias")} == new
    lost = {name.removesuffix(".weight") for name in theirs.keys() - ours.keys() if name.endswith(".weight")}
    assert lost == pairs(light)
    assert all(ours[name].shape == theirs[name].shape for name in ours.keys() & theirs.keys())
    assert light.parameter_count() < full.parameter_count()


def test_a_light_network_takes_a_step_and_reads(full_config, small_ontology, make_target):
    model = build_model(replace(full_config, **ALL), small_ontology)
    photos = [torch.randint(0, 256, (3, *SIZE), dtype=torch.uint8) for _ in range(2)]
    target = make_target(SIZE, [(1, (4, 8, 40, 50), (0, 2)), (3, (50, 10, 90, 60), None)])
    before = {name: value.detach().clone() for name, value in model.named_parameters()}
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-2)
    total = LossWeights().total(model(photos, [target, target]))
    total.backward()
    optimizer.step()
    assert torch.isfinite(total)
    for name in pairs(model):
        for half in ("depthwise", "pointwise"):
            key = f"{name}.{half}.weight"
            assert not torch.equal(before[key], model.get_parameter(key)), f"{key} learns"
    with torch.inference_mode():
        (found,) = model.eval().detect(photos[:1])
    assert len(found["boxes"])
    assert found["masks"].shape[1:] == (28, 28)


def test_it_is_made_of_plain_convolutions():
    block = nn.Sequential(nn.Sequential(nn.Conv2d(8, 12, 3, padding=1), nn.ReLU()), nn.Conv2d(12, 12, 1))
    make_separable(block)
    assert isinstance(block[0][0], SeparableConv)
    assert [type(layer) for layer in block[0][0].children()] == [nn.Conv2d, nn.Conv2d]
    assert isinstance(block[1], nn.Conv2d), "1×1 convolutions stay"


def test_a_separable_kernel_is_found_again():
    depthwise, pointwise = torch.randn(5, 1, 3, 3), torch.randn(7, 5, 1, 1)
    kernel = pointwise * depthwise[:, 0]
    again = split_kernel(kernel)
    torch.testing.assert_close(again[1] * again[0][:, 0], kernel)
    torch.testing.assert_close(again[0].flatten(1).norm(dim=1), torch.ones(5))


def test_no_pair_is_nearer_to_a_kernel():
    kernel = torch.randn(7, 5, 3, 3)
    depthwise, pointwise = (half.requires_grad_() for half in split_kernel(kernel))
    missed = (pointwise * depthwise[:, 0] - kernel).square().sum()
    missed.backward()
    for half in (depthwise, pointwise):
        torch.testing.assert_close(half.grad, torch.zeros_like(half), atol=1e-4, rtol=0)
    assert missed < kernel.square().sum()


def test_full_weights_that_are_separable_lose_nothing(full_config, small_ontology, tmp_path):
    full = build_model(full_config, small_ontology).eval()
    light = build_model(replace(full_config, **ALL), small_ontology).eval()
    with torch.no_grad():
        for name in pairs(light):
            kernel = full.get_parameter(f"{name}.weight")
            depthwise, pointwise = split_kernel(kernel)
            kernel.copy_(3 * pointwise * depthwise[:, 0])
            bias = full.get_submodule(name).bias
            if bias is not None:
                bias.uniform_(-0.1, 0.1)
    file = tmp_path / "full.safetensors"
    save_model(file, full, card=ModelCard(name="x"), input_spec=InputSpec(height=64, width=64))
    report = load_weights(light, file)
    assert report.counts()["taken"] == len(light.state_dict())
    assert not report.names("unused")
    # Four levels of the pyramid, one convolution before the proposals, one in the mask head.
    assert report.notes == ("6 convolutions were split in two, which keeps 100% of their squared weights.",)
    photo = [torch.randint(0, 256, (3, *SIZE), dtype=torch.uint8)]
    with torch.inference_mode():
        maps, expected = light.backbone(photo[0][None] / 255), full.backbone(photo[0][None] / 255)
        for level in expected:
            torch.testing.assert_close(maps[level], expected[level], atol=1e-4, rtol=1e-3)
        (logits, _), (right, _) = (net.rpn.head([expected["0"]]) for net in (light, full))
        torch.testing.assert_close(logits[0], right[0], atol=1e-5, rtol=1e-3)
        regions = torch.randn(3, full_config.fpn_channels, 14, 14)
        torch.testing.assert_close(
            light.roi_heads.mask_head(regions), full.roi_heads.mask_head(regions), atol=1e-4, rtol=1e-3
        )


def test_a_light_network_goes_into_a_file_and_back(small_config, small_ontology, tmp_path):
    model = build_model(replace(small_config, norm_in_heads=True, **ALL), small_ontology)
    file = tmp_path / "light.safetensors"
    save_model(file, model, card=ModelCard(name="x"), input_spec=InputSpec(height=64, width=64))
    loaded = load_model(file)
    assert loaded.config == model.config
    assert all(
        torch.equal(loaded.model.state_dict()[name], value) for name, value in model.state_dict().items()
    )
