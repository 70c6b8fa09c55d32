from types import SimpleNamespace

import pytest
from torch import nn

from attire.model import ModelConfig, build_model
from attire.train import Schedule, Stage
from attire.train.freezing import StagedFreezing, freeze_all_but


def learning_parts(model: nn.Module) -> set[str]:
    """Backbone children with a parameter that learns, and ``heads``."""
    parts = set()
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            place = name.removeprefix("backbone.body.")
            parts.add("heads" if place == name else place.split(".")[0])
    return parts


@pytest.fixture(scope="module")
def resnet(ontology):
    return build_model(ModelConfig(backbone="resnet18", norm="batch"), ontology)


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ("heads", set()),
        ("5+", {"layer4"}),
        ("4+", {"layer4", "layer3"}),
        ("3+", {"layer4", "layer3", "layer2"}),
        ("all", {"layer4", "layer3", "layer2", "layer1", "conv1", "bn1"}),
    ],
)
def test_resnet_thaws_from_the_top(layers, expected, resnet) -> None:
    resnet.train()
    freeze_all_but(resnet, layers)
    assert learning_parts(resnet) == {"heads"} | expected


def test_norms_of_frozen_layers_keep_their_statistics(resnet) -> None:
    resnet.train()
    freeze_all_but(resnet, "5+")
    body = resnet.backbone.body
    assert not body.bn1.training
    assert not body.layer3[0].bn1.training
    assert body.layer4[0].bn1.training
    freeze_all_but(resnet, "all")
    assert body.bn1.training


def test_mobilenet_thaws_by_stride(ontology, tiny) -> None:
    model = build_model(tiny.model, ontology)
    freeze_all_but(model, "5+")
    assert learning_parts(model) == {"heads", "13", "14", "15"}
    freeze_all_but(model, "4+")
    assert learning_parts(model) == {"heads", *map(str, range(7, 16))}


def test_the_step_alone_says_what_is_frozen_also_on_resume_in_mid_epoch(resnet) -> None:
    stages = (Stage(epochs=2, lr=0.1, layers="heads"), Stage(epochs=1, lr=0.1, layers="4+"))
    callback = StagedFreezing(Schedule(stages=stages, steps_per_epoch=5))
    module = SimpleNamespace(model=resnet)
    for step, expected in ((0, set()), (9, set()), (10, {"layer3", "layer4"}), (13, {"layer3", "layer4"})):
        callback.on_train_start(SimpleNamespace(global_step=step), module)
        assert learning_parts(resnet) == {"heads"} | expected
    assert not callback.state_dict()
