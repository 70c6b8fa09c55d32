"""Small networks, photos and targets, made on the spot."""

from dataclasses import replace

import pytest
import torch

from attire.model import ModelConfig, build_model, cpu_config
from attire.ontology import Ontology, parse_ontology


@pytest.fixture(autouse=True)
def seeded():
    """Same start for every test, on one thread: other work shares the machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def small_ontology() -> Ontology:
    """Three categories and four attributes."""
    return parse_ontology(
        {
            "categories": [{"id": i, "name": n} for i, n in enumerate(("shirt", "skirt", "shoe"))],
            "attributes": [{"id": 10 * i, "name": n} for i, n in enumerate(("mini", "maxi", "dot", "check"))],
        }
    )


@pytest.fixture(scope="session")
def small_config() -> ModelConfig:
    """The CPU network, narrower still."""
    return replace(
        cpu_config(),
        norm="batch",
        fpn_channels=32,
        rpn_pre_nms_train=100,
        rpn_post_nms_train=50,
        rpn_pre_nms_test=100,
        rpn_post_nms_test=50,
        roi_batch=32,
        box_dense=(64, 64),
        mask_convs=(32,),
        mask_channels=32,
        attribute_hidden=32,
        embedding_dim=16,
        score_thresh=0.0,
        detections_per_photo=10,
    )


@pytest.fixture
def make_target():
    """Builder of a target from ``[(label, (x1, y1, x2, y2), attributes or None)]``; masks fill the boxes."""

    def make(size, rectangles, attributes=4):
        n = len(rectangles)
        masks = torch.zeros((n, *size), dtype=torch.uint8)
        held = torch.zeros((n, attributes))
        known = torch.zeros((n, attributes), dtype=torch.bool)
        for i, (_, (x1, y1, x2, y2), said) in enumerate(rectangles):
            masks[i, y1:y2, x1:x2] = 1
            known[i] = said is not None
            held[i, list(said or ())] = 1
        return {
            "boxes": torch.tensor([r[1] for r in rectangles], dtype=torch.float32).reshape(-1, 4),
            "labels": torch.tensor([r[0] for r in rectangles], dtype=torch.int64),
            "masks": masks,
            "attributes": held,
            "attributes_known": known,
        }

    return make


@pytest.fixture
def model(small_config, small_ontology):
    return build_model(replace(small_config, norm="frozen"), small_ontology).eval()
