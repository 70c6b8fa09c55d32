"""What each part of an installation does alone: the core reads and submits, no torch far and wide."""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
import venv
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

from attire.samples import sample_looks

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LARGEST_MB = 350
LONGEST_DEMO_S = 180
ONLY_SOME = """
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
    "skia supervision faster_coco_eval iterstrat threadpoolctl tensorboard pycocotools"
)


def plain(name):
    """Give the name of a distribution as all spellings of it have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def distributions(*extras):
    """Say what installing the core and these extras brings along, by name."""
    wanted = list(PROJECT["dependencies"])
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    found = {"attire"}
    while wanted:
        line = wanted.pop()
        name, own = re.match(r"([\w.-]+)(?:\[(.*?)\])?", line).groups()
        if name == "attire":
            wanted += [more for extra in own.split(",") for more in PROJECT["optional-dependencies"][extra]]
        elif plain(name) not in found:
            found.add(plain(name))
            with suppress(PackageNotFoundError):  # wanted on other systems only
                wanted += [more for more in requires(name) or () if "extra ==" not in more]
    return found


def outside(*extras):
    """Name the modules that are installed here, and would not be with the core and these extras alone."""
    inside = distributions(*extras)
    every = packages_distributions()
    named = {name for name, of in every.items() if not inside & set(map(plain, of))}
    return named - set(sys.stdlib_module_names)


def attire_with(extras, *words, cwd):
    """Run the command line where nothing but the core and these extras can be imported."""
    command = [sys.executable, "-c", ONLY_SOME, ",".join(sorted(outside(*extras))), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300)


def core_attire(*words, cwd):
    return attire_with((), *words, cwd=cwd)


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
        (("tune", "select", sample_looks(), "-o", "x"), "tune"),
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


def test_all_but_the_core_is_blocked_here():
    blocked = outside()
    assert set(EXTRAS.split()) <= blocked
    assert not blocked & {"attire", "numpy", "onnxruntime", "PIL", "platformdirs", "rich", "typer"}
    assert not outside("tune") & {"polars", "sklearn", "scipy", "optuna", "safetensors"}
    assert {"torch", "lightning", "onnx", "openvino", "skia"} <= outside("tune")


def test_scores_are_counted_without_torch(tmp_path):
    words = ("evaluate", sample_looks(), "--json", "--resamples", 10)
    done = attire_with(["data"], *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["score_categories"]["image"]["value"] > 0
    assert "ONNX Runtime" in found["provenance"]["runtime"]
    done = attire_with(["data"], *words, "--untrained", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'attire[train]'" in done.stderr


@pytest.mark.slow
def test_a_selector_is_learnt_without_torch(tmp_path, photos):
    words = ("select", sample_looks(), "-o", "own.onnx", "--resamples", 10)
    done = attire_with(["data"], *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = core_attire("predict", photos[0], "-o", "out", "--model", "own.onnx", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


def test_post_processing_is_tuned_without_torch(tmp_path, photos):
    words = ("tune", "select", sample_looks(), "-o", "found", "--trials", 2, "--resamples", 10)
    done = attire_with(["tune"], *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    values = tmp_path / "found" / "best.json"
    done = core_attire("predict", photos[0], "-o", "out", "--values", values, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_search_for_recipes_begins_nothing_that_it_cannot_train(tmp_path):
    done = attire_with(["tune"], "tune", "quick", sample_looks(), "-o", "found", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'attire[train]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def run(*command, **more):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=500, **more)


@pytest.fixture(scope="module")
def _index(tmp_path_factory):
    """Skip where nothing can be installed anew; everything after that has to succeed."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    done = run(*pip, "--dest", tmp_path_factory.mktemp("index"), "hatchling")
    if done.returncode:
        pytest.skip(f"no package index within reach: {(done.stderr.strip() or 'no pip').splitlines()[-1]}")


def python_of(folder):
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.mark.slow
@pytest.mark.usefixtures("_index")
def test_a_fresh_environment_is_small_and_without_torch(photos, tmp_path):
    """``-I``: what is found is what was installed, not this checkout."""
    core = tmp_path / "core"
    venv.create(core, with_pip=True)
    python = python_of(core)
    done = run(python, "-I", "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", ROOT)
    assert done.returncode == 0, done.stderr
    size = sum(path.lstat().st_size for path in core.rglob("*") if path.is_file())
    assert size <= LARGEST_MB * 1e6
    code = (
        "import sys; from attire.cli.app import app; app(standalone_mode=False); "
        "print('torch' in sys.modules, sys.modules['attire'].__file__)"
    )
    done = run(python, "-I", "-c", code, "predict", *photos, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    loaded, place = done.stdout.splitlines()[-1].split()
    assert loaded == "False"
    assert Path(place).is_relative_to(core)
    assert (tmp_path / "out" / "predictions.json").is_file()
    absent = run(python, "-I", "-c", "import torch")
    assert "No module named 'torch'" in absent.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("_index")
def test_the_demo_makes_its_own_environment(tmp_path):
    ours = ("PYTHONPATH", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    plainly = {key: value for key, value in os.environ.items() if key not in ours}
    begin = time.monotonic()
    environment, out = tmp_path / "venv", tmp_path / "demo"
    words = ("demo", f"DEMO_VENV={environment}", f"DEMO_DIR={out}", "VENV=/absent")
    done = run("make", *words, cwd=ROOT, env=plainly)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begin <= LONGEST_DEMO_S
    assert "No module named 'torch'" in run(python_of(environment), "-I", "-c", "import torch").stderr
    for name in ("explore/index.html", "evaluation/index.html", "predictions/000000.png", "submission.csv"):
        assert (out / name).stat().st_size > 1000, name
