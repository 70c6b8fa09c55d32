"""With the same weights, the network sees what torchvision's sees."""

from dataclasses import replace

import pytest
import torch
from torch import nn
from torchvision.models.detection import maskrcnn_resnet50_fpn, maskrcnn_resnet50_fpn_v2
from torchvision.models.detection.mask_rcnn import MaskRCNN
from torchvision.models.detection.transform import GeneralizedRCNNTransform

from attire.model import CONFIGS, build_model
from attire.model.roi_heads import FashionRoIHeads
from attire.model.weights import take_over
from attire.ontology import Category, Ontology

SIZE = (128, 160)
BUILDERS = {"resnet50": maskrcnn_resnet50_fpn, "resnet50_v2": maskrcnn_resnet50_fpn_v2}


def torchvision_model(name: str) -> MaskRCNN:
    """An untrained network whose detections are many, distinct and far from ties."""
    torch.manual_seed(1)
    model = BUILDERS[name](
        weights=None,
        weights_backbone=None,
        num_classes=91,
        min_size=min(SIZE),
        max_size=max(SIZE),
        box_score_thresh=0.0,
    )
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.1, 0.1)
            nn.init.uniform_(module.running_var, 0.8, 1.2)
            nn.init.constant_(module.weight, 0.7)
    for layer in (model.rpn.head.cls_logits, model.roi_heads.box_predictor.cls_score):
        nn.init.normal_(layer.weight, std=0.2)
    return model.eval()


@pytest.mark.parametrize(("name", "norm"), [("resnet50", "frozen"), ("resnet50_v2", "batch")])
def test_detections_and_losses_equal_torchvisions(name, norm, ontology, make_target):
    categories = tuple(Category(i, f"thing {i}") for i in range(90))
    coco = Ontology("coco", categories, ontology.attributes, ontology.groups)
    theirs = torchvision_model(name)
    ours = build_model(replace(CONFIGS[name], norm=norm, score_thresh=0.0), coco).eval()
    report = take_over(ours, theirs.state_dict(), source="torchvision")
    assert not report.names("re-initialised")
    assert all(".attribute_head." in row for row in report.names("missing"))
    photo = torch.rand(3, *SIZE)

    with torch.inference_mode():
        found = ours([photo])[0]
        expected = theirs([photo])[0]
    assert len(found["scores"]) == len(expected["scores"]) == 100
    assert torch.equal(found["labels"], expected["labels"])
    torch.testing.assert_close(found["boxes"], expected["boxes"], atol=1e-3, rtol=1e-4)
    torch.testing.assert_close(found["scores"], expected["scores"], atol=1e-5, rtol=1e-4)

    target = make_target(SIZE, [(5, (10, 10, 60, 100), None), (9, (50, 20, 140, 120), None)], attributes=92)
    theirs_target = {name: target[name] for name in ("boxes", "labels", "masks")}
    with torch.no_grad():
        torch.manual_seed(2)
        torch.empty(1).uniform_()  # torchvision draws a resizing here, of one choice
        losses = ours.losses([photo], [target])
        torch.manual_seed(2)
        expected_losses = evaluation_losses(theirs, photo, theirs_target)
    for key, value in expected_losses.items():
        torch.testing.assert_close(losses[key], value, atol=1e-5, rtol=1e-4)
    assert set(losses) - set(expected_losses) == {"loss_attribute"}


def evaluation_losses(model: MaskRCNN, photo: torch.Tensor, target) -> dict[str, torch.Tensor]:
    """Its losses with statistics as in use: only what samples proposals is in training mode."""
    model.train()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()
    model.rpn._pre_nms_top_n = model.rpn._post_nms_top_n = {"training": 1000, "testing": 1000}
    assert isinstance(model.transform, GeneralizedRCNNTransform)
    assert not isinstance(model.roi_heads, FashionRoIHeads)
    return model([photo], [target])
