"""Maps come on request only, are what the backbone sees, and change no detection."""

from dataclasses import fields

import numpy as np
import pytest
import torch

from attire.errors import WeightsError
from attire.model import load_model
from attire.predict import MappingRuntime
from attire.predict.exported import ExportedRuntime
from attire.predict.exported.engine import MAPS
from attire.predict.exported.onnxruntime_engine import OnnxRuntimeEngine
from attire.predict.feature_maps import CELLS_PX
from attire.predict.runtime_torch import TorchRuntime

SIZE = (96, 64)


@pytest.fixture(scope="module")
def inputs():
    rng = np.random.default_rng(5)
    return [rng.integers(0, 256, (3, *SIZE), np.uint8), rng.integers(0, 256, (3, 64, 96), np.uint8)]


def runtime_of(exported) -> ExportedRuntime:
    return ExportedRuntime.load(exported.path, OnnxRuntimeEngine)


def openvino_of(exported) -> ExportedRuntime:
    pytest.importorskip("openvino", reason="the extra openvino is not installed")
    from attire.predict.exported.openvino_engine import OpenVinoEngine

    return ExportedRuntime.load(exported.path, OpenVinoEngine)


@pytest.mark.parametrize("form", ["exported", "exported_int8"])
@pytest.mark.parametrize("load", [runtime_of, openvino_of])
def test_detections_are_the_same_bit_by_bit(form, load, inputs, request):
    runtime = load(request.getfixturevalue(form))
    assert isinstance(runtime, MappingRuntime)
    for array in inputs:
        (plain,), (mapped,) = runtime([array]), runtime.with_maps([array])
        assert plain.maps is None
        assert mapped.maps is not None
        assert len(plain)
        for field in fields(plain):
            if field.name != "maps":
                np.testing.assert_array_equal(getattr(plain, field.name), getattr(mapped, field.name))


def test_maps_are_what_the_network_sees(exported, trained, inputs):
    network = load_model(trained).model.eval()
    (found,) = runtime_of(exported).with_maps(inputs[:1])
    (traced,) = TorchRuntime(network, runtime_of(exported).input_spec).with_maps(inputs[:1])
    with torch.inference_mode():
        seen = network.backbone.body(network.batching([torch.from_numpy(inputs[0])]).tensors)
    for cell, one, other, own in zip(CELLS_PX, found.maps, traced.maps, seen.values(), strict=True):
        assert one.shape[1:] == (SIZE[0] // cell, SIZE[1] // cell)
        assert one.dtype == other.dtype == np.float16
        np.testing.assert_array_equal(other, own[0].numpy().astype(np.float16))
        np.testing.assert_allclose(one, other, atol=2e-3, rtol=2e-3)


def test_each_photo_of_a_batch_gets_its_own_maps(trained, inputs):
    loaded = load_model(trained)
    both = TorchRuntime(loaded.model.eval(), loaded.input_spec).with_maps(inputs)
    for array, one in zip(inputs, both, strict=True):
        assert [level.shape[1:] for level in one.maps] == [
            (array.shape[1] // cell, array.shape[2] // cell) for cell in CELLS_PX
        ]


def test_keeping_some_detections_keeps_the_maps(exported, inputs):
    (found,) = runtime_of(exported).with_maps(inputs[:1])
    assert found[:1].maps is found.maps


def test_a_file_of_old_says_how_to_get_maps(exported, inputs):
    runtime = runtime_of(exported)
    older = runtime.engine.outputs - set(MAPS)

    class Older:
        outputs = older

    runtime.engine = Older()
    with pytest.raises(WeightsError, match=r"tiny: its exported file gives no feature maps.*attire export"):
        runtime.with_maps(inputs)
