"""The core alone reads photos and submits: no torch, nor anything else that an extra installs."""

import json
import os
import subprocess
import sys
import venv
from importlib.metadata import requires
from pathlib import Path

import pytest

from attire.samples import sample_looks

ROOT = Path(__file__).resolve().parents[1]
LARGEST_MB = 350
ONLY_THE_CORE = """
import sys

class Without:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        return None if name.split(".")[0] in BLOCKED else self.finder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(self.finder, name)

BLOCKED = set(sys.argv.pop(1).split(","))
sys.meta_path[:] = map(Without, sys.meta_path)
from attire.cli.app import main
sys.argv[0] = "attire"
main()
"""
EXTRAS = (
    "torch torchvision lightning polars scipy sklearn matplotlib safetensors optuna onnx onnxscript openvino "
    "skia supervision faster_coco_eval iterstrat threadpoolctl tensorboard pycocotools pandas pyarrow"
)


def core_attire(*words, cwd):
    """Run the command line where nothing but the core can be imported."""
    blocked = ",".join(EXTRAS.split())
    command = [sys.executable, "-c", ONLY_THE_CORE, blocked, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300)


@pytest.fixture(scope="module")
def photos():
    return sorted((sample_looks() / "photos").glob("*.jpg"))[:2]


def test_photos_are_read(photos, tmp_path):
    done = core_attire("predict", *photos, "-o", "out", "--steps", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "box.int8.onnx read by ONNX Runtime" in done.stderr or "box.onnx read by ONNX Runtime" in done.stderr
    )
    found = json.loads(done.stdout)
    assert {row["image_id"] for row in found} <= {photo.name for photo in photos}
    assert len(found) >= 2
    for photo in photos:
        assert (tmp_path / "out" / f"{photo.stem}.png").is_file()
        assert (tmp_path / "out" / "steps" / f"{photo.stem}.png").is_file()


@pytest.mark.parametrize(
    "how", [("--tta",), ("--target", "score2019"), ("--target", "network"), ("--score", "0.2")], ids=str
)
def test_in_every_way(photos, tmp_path, how):
    done = core_attire("predict", photos[0], "-o", "out", "--json", *how, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


def test_a_submission_is_written(photos, tmp_path):
    (tmp_path / "photos").mkdir()
    for photo in photos:
        (tmp_path / "photos" / photo.name).write_bytes(photo.read_bytes())
    done = core_attire("submit", "photos", "-o", "submission.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "submission.csv").read_text().splitlines()
    assert lines[0] == "ImageId,EncodedPixels,ClassId"
    assert {line.split(",")[0] for line in lines[1:]} == {photo.name for photo in photos}


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("evaluate", sample_looks()), "data"),
        (("check", sample_looks()), "data"),
        (("explore", sample_looks(), "-o", "x"), "data"),
        (("demo", "-o", "x"), "data"),
        (("select", sample_looks(), "-o", "x.onnx"), "data"),
        (("render", "-n", "1", "-o", "x"), "render"),
        (("train", "quick", sample_looks(), "-o", "x"), "train"),
        (("tune", "quick", sample_looks(), "-o", "x"), "train"),
        (("demo", "--train", "-o", "x"), "train"),
        (("export", "x.safetensors", "-o", "x.onnx"), "export"),
        (("predict", "PHOTO", "-o", "x", "--runtime", "torch"), "train"),
        (("predict", "PHOTO", "-o", "x", "--runtime", "openvino"), "openvino"),
        (("predict", "PHOTO", "-o", "x", "--precision", "bf16"), "openvino"),
    ],
    ids=lambda value: " ".join(map(str, value[:1] + value[-1:])) if isinstance(value, tuple) else value,
)
def test_other_verbs_say_which_extra_they_want(photos, tmp_path, words, extra):
    words = [photos[0] if word == "PHOTO" else word for word in words]
    done = core_attire(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert f"pip install 'attire[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_blocked_here_is_not_what_the_core_depends_on():
    core = {line.split(">")[0].lower() for line in requires("attire") or [] if "extra ==" not in line}
    assert "onnxruntime" in core
    assert not core & set(EXTRAS.split())


@pytest.mark.slow
def test_a_fresh_environment_is_small_and_without_torch(photos, tmp_path):
    venv.create(tmp_path / "core", with_pip=True)
    python = tmp_path / "core" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", ROOT]
    done = subprocess.run([*map(str, install)], capture_output=True, text=True, timeout=500)
    if done.returncode and ("No matching distribution" in done.stderr or "connection" in done.stderr.lower()):
        pytest.skip("no package index within reach, so nothing can be installed anew")
    assert done.returncode == 0, done.stderr
    size = sum(path.stat().st_size for path in (tmp_path / "core" / "lib").rglob("*") if path.is_file())
    assert size <= LARGEST_MB * 1e6
    code = "from attire.cli.app import app; app(standalone_mode=False); print('torch' in sys.modules)"
    code = f"import sys; {code}"
    read = [python, "-c", code, "predict", *photos, "-o", tmp_path / "out"]
    done = subprocess.run([*map(str, read)], capture_output=True, text=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "False", done.stderr
    assert (tmp_path / "out" / "predictions.json").is_file()
    absent = subprocess.run([str(python), "-c", "import torch"], capture_output=True, text=True)
    assert "No module named 'torch'" in absent.stderr
