"""From a model file to an ONNX file that says the same, with all that belongs to it."""

from dataclasses import replace

import numpy as np
import onnx
import pytest

from attire.errors import RecipeError, WeightsError
from attire.export import export_model
from attire.export.agreement import agreement
from attire.export.quantize import SENSITIVE
from attire.model import load_model, save_model
from attire.model.header import read_header
from attire.model.stored_selector import StoredSelector, attach_selector, read_exported_selector
from attire.predict.exported import ExportedRuntime
from attire.predict.exported.onnxruntime_engine import OnnxRuntimeEngine
from attire.predict.runtime_torch import TorchRuntime

SELECTOR = StoredSelector(
    arrays={"levels": np.linspace(0, 1, 7), "trees.roots": np.zeros(3)}, rest='{"a": 1}'
)


def test_the_file_knows_what_the_model_knows(trained, exported):
    own, theirs = read_header(exported.path), read_header(trained)
    assert own.ontology == theirs.ontology
    assert own.config == theirs.config
    assert own.input_spec == theirs.input_spec
    assert own.card == theirs.card
    assert own.least_score == 0.25
    assert own.precision == "fp32"


def test_it_is_a_sound_onnx_file_of_open_sides_and_no_traces_of_where_it_was_made(exported):
    model = onnx.load(exported.path)
    onnx.checker.check_model(model, full_check=True)
    (photo,) = model.graph.input
    channels, height, width = photo.type.tensor_type.shape.dim
    assert channels.dim_value == 3
    assert height.dim_param
    assert width.dim_param
    assert [output.name for output in model.graph.output][:6] == [
        "boxes",
        "labels",
        "scores",
        "masks",
        "attribute_probs",
        "embeddings",
    ]
    assert b".py" not in exported.path.read_bytes()


def test_weights_are_the_models_own_bit_by_bit(trained, exported):
    stored = {tensor.name: tensor for tensor in onnx.load(exported.path).graph.initializer}
    compared = 0
    for name, weight in load_model(trained).model.state_dict().items():
        tensor = stored.get(name) or stored.get(f"{name}_stored_as_half")
        if tensor is None or weight.dim() < 4:
            continue
        found = onnx.numpy_helper.to_array(tensor).astype(np.float32)
        np.testing.assert_array_equal(found, weight.numpy())
        compared += 1
    assert compared > 20
    assert exported.size < 1.3 * trained.stat().st_size, "stored as halves where that loses nothing"


def test_it_was_compared_with_the_network(exported):
    found = exported.agreement
    assert found.found == found.detections > 0
    assert found.box_px < 0.01
    assert found.score < 1e-4
    assert exported.size == exported.path.stat().st_size


@pytest.mark.parametrize("size", [(64, 64), (96, 64), (64, 96), (160, 128)])
def test_it_reads_photos_of_any_size_as_the_network_does(trained, exported, size):
    loaded = load_model(trained)
    network = TorchRuntime(loaded.model, loaded.input_spec)
    runtime = ExportedRuntime.load(exported.path, OnnxRuntimeEngine)
    array = np.random.default_rng(5).integers(0, 256, (3, *size), np.uint8)
    found = agreement([(network([array])[0], runtime([array])[0])])
    assert found.found == found.detections == 10
    assert found.box_px < 0.01
    assert max(found.score, found.mask, found.attribute) < 1e-4
    theirs, ours = network.trace(array), runtime.trace(array)
    np.testing.assert_allclose(ours.proposals, theirs.proposals, atol=0.01)
    assert len(ours.refined) == len(theirs.refined)


def test_a_photo_that_shows_nothing_is_read(trained, tmp_path):
    loaded = load_model(trained)
    loaded.model.roi_heads.score_thresh = 1.0
    loaded.model.config = replace(loaded.config, score_thresh=1.0)
    strict = save_model(
        tmp_path / "strict.safetensors", loaded.model, card=loaded.card, input_spec=loaded.input_spec
    )
    exported = export_model(strict, tmp_path / "strict.onnx")
    (found,) = ExportedRuntime.load(exported.path, OnnxRuntimeEngine)([np.zeros((3, 64, 64), np.uint8)])
    assert len(found) == 0
    assert found.masks.shape == (0, 28, 28)
    assert found.embeddings.shape == (0, 8)


