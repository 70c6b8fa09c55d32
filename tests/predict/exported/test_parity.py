"""torch, ONNX Runtime and OpenVINO say the same of drawn looks: the model in the box, in all its forms."""

import numpy as np
import pytest

from attire.export.agreement import agreement
from attire.photos import list_photos, read_photo
from attire.predict import open_runtime
from attire.preprocess import preprocess
from attire.samples import sample_looks

pytest.importorskip("torch")
openvino = pytest.importorskip("openvino", reason="the extra openvino is not installed")

SURE = 0.5
LOOKS = 5


@pytest.fixture(scope="module")
def inputs():
    spec = open_runtime(runtime="onnxruntime", precision="fp32").input_spec
    return [preprocess(read_photo(path), spec)[0] for path in list_photos(sample_looks() / "photos")[:LOOKS]]


@pytest.fixture(scope="module")
def trained(inputs):
    """What torch says, which is what the model's card speaks of."""
    return open_runtime(runtime="torch", device="cpu")(inputs)


def said(inputs, **how):
    runtime = open_runtime(**how, device="cpu")
    assert how["precision"] in runtime.about
    return runtime(inputs)


@pytest.mark.parametrize("runtime", ["onnxruntime", "openvino"])
def test_in_float32_every_detection_is_the_same(runtime, inputs, trained):
    others = said(inputs, runtime=runtime, precision="fp32")
    for pairs in (zip(trained, others, strict=True), zip(others, trained, strict=True)):
        found = agreement(pairs)
        assert found.detections > 100
        assert found.share > 0.99
        assert found.box_px < 0.05
        assert max(found.score, found.mask, found.attribute) < 1e-3
    for first, second in zip(trained, others, strict=True):
        assert first.embeddings.shape == second.embeddings.shape
        assert len(first) != len(second) or (first.embeddings * second.embeddings).sum(axis=1).min() > 0.99


@pytest.mark.parametrize(
    ("runtime", "precision"),
    [("openvino", "bf16"), ("openvino", "int8"), ("onnxruntime", "int8"), ("torch", "bf16")],
)
def test_in_short_numbers_what_is_sure_stays(runtime, precision, inputs, trained):
    short = (runtime, precision) == ("openvino", "bf16")
    if short and "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        pytest.skip("this processor does not compute in bfloat16")
    others = said(inputs, runtime=runtime, precision=precision)
    kept = total = 0
    for first, second in zip(trained, others, strict=True):
        for i in np.flatnonzero(first.scores > SURE):
            same = second.labels == first.labels[i]
            near = overlaps(first.boxes[i], second.boxes[same]).max(initial=0) > 0.8
            close = near and np.abs(second.scores[same] - first.scores[i]).min() < 0.15
            kept, total = kept + close, total + 1
    assert total > 20
    assert kept / total > 0.85


def overlaps(box, boxes):
    """IoU of one box with several."""
    low, high = np.maximum(boxes[:, :2], box[:2]), np.minimum(boxes[:, 2:], box[2:])
    shared = (high - low).clip(0).prod(axis=1)
    return shared / ((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) + (box[2:] - box[:2]).prod() - shared)


@pytest.mark.parametrize("runtime", ["onnxruntime", "openvino"])
def test_several_at_once_are_what_each_is_alone(runtime, inputs):
    opened = open_runtime(runtime=runtime, precision="fp32", threads=2)
    together = opened(inputs)
    for array, other in zip(inputs, together, strict=True):
        (alone,) = opened([array])
        found = agreement([(alone, other)])
        assert found.share == 1
        assert found.score < 1e-4
