"""The inference graph computes what the network computes."""

import numpy as np
import pytest
import torch

from attire.export import InferenceGraph
from attire.model import ModelConfig, build_model

SIZES = [(64, 64), (96, 64), (64, 160), (480, 320)]


def photos(size):
    rng = np.random.default_rng(size[0] + size[1])
    small = rng.integers(0, 256, (3, size[0] // 16, size[1] // 16), np.uint8)
    return torch.from_numpy(small.repeat(16, axis=1).repeat(16, axis=2))


@pytest.fixture(scope="module", params=["batch", "group", "frozen"])
def network(request, tiny_network, ontology):
    if request.param == "batch":
        return tiny_network.eval()
    torch.manual_seed(1)
    from dataclasses import replace

    config = replace(tiny_network.config, norm=request.param, norm_in_heads=True, box_dense=(32, 24))
    return build_model(config, ontology).eval()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@torch.inference_mode()
def test_it_gives_what_the_network_gives(network, size):
    photo = photos(size)
    (trace,) = network.trace([photo])
    found = InferenceGraph(network).eval()(photo)
    assert len(found.boxes) == len(trace.detections["boxes"]) > 0
    torch.testing.assert_close(found.proposals, trace.proposals, atol=1e-3, rtol=0)
    torch.testing.assert_close(found.objectness, trace.objectness, atol=1e-5, rtol=0)
    assert len(found.candidates) == len(trace.candidates.boxes)
    torch.testing.assert_close(found.boxes, trace.detections["boxes"], atol=1e-3, rtol=0)
    assert torch.equal(found.labels, trace.detections["labels"])
    for name in ("scores", "masks", "attribute_probs", "embeddings"):
        torch.testing.assert_close(getattr(found, name), trace.detections[name], atol=1e-5, rtol=0)


@torch.inference_mode()
def test_convolutions_before_the_dense_layers_are_followed_too(ontology):
    config = ModelConfig(
        backbone="resnet18",
        fpn_channels=16,
        rpn_convs=2,
        rpn_pre_nms_test=40,
        rpn_post_nms_test=20,
        box_convs=(16, 16),
        box_dense=(32,),
        mask_convs=(16,),
        mask_channels=16,
        score_thresh=0.0,
        detections_per_photo=5,
        attribute_hidden=16,
        embedding_dim=8,
    )
    network = build_model(config, ontology).eval()
    photo = photos((128, 96))
    (found,) = network.detect([photo])
    graph = InferenceGraph(network).eval()(photo)
    torch.testing.assert_close(graph.boxes, found["boxes"], atol=1e-3, rtol=0)
