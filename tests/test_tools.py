"""The tool that packs a trained run as the model in the box."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from attire.model import ModelCard, load_model, save_model
from attire.preprocess import InputSpec

TOOL = Path(__file__).parents[1] / "tools" / "box.py"


@pytest.fixture
def report(tmp_path) -> Path:
    """What ``attire evaluate --json`` prints, as far as the card takes it."""
    interval = {"value": 0.25, "low": 0.2, "high": 0.3}
    content = {
        "photos": 7,
        "provenance": {"split": "val", "fingerprint": "0123456789abcdef", "command": "attire evaluate val"},
        "score": {"image": interval},
        "score_categories": {"image": interval},
        "score_stripped": {"image": interval},
        "coco": {"mask": {"ap50": 0.5, "ap": None}},
        "attributes": {"f1": interval, "exact_set": interval},
    }
    (tmp_path / "val.json").write_text(json.dumps(content))
    return tmp_path / "val.json"


def pack(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_run_is_packed_with_its_figures(tiny_network, report, tmp_path) -> None:
    run = tmp_path / "run"
    card, spec = ModelCard(name="tiny", data="photos: 3"), InputSpec(height=96, width=64)
    save_model(run / "model.safetensors", tiny_network, card=card, input_spec=spec)
    out = tmp_path / "box.safetensors"
    done = pack(run, report, "--input", "192x128", "--least-score", "0.4", "-o", out)
    assert done.returncode == 0, done.stderr
    packed = load_model(out)
    assert (packed.input_spec.height, packed.input_spec.width) == (192, 128)
    assert packed.header.least_score == 0.4
    figures = {score.name: (score.value, score.low) for score in packed.card.scores}
    assert figures["score_categories image"] == (0.25, 0.2)
    assert figures["mask AP50"] == (0.5, None)
    assert "mask AP" not in figures, "what was not measured is left out"
    assert packed.card.scores[0].data == "val, 7 photos, fingerprint 0123456789ab"
    assert packed.card.data == "photos: 3"
    assert out.stat().st_size < 0.6 * (run / "model.safetensors").stat().st_size


def test_a_packed_file_keeps_what_is_not_given_and_takes_the_figures_of_its_selector(
    tiny_network, tmp_path
) -> None:
    box = tmp_path / "box.safetensors"
    card, spec = ModelCard(name="tiny", data="photos: 3"), InputSpec(height=96, width=64)
    save_model(box, tiny_network, card=card, input_spec=spec, least_score=0.4)
    value = {"value": 0.3, "low": 0.25, "high": 0.35}
    names = ("cut at 0.5", "decision rule", "decision rule for sets")
    content = {
        "about": "7 photos of val, fingerprint 0123456789ab",
        "command": "attire select val",
        "comparison": {"ways": [{"name": name, "score": value, "with_sets": value} for name in names]},
        "reliability": {"calibrated": {"ece": 0.014}},
    }
    (tmp_path / "select.json").write_text(json.dumps(content))
    done = pack(box, tmp_path / "select.json", "-o", box)
    assert done.returncode == 0, done.stderr
    packed = load_model(box)
    assert packed.header.least_score == 0.4
    assert (packed.input_spec.height, packed.input_spec.width) == (96, 64)
    figures = {score.name: score for score in packed.card.scores}
    rule = figures["score_categories image, decision rule, out of fold"]
    assert (rule.value, rule.low, rule.data) == (0.3, 0.25, content["about"])
    assert figures["expected calibration error, out of fold"].value == 0.014
