"""The strings beside a graph, read and replaced without the onnx package, which serves as the reference."""

import numpy as np
import pytest

from attire.errors import WeightsError
from attire.model.onnx_metadata import read_onnx_metadata, replace_onnx_metadata

onnx = pytest.importorskip("onnx")

STRINGS = {"card": "é" * 300, "empty": "", "selector": "x" * 100_000}


@pytest.fixture
def file(tmp_path):
    helper = onnx.helper
    value = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, (None, 40))
    weight = onnx.numpy_helper.from_array(np.arange(40, dtype=np.float32), "w")
    node = helper.make_node("Add", ["x", "w"], ["y"])
    out = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, (None, 40))
    model = helper.make_model(helper.make_graph([node], "g", [value], [out], [weight]))
    onnx.save(model, tmp_path / "m.onnx")
    return tmp_path / "m.onnx"


def test_what_onnx_wrote_is_read(file):
    model = onnx.load(file)
    onnx.helper.set_model_props(model, STRINGS)
    onnx.save(model, file)
    assert read_onnx_metadata(file) == STRINGS


def test_what_is_written_onnx_reads_and_the_graph_stays(file, tmp_path):
    before = onnx.load(file)
    out = replace_onnx_metadata(file, tmp_path / "out.onnx", STRINGS)
    after = onnx.load(out)
    assert {entry.key: entry.value for entry in after.metadata_props} == STRINGS
    assert after.graph.SerializeToString() == before.graph.SerializeToString()
    assert (after.ir_version, after.opset_import) == (before.ir_version, before.opset_import)
    onnx.checker.check_model(after)


def test_others_take_the_place_of_those_that_are_there(file):
    replace_onnx_metadata(file, file, STRINGS)
    replace_onnx_metadata(file, file, {"only": "this"})
    assert read_onnx_metadata(file) == {"only": "this"}


def test_a_file_without_strings_has_none(file):
    assert read_onnx_metadata(file) == {}


@pytest.mark.parametrize("kept", [0, 1, 5, 60, -1], ids=lambda kept: f"cut at {kept}")
def test_a_file_that_is_cut_short_is_refused(file, kept, tmp_path):
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(WeightsError, match="not an ONNX file, or cut short"):
        read_onnx_metadata(file)
    if kept:
        with pytest.raises(WeightsError, match="not an ONNX file, or cut short"):
            replace_onnx_metadata(file, tmp_path / "out.onnx", STRINGS)
        assert not (tmp_path / "out.onnx").exists()


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "x.onnx").write_text("no message at all, but some text")
    with pytest.raises(WeightsError, match="not an ONNX file"):
        read_onnx_metadata(tmp_path / "x.onnx")
    with pytest.raises(WeightsError, match="cannot be read"):
        read_onnx_metadata(tmp_path / "absent.onnx")
