"""The auxiliary head: its truth by hand, and that it teaches the pyramid only when asked for."""

from dataclasses import replace

import pytest
import torch

from attire.errors import RecipeError
from attire.model import ModelConfig, cpu_config
from attire.model.semantic_head import SemanticHead, category_maps


def target(labels: list[int], masks: torch.Tensor) -> dict[str, torch.Tensor]:
    labelled = torch.ones(46, dtype=torch.bool)
    return {"labels": torch.tensor(labels), "masks": masks.to(torch.uint8), "labelled": labelled}


def test_a_sleeve_on_a_dress_is_both() -> None:
    masks = torch.zeros(2, 8, 8)
    masks[0] = 1
    masks[1, :4, :4] = 1
    maps = category_maps(target([11, 32], masks), 46, (2, 2))
    assert maps[10].tolist() == [[1, 1], [1, 1]]
    assert maps[31].tolist() == [[1, 0], [0, 0]]
    assert maps.sum() == 5


def test_cells_beyond_a_smaller_photo_are_empty() -> None:
    maps = category_maps(target([1], torch.ones(1, 8, 4)), 46, (3, 3))
    assert maps[0].tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_a_photo_without_garments_is_all_background() -> None:
    assert category_maps(target([], torch.zeros(0, 8, 8)), 46, (2, 2)).sum() == 0


def test_the_loss_is_summed_over_categories_and_averaged_over_pixels() -> None:
    head = SemanticHead(4, 8, 46)
    torch.nn.init.zeros_(head.logits.weight)
    head.logits.bias.data.zero_()
    loss = head.loss(torch.randn(2, 4, 2, 2), [target([1], torch.ones(1, 8, 8))] * 2)
    assert loss.item() == pytest.approx(46 * torch.tensor(2.0).log().item(), rel=1e-5)


def test_learning_lowers_it() -> None:
    torch.manual_seed(0)
    head, feature = SemanticHead(4, 8, 46), torch.randn(1, 4, 4, 4)
    truth = [target([3], (feature[0, :1].repeat_interleave(4, 1).repeat_interleave(4, 2) > 0))]
    optimizer = torch.optim.Adam(head.parameters(), lr=0.05)
    losses = []
    for _ in range(60):
        loss = head.loss(feature, truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.2 * losses[0]


def test_a_negative_width_is_refused() -> None:
    with pytest.raises(RecipeError, match="semantic_channels"):
        replace(cpu_config(), semantic_channels=-1)
    assert ModelConfig().semantic_channels == 0
