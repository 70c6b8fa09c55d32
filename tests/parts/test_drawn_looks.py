"""What docs/select.md says of parts: drawn looks know whose sleeve it is."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from attire.parts import attach_parts, largest_overlap
from attire.predict import Predictor, select_by_score
from attire.render import draw_look

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "parts.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("parts_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize("wanted", [(), ("two people",)], ids=["usual looks", "two people"])
def test_with_true_masks_parts_find_their_garment(wanted):
    right = []
    for index in range(12):
        look = draw_look(1234, index, (384, 256), wanted=wanted)
        known = look.owners >= 0
        right += (attach_parts(look.instances)[known] == look.owners[known]).tolist()
    assert len(right) > 40
    assert np.mean(right) >= 0.97


@pytest.mark.slow
def test_with_predicted_masks_too(benchmark):
    predictor = Predictor.load(selector=select_by_score(0.3), calibrated=False)
    seen = list(benchmark.cases(150, 1235, predictor))
    predicted = [case for case in seen if case.masks == "predicted"]
    ours, parts = benchmark.share(predicted, attach_parts)
    theirs, _ = benchmark.share(predicted, largest_overlap)
    assert parts > 80
    assert ours >= 0.93
    assert ours > theirs - 0.02
    assert benchmark.share([case for case in seen if case.masks == "true"], attach_parts)[0] >= 0.98
