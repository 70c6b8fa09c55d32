"""The network's numbers, loss weights and cards as values."""

import json
import subprocess
import sys

import pytest
import torch

from attire.errors import RecipeError
from attire.model import CONFIGS, CardScore, LossWeights, ModelCard, ModelConfig, cpu_config


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_configs_survive_json(config):
    assert ModelConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_the_cpu_network_is_among_the_named_ones():
    assert CONFIGS["cpu"] == cpu_config()


def test_files_from_before_a_field_have_its_default():
    values = cpu_config().to_dict()
    for name in ("fpn_depthwise", "rpn_depthwise", "mask_depthwise"):
        assert values.pop(name) is False
    assert ModelConfig.from_dict(values) == cpu_config()


def test_fields_of_a_newer_version_are_refused():
    with pytest.raises(RecipeError, match="'transformer'"):
        ModelConfig.from_dict({"transformer": True})


def test_fields_that_were_given_up_are_read_where_they_did_nothing():
    assert ModelConfig.from_dict({"semantic_mask": 0.0, "semantic_score": 0.0}) == ModelConfig()
    with pytest.raises(RecipeError, match="'semantic_mask'"):
        ModelConfig.from_dict({"semantic_mask": 0.5})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"backbone": "vgg"}, "one of resnet18, resnet50", id="unknown backbone"),
        pytest.param({"norm": "layer"}, "one of frozen, batch", id="unknown norm"),
        pytest.param({"attribute_loss": "hinge"}, "one of focal, bce", id="unknown loss"),
        pytest.param({"rpn_batch": 0}, "rpn_batch is 0", id="no anchors"),
        pytest.param({"roi_positive": 1.5}, "roi_positive is 1.5", id="share above one"),
        pytest.param({"box_dense": ()}, "at least one width", id="no dense layer"),
        pytest.param({"box_dense": (64, -1)}, "positive", id="negative width"),
        pytest.param({"anchor_ratios": ()}, "at least one ratio", id="no anchor shape"),
        pytest.param({"anchor_sizes": ((32,),)}, "5 levels", id="too few levels"),
        pytest.param(
            {"anchor_sizes": ((8, 16), (32,), (64,), (128,), (256,))}, "equally", id="uneven levels"
        ),
        pytest.param({"anchor_sizes": ((0,), (32,), (64,), (128,), (256,))}, "pixels", id="no pixels"),
        pytest.param({"attribute_prior": 0.0}, "attribute_prior is 0.0", id="impossible prior"),
        pytest.param({"focal_gamma": -1.0}, "focal_gamma is -1.0", id="negative focus"),
        pytest.param({"std": (0.2, 0.0, 0.2)}, "std is", id="no deviation"),
    ],
)
def test_values_out_of_range_are_refused(fields, message):
    with pytest.raises(RecipeError, match=message):
        ModelConfig(**fields)


def test_losses_add_up_with_their_weights():
    names = ("objectness", "rpn_box_reg", "classifier", "box_reg", "mask", "attribute")
    losses = {f"loss_{name}": torch.tensor(float(i)) for i, name in enumerate(names, start=1)}
    weights = LossWeights(objectness=10, rpn_box_reg=0.8, classifier=6, box_reg=6, mask=6, attribute=2)
    assert weights.total(losses).item() == pytest.approx(10 + 1.6 + 18 + 24 + 30 + 12)
    assert LossWeights().total(losses).item() == 21


def test_the_founding_names_mean_torchvisions():
    founding = LossWeights.founding(rpn_class=10, rpn_bbox=0.8, mrcnn_class=6, mrcnn_bbox=5, mrcnn_mask=4)
    assert founding == LossWeights(objectness=10, rpn_box_reg=0.8, classifier=6, box_reg=5, mask=4)


def test_a_loss_of_weight_zero_is_not_even_looked_at():
    losses = {"loss_mask": torch.tensor(2.0), "loss_attribute": torch.tensor(torch.nan)}
    assert LossWeights(attribute=0).total(losses).item() == 2


def test_a_diverged_loss_is_named():
    with pytest.raises(RecipeError, match=r"loss_mask = nan.*Lower the learning rate"):
        LossWeights().total({"loss_box_reg": torch.tensor(1.0), "loss_mask": torch.tensor(torch.nan)})


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_impossible_weights_are_refused(value):
    with pytest.raises(RecipeError, match="Loss weight mask"):
        LossWeights(mask=value)


def test_losses_without_weights_are_refused():
    with pytest.raises(RecipeError, match="'loss_keypoint'"):
        LossWeights().total({"loss_keypoint": torch.tensor(1.0)})
    with pytest.raises(RecipeError, match="nothing is left"):
        LossWeights(mask=0).total({"loss_mask": torch.tensor(1.0)})


def test_cards_survive_json():
    score = CardScore(
        name="image", value=0.08, low=0.07, high=0.09, data="ccp/val", command="attire evaluate"
    )
    card = ModelCard(
        name="m", data="ccp", fingerprint="ab", scores=(score,), limits=("No collars.",), licence="x"
    )
    assert ModelCard.from_dict(json.loads(json.dumps(card.to_dict()))) == card


def test_numbers_and_cards_need_no_torch():
    code = "import sys, attire.model, attire.model.header; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
