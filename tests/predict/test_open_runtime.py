"""Which program runs a model, and in which precision: chosen by what is here, overridable, and said."""

import importlib
import logging

import numpy as np
import pytest

from attire.bundled import bundled_model
from attire.errors import DataError, RecipeError, WeightsError
from attire.model.onnx_metadata import read_onnx_metadata, replace_onnx_metadata
from attire.predict import Predictor, choose_model, open_runtime

pytest.importorskip("torch")
pytest.importorskip("openvino")

opening = importlib.import_module("attire.predict.open_runtime")
engines = importlib.import_module("attire.predict.exported.openvino_engine")


@pytest.fixture
def here(monkeypatch):
    """Pretend what is installed and what the processor can do."""

    def pretend(*, openvino=True, bf16=True, int8=True, gpu=False):
        real = importlib.util.find_spec
        monkeypatch.setattr(
            opening, "find_spec", lambda name: None if name == "openvino" and not openvino else real(name)
        )
        monkeypatch.setattr(engines, "has_bfloat16", lambda core=None: bf16)
        monkeypatch.setattr(opening, "has_int8", lambda: int8)
        monkeypatch.setattr(opening, "_has_gpu", lambda: gpu)

    return pretend


@pytest.mark.parametrize(
    ("machine", "asked", "about"),
    [
        ({}, {}, "OpenVINO int8"),
        ({"int8": False}, {}, "OpenVINO bf16"),
        ({"int8": False, "bf16": False}, {}, "OpenVINO fp32"),
        ({"openvino": False}, {}, "ONNX Runtime int8"),
        ({"openvino": False, "int8": False}, {}, "ONNX Runtime fp32"),
        ({}, {"precision": "bf16"}, "OpenVINO bf16"),
        ({}, {"precision": "fp32"}, "OpenVINO fp32"),
        ({}, {"runtime": "onnxruntime", "precision": "fp32"}, "ONNX Runtime fp32"),
        ({"int8": False}, {"precision": "int8"}, "OpenVINO int8"),
        ({}, {"runtime": "torch"}, "PyTorch fp32"),
        ({}, {"runtime": "torch", "precision": "bf16"}, "PyTorch bf16"),
        ({"gpu": True}, {}, "PyTorch fp32"),
        ({"gpu": True}, {"device": "cpu"}, "OpenVINO int8"),
        ({"gpu": True}, {"runtime": "onnxruntime"}, "ONNX Runtime int8"),
    ],
    ids=str,
)
def test_the_model_in_the_box_is_run_by_what_is_here(here, machine, asked, about):
    here(**machine)
    program, _, precision = about.rpartition(" ")
    found = open_runtime(**asked).about
    assert found.startswith(program)
    assert f", {precision}, " in found


def test_it_is_said_in_one_log_line(here, caplog):
    here()
    with caplog.at_level(logging.INFO, logger="attire"):
        open_runtime(threads=1)
    (line,) = caplog.messages
    assert line.startswith("box.int8.onnx read by OpenVINO ")
    assert line.endswith(", int8, 1 core")


def copied(suffix, path):
    """Copy a form of the model in the box, with its weights in it."""
    source = bundled_model(suffix)
    return replace_onnx_metadata(source, path, read_onnx_metadata(source))


def test_a_named_file_is_read_as_it_is(here, tmp_path):
    here()
    copied(".onnx", tmp_path / "own.onnx")
    assert ", bf16, " in open_runtime(tmp_path / "own.onnx").about
    with pytest.raises(WeightsError, match=r"own.int8.onnx is not beside it. Make it: attire export"):
        open_runtime(tmp_path / "own.onnx", precision="int8")
    copied(".int8.onnx", tmp_path / "own.int8.onnx")
    assert choose_model(tmp_path / "own.onnx", precision="int8").name == "own.int8.onnx"
    assert ", int8, " in open_runtime(tmp_path / "own.int8.onnx").about


def test_a_processor_without_bfloat16_says_so(here):
    here(bf16=False)
    with pytest.raises(RecipeError, match="does not compute in bfloat16"):
        open_runtime(precision="bf16")


@pytest.mark.parametrize(
    ("file", "asked", "error", "message"),
    [
        (".onnx", {"runtime": "torch"}, WeightsError, "torch runs the .safetensors file"),
        (".onnx", {"device": "cuda"}, RecipeError, "run on the processor"),
        (".onnx", {"runtime": "onnxruntime", "precision": "bf16"}, RecipeError, "bf16 wants OpenVINO"),
        (".int8.onnx", {"precision": "fp32"}, RecipeError, "computes in int8, not in fp32"),
        (".int8.onnx", {"precision": "bf16"}, RecipeError, "computes in int8, not in bf16"),
        (".safetensors", {"runtime": "openvino"}, WeightsError, "Export it: attire export box.safetensors"),
        (".safetensors", {"precision": "int8"}, RecipeError, "torch computes in fp32 or bf16"),
        (".onnx", {"runtime": "tensorrt"}, RecipeError, "unknown: openvino, onnxruntime, torch"),
        (".onnx", {"precision": "fp8"}, RecipeError, "unknown: fp32, bf16, int8"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_said(file, asked, error, message):
    with pytest.raises(error, match=message):
        open_runtime(bundled_model(file), **asked)


def test_a_damaged_graph_is_said(tmp_path):
    strings = read_onnx_metadata(bundled_model(".onnx"))
    (tmp_path / "empty.onnx").write_bytes(bytes.fromhex("0808"))  # a version and nothing else
    broken = replace_onnx_metadata(tmp_path / "empty.onnx", tmp_path / "broken.onnx", strings)
    for runtime in ("onnxruntime", "openvino"):
        with pytest.raises(WeightsError, match="cannot load it"):
            open_runtime(broken, runtime=runtime)([np.zeros((3, 64, 64), np.uint8)])
    with pytest.raises(WeightsError, match="not a model of Attire"):
        open_runtime(tmp_path / "empty.onnx")


@pytest.mark.parametrize("shape", [(3, 64, 70), (3, 33, 64), (1, 64, 64), (64, 64, 3), (3, 64)])
def test_inputs_of_another_form_are_refused(shape):
    runtime = open_runtime(runtime="onnxruntime", precision="fp32")
    with pytest.raises(DataError, match="reads"):
        runtime([np.zeros(shape, np.uint8)])


def test_the_selector_of_an_exported_model_is_the_models_own():
    exported, trained = (Predictor.load(runtime=name, device="cpu") for name in (None, "torch"))
    assert exported.calibration.about == trained.calibration.about
    theirs = trained.calibration.to_arrays()[0]
    for name, array in exported.calibration.to_arrays()[0].items():
        np.testing.assert_array_equal(array, theirs[name])
    assert exported.runtime.least_score == trained.runtime.least_score
    assert exported.runtime.attribute_categories == trained.runtime.attribute_categories


def test_compiled_graphs_are_kept_for_the_next_start_unless_they_cannot_be(monkeypatch, tmp_path):
    import platformdirs

    def read():
        runtime = open_runtime(runtime="openvino", precision="fp32", threads=1)
        return runtime([np.zeros((3, 64, 64), np.uint8)])

    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.setenv("ATTIRE_CACHE", "")
    read()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.delenv("ATTIRE_CACHE")
    read()
    assert list((tmp_path / "attire" / "openvino").glob("*.blob"))
    monkeypatch.setenv("ATTIRE_CACHE", str(tmp_path / "own"))
    read()
    assert list((tmp_path / "own" / "openvino").glob("*.blob"))
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ATTIRE_CACHE", str(tmp_path / "file" / "below"))
    assert len(read()) == 1
