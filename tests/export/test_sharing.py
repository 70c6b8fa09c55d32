"""Graphs that read their weights in the trained file say the same, and never take another file for it."""

import shutil

import numpy as np
import pytest

from attire.bundled import bundled_model
from attire.errors import WeightsError
from attire.export import export_model
from attire.model.header import read_header
from attire.model.onnx_metadata import read_onnx_metadata, replace_onnx_metadata
from attire.model.shared_weights import SHARED
from attire.predict.exported import ExportedRuntime
from attire.predict.exported.onnxruntime_engine import OnnxRuntimeEngine

onnx = pytest.importorskip("onnx")

ARRAY = np.random.default_rng(5).integers(0, 256, (3, 96, 64), np.uint8)


@pytest.fixture(scope="module")
def folder(trained, tmp_path_factory):
    """A trained file and both forms that share its weights."""
    folder = tmp_path_factory.mktemp("shared")
    model = shutil.copy(trained, folder / "tiny.safetensors")
    rng = np.random.default_rng(0)
    photos = [rng.integers(0, 256, (3, 96, 64), np.uint8) for _ in range(4)]
    export_model(model, folder / "tiny.onnx", share=True)
    export_model(model, folder / "tiny.int8.onnx", share=True, calibration=iter(photos))
    return folder


def said(path):
    (found,) = ExportedRuntime.load(path, OnnxRuntimeEngine)([ARRAY])
    return found


def test_in_float32_it_says_exactly_the_same(folder, exported):
    shared, whole = said(folder / "tiny.onnx"), said(exported.path)
    for name in ("boxes", "labels", "scores", "masks", "attribute_probs", "embeddings"):
        np.testing.assert_array_equal(getattr(shared, name), getattr(whole, name))


def test_in_int8_its_weights_are_those_that_were_quantised(folder, exported_int8):
    whole = onnx.load(exported_int8.path)
    wanted = {
        tensor.name: onnx.numpy_helper.to_array(tensor)
        for tensor in whole.graph.initializer
        if tensor.name.endswith("_quantized")
    }
    computed = weights_of(folder / "tiny.int8.onnx", set(wanted))
    assert len(computed) > 20
    for name, values in computed.items():
        steps = np.abs(values.astype(int) - wanted[name])
        assert steps.max() <= 1, name
        assert (steps > 0).mean() < 0.005, name


def weights_of(path, names):
    """Int8 weights that ONNX Runtime computes of the stored ones."""
    import onnxruntime

    model = onnx.load(path, load_external_data=False)
    inside = {tensor.name for tensor in model.graph.initializer}
    kind = onnx.TensorProto.INT8
    model.graph.output.extend(onnx.helper.make_tensor_value_info(n, kind, None) for n in names - inside)
    onnx.save(model, path.with_name("with-weights.onnx"))
    session = onnxruntime.InferenceSession(path.with_name("with-weights.onnx"))
    asked = sorted(names - inside)
    return dict(zip(asked, session.run(asked, {"photo": ARRAY}), strict=True))


@pytest.mark.parametrize("name", ["tiny.onnx", "tiny.int8.onnx"])
def test_large_arrays_are_not_in_it(folder, name):
    model = onnx.load(folder / name, load_external_data=False)
    own = [t for t in model.graph.initializer if t.data_location != onnx.TensorProto.EXTERNAL]
    largest = max(own, key=lambda tensor: len(tensor.raw_data))
    assert len(largest.raw_data) < 10_000, largest.name


@pytest.mark.parametrize("name", ["tiny.onnx", "tiny.int8.onnx"])
def test_openvino_reads_it_as_onnx_runtime_does(folder, name):
    pytest.importorskip("openvino")
    from attire.predict import open_runtime

    (found,) = open_runtime(folder / name, runtime="openvino", threads=1)([ARRAY])
    assert len(found) > 0
    assert np.abs(np.sort(found.scores) - np.sort(said(folder / name).scores)).max() < 0.1


def test_alone_it_says_what_is_missing(folder, tmp_path):
    shutil.copy(folder / "tiny.onnx", tmp_path / "tiny.onnx")
    with pytest.raises(WeightsError, match=r"are in tiny\.safetensors, which is not beside it"):
        said(tmp_path / "tiny.onnx")


def test_beside_another_file_it_says_how_to_mend_it(folder, trained, tmp_path):
    from attire.model import load_model, save_model

    shutil.copy(folder / "tiny.onnx", tmp_path / "tiny.onnx")
    loaded = load_model(trained)
    save_model(
        tmp_path / "tiny.safetensors",
        loaded.model,
        card=loaded.header.card,
        input_spec=loaded.input_spec,
        least_score=0.5,
        half=True,
    )
    with pytest.raises(WeightsError, match=r"has changed since.*attire export tiny\.safetensors"):
        said(tmp_path / "tiny.onnx")


def test_a_copy_takes_the_weights_in(folder, tmp_path):
    strings = read_onnx_metadata(folder / "tiny.onnx")
    copy = replace_onnx_metadata(folder / "tiny.onnx", tmp_path / "copy.onnx", strings)
    assert SHARED not in read_onnx_metadata(copy)
    onnx.checker.check_model(onnx.load(copy))
    np.testing.assert_array_equal(said(copy).scores, said(folder / "tiny.onnx").scores)


def test_it_has_to_lie_beside_its_weights(trained, tmp_path):
    with pytest.raises(WeightsError, match="has to be written beside it"):
        export_model(trained, tmp_path / "elsewhere.onnx", share=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".onnx", ".int8.onnx"])
def test_the_model_in_the_box_is_stored_once(suffix):
    assert bundled_model(suffix).stat().st_size < 1_000_000
    assert read_header(bundled_model(suffix)).card == read_header(bundled_model()).card
