"""Pooling on a CPU gives torchvision's numbers and gradients."""

from dataclasses import replace

import pytest
import torch
from torchvision.ops import MultiScaleRoIAlign

from attire.model import cpu_config
from attire.model.region_pooling import RegionPooling

HEIGHT, WIDTH = 96, 64
SIZES = [(HEIGHT, WIDTH)] * 2


def pyramid(layout: torch.memory_format) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return {
        str(level): torch.randn(2, 5, HEIGHT // stride, WIDTH // stride)
        .to(memory_format=layout)
        .requires_grad_()
        for level, stride in enumerate((4, 8, 16, 32))
    }


def boxes() -> list[torch.Tensor]:
    """Of all sizes, thin ones, and ones that stand out over the photo's edges."""
    torch.manual_seed(1)
    middle = torch.rand(40, 2) * torch.tensor([WIDTH, HEIGHT])
    half = torch.exp(torch.rand(40, 2) * 4.5) / 2
    known = torch.tensor(
        [
            [0.0, 0, WIDTH, HEIGHT],
            [3, 3, 3.2, 90],
            [60, 90, 64, 96],
            [-40, -30, 100, 120],
            [-140, -130, 150, 190],
        ]
    )
    both = torch.cat([torch.cat([middle - half, middle + half], dim=1), known])
    return [both[:10], both[10:]]


@pytest.mark.parametrize("points", [1, 2, 3])
@pytest.mark.parametrize("cells", [1, 7])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_it_equals_torchvisions(points, cells, layout):
    pooling = RegionPooling(replace(cpu_config(), roi_sampling=points), cells)
    gradient = torch.randn(45, 5, cells, cells, generator=torch.Generator().manual_seed(2))
    assert set(pooling.map_levels(boxes()).tolist()) == {0, 1, 2, 3}, "every level is drawn from"
    results = []
    for pool in (pooling, lambda *args: MultiScaleRoIAlign.forward(pooling, *args)):
        maps = pyramid(layout)
        pooled = pool(maps, boxes(), SIZES)
        pooled.backward(gradient)
        results.append([pooled, *(level.grad for level in maps.values())])
    for ours, theirs in zip(*results, strict=True):
        torch.testing.assert_close(ours, theirs, atol=2e-5, rtol=1e-4)


def test_no_boxes_give_no_regions_and_no_gradient():
    maps = pyramid(torch.contiguous_format)
    pooled = RegionPooling(cpu_config(), 7)(maps, [torch.zeros(0, 4)] * 2, SIZES)
    assert pooled.shape == (0, 5, 7, 7)
    pooled.sum().backward()
    assert all((level.grad == 0).all() for level in maps.values())


def test_half_precision_maps_are_read_and_the_sums_are_whole():
    maps = {name: level.detach().bfloat16() for name, level in pyramid(torch.channels_last).items()}
    pooling = RegionPooling(cpu_config(), 7)
    pooled = pooling(maps, boxes(), SIZES)
    assert pooled.dtype == torch.float32
    whole = pooling({name: level.float() for name, level in maps.items()}, boxes(), SIZES)
    assert torch.equal(pooled, whole)
