"""The network learns: one photo by heart."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torchvision.ops import box_iou

from attire.model import LossWeights, build_model

SIZE = (96, 128)


@pytest.fixture
def photo():
    """A red and a green rectangle on noise."""
    pixels = np.random.default_rng(0).integers(0, 90, (3, *SIZE), dtype=np.uint8)
    pixels[0, 10:70, 8:50] = 230
    pixels[1, 40:88, 70:118] = 230
    return torch.from_numpy(pixels)


@pytest.mark.parametrize(
    "half", [pytest.param(False, id="float32"), pytest.param(True, id="bfloat16", marks=pytest.mark.slow)]
)
def test_a_photo_learnt_by_heart_is_read_rightly(half, photo, small_config, small_ontology, make_target):
    target = make_target(SIZE, [(1, (8, 10, 50, 70), (0, 2)), (3, (70, 40, 118, 88), (1,))])
    config = replace(small_config, anchor_sizes=((16,), (24,), (32,), (48,), (64,)))
    model = build_model(config, small_ontology)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4)
    weights = LossWeights(classifier=3, box_reg=6, attribute=10)
    for step in range(100):
        optimizer.param_groups[0]["lr"] = 5e-4 if step < 80 else 1e-4
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            losses = model([photo], [target])
        weights.total(losses).backward()
        optimizer.step()
    with torch.inference_mode():
        found = model.eval()([photo])[0]
    sure = found["scores"] > 0.5
    assert sorted(found["labels"][sure].tolist()) == [1, 3], "each rectangle once, and nothing else"
    assert found["scores"][~sure].max() < 0.3
    for label, row in ((1, 0), (3, 1)):
        place = int(torch.where(sure & (found["labels"] == label))[0])
        assert box_iou(found["boxes"][[place]], target["boxes"][[row]]).item() > 0.75
        assert found["masks"][place].mean() > 0.8, "the rectangle fills its box"
        said = (found["attribute_probs"][place] > 0.5).float()
        assert torch.equal(said, target["attributes"][row])
