"""The benchmark that counts what a network costs."""

from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from attire.model import build_model, cpu_config

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "costs.py"
SIZE = (64, 96)
LEVELS = 16 * 24 + 8 * 12 + 4 * 6 + 2 * 3
"""Places of the pyramid's levels at strides 4, 8, 16 and 32."""
TOP = 2
"""Places of the level at stride 64, which only proposes: 1 × 2."""
CHANNELS = 128
SAVED = 9 * CHANNELS**2 - (9 * CHANNELS + CHANNELS**2)
"""Multiply-adds at one place that a separable convolution does without."""


@pytest.fixture(scope="module")
def costs():
    spec = spec_from_file_location("costs", BENCHMARK)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("changes", "part", "saved"),
    [
        pytest.param({"fpn_depthwise": True}, "backbone.fpn", SAVED * LEVELS, id="pyramid"),
        pytest.param({"rpn_depthwise": True}, "rpn", SAVED * (LEVELS + TOP), id="proposals"),
        pytest.param({"mask_depthwise": True}, "roi_heads.mask", SAVED * 2 * 196 * 50, id="two of masks"),
        pytest.param(
            {"mask_channels": 64},
            "roi_heads.mask",
            # Half of the upsampling to 28 × 28 and of what reads it; 46 categories and the background.
            64 * (CHANNELS * 4 * 196 + 47 * 784) * 50,
            id="narrow upsampling",
        ),
        pytest.param(
            {"rpn_post_nms_test": 100},
            "roi_heads.box",
            # Two dense layers, then categories and boxes.
            200 * 512 * (CHANNELS * 49 + 512 + 47 + 4 * 47),
            id="fewer proposals",
        ),
    ],
)
def test_what_is_saved_equals_the_count_by_hand(changes, part, saved, costs, ontology):
    full = costs.multiply_adds(build_model(cpu_config(), ontology).eval(), SIZE)
    light = costs.multiply_adds(build_model(replace(cpu_config(), **changes), ontology).eval(), SIZE)
    assert full[part] - light[part] == saved
    assert {name for name in full if full[name] != light[name]} == {part}
