"""``attire export`` from the command line, and predicting with what it wrote."""

import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.cli.app import app
from attire.errors import DataError
from attire.samples import sample_looks

pytest.importorskip("onnxscript")


def invoke(*words):
    result = CliRunner().invoke(app, [*map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for number in range(5):
        pixels = np.random.default_rng(number).integers(0, 256, (9, 6, 3), np.uint8)
        Image.fromarray(pixels).resize((60, 90)).save(folder / f"{number}.jpg")
    return folder


def test_a_model_is_exported_and_reads_photos(tiny_model, photos, tmp_path):
    out = tmp_path / "tiny.onnx"
    result = invoke("export", tiny_model, "-o", out)
    assert result.exit_code == 0
    assert "computes in fp32" in result.stdout
    assert out.name in result.stdout
    read = {}
    for name, model in (("trained", tiny_model), ("exported", out)):
        invoke("predict", photos, "-o", tmp_path / name, "--model", model, "--keep", "all", "--device", "cpu")
        read[name] = json.loads((tmp_path / name / "predictions.json").read_text())
    assert len(read["trained"]) == len(read["exported"]) > 0


def test_int8_is_scaled_by_photos(tiny_model, photos, tmp_path):
    out = tmp_path / "tiny.int8.onnx"
    result = invoke("export", tiny_model, "--int8", photos, "--photos", 3, "-o", out, "--json")
    found = json.loads(result.stdout)
    assert found["precision"] == "int8"
    assert found["size"] == out.stat().st_size
    assert found["path"] == str(out)
    assert found["agreement"]["detections"] > 0


def test_int8_wants_photos(tiny_model, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError):
        invoke("export", tiny_model, "--int8", tmp_path / "empty", "-o", tmp_path / "x.onnx")
    assert not (tmp_path / "x.onnx").exists()


def test_evaluating_says_what_ran(tmp_path):
    result = invoke("evaluate", sample_looks(), "--precision", "fp32", "--resamples", 0, "--json")
    assert ", fp32, " in json.loads(result.stdout)["provenance"]["runtime"]