def test_in_int8_it_says_much_the_same_in_less_room(exported, exported_int8):
    assert read_header(exported_int8.path).precision == "int8"
    nodes = [node.op_type for node in onnx.load(exported_int8.path).graph.node]
    assert nodes.count("QuantizeLinear") > 20
    assert exported_int8.size < 0.7 * exported.size
    runtimes = [ExportedRuntime.load(one.path, OnnxRuntimeEngine) for one in (exported, exported_int8)]
    array = np.random.default_rng(5).integers(0, 256, (3, 96, 64), np.uint8)
    (wide,), (narrow,) = (runtime([array]) for runtime in runtimes)
    assert np.abs(np.sort(wide.scores) - np.sort(narrow.scores)).max() < 0.1


def test_sensitive_layers_stay_as_they_are(exported_int8):
    model = onnx.load(exported_int8.path)
    arrays = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    floats = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)
    for part in SENSITIVE:
        own = [kind for name, kind in arrays.items() if part in name]
        assert own, part
        assert set(own) <= set(floats), part


def test_a_selector_goes_along_and_can_be_put_into_the_export(trained, exported, tmp_path):
    with_one = attach_selector(trained, tmp_path / "with.safetensors", SELECTOR)
    first = export_model(with_one, tmp_path / "with.onnx").path
    second = attach_selector(exported.path, tmp_path / "attached.onnx", SELECTOR)
    for path in (first, second):
        found = read_exported_selector(path, read_header(path).selector)
        assert found.rest == SELECTOR.rest
        assert found.arrays.keys() == SELECTOR.arrays.keys()
        for name, array in SELECTOR.arrays.items():
            np.testing.assert_array_equal(found.arrays[name], array)
    with pytest.raises(WeightsError, match=r"Name it x\.onnx"):
        attach_selector(exported.path, tmp_path / "x.safetensors", SELECTOR)


def test_a_damaged_selector_is_said(exported, tmp_path):
    from attire.model.onnx_metadata import read_onnx_metadata, replace_onnx_metadata

    path = attach_selector(exported.path, tmp_path / "with.onnx", SELECTOR)
    strings = read_onnx_metadata(path)
    for broken in ("", "!!!", "AAAA"):
        replace_onnx_metadata(path, path, strings | {"selector_arrays": broken})
        with pytest.raises(WeightsError, match="selector is damaged"):
            read_exported_selector(path, "{}")


def test_an_export_that_says_something_else_is_not_written(trained, tmp_path, monkeypatch):
    from attire.export import exporting

    real = exporting.to_onnx

    def wrong(network):
        model = real(network)
        for tensor in model.graph.initializer:
            if "cls_score.weight" in tensor.name:
                tensor.CopyFrom(
                    onnx.numpy_helper.from_array(-onnx.numpy_helper.to_array(tensor), tensor.name)
                )
        return model

    monkeypatch.setattr(exporting, "to_onnx", wrong)
    with pytest.raises(WeightsError, match="its export says something else"):
        export_model(trained, tmp_path / "wrong.onnx")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_exported_is_said(trained, tmp_path):
    with pytest.raises(WeightsError, match=r"ends in \.onnx"):
        export_model(trained, tmp_path / "x.safetensors")
    loaded = load_model(trained)
    odd = save_model(
        tmp_path / "odd.safetensors",
        loaded.model,
        card=loaded.card,
        input_spec=replace(loaded.input_spec, pad_multiple=16),
    )
    with pytest.raises(RecipeError, match="of 16 pixels, an exported network reads multiples of 32"):
        export_model(odd, tmp_path / "odd.onnx")
