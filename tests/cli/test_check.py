"""The command ``attire check``: what it prints and how it exits."""

import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.cli.app import app

HEADER = "ImageId,EncodedPixels,Height,Width,ClassId\n"


@pytest.fixture
def folder(tmp_path):
    """Three healthy photos with a row each."""
    rows = [HEADER]
    for seed in range(3):
        blots = np.random.default_rng(seed).integers(0, 256, (6, 4, 3), dtype=np.uint8)
        Image.fromarray(blots).resize((40, 60)).save(tmp_path / f"{seed}.jpg")
        rows.append(f"{seed}.jpg,1 {seed + 2},60,40,6_20_36\n")
    (tmp_path / "train.csv").write_text("".join(rows))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)], env={"COLUMNS": "160"})


def damage(folder, old, new):
    path = folder / "train.csv"
    path.write_text(path.read_text().replace(old, new))


def test_a_healthy_folder_exits_0_in_one_line(folder):
    result = run(folder)
    assert result.exit_code == 0
    assert result.output.splitlines() == [f"{folder}: 3 photos, 3 instances: no faults"]


def test_warnings_exit_0(folder):
    Image.open(folder / "1.jpg").convert("L").save(folder / "1.jpg")
    result = run(folder)
    assert result.exit_code == 0
    assert "warning grey-photo · Grey-scale photos: 1" in result.output
    assert "0 errors, 1 warning" in result.output


def test_errors_exit_1_with_file_row_what_and_cure(folder):
    damage(folder, "1 3,", "1 3 9,")
    result = run(folder)
    assert result.exit_code == 1
    assert "error odd-count · Runs without a length: 1" in result.output
    line = next(line for line in result.output.splitlines() if "train.csv" in line)
    what = "1.jpg: EncodedPixels hold 3 numbers, but runs are 'start length' pairs"
    assert " ".join(line.split()) == f"train.csv row 3 {what}"
    assert "→ Mend the row, or leave it out." in result.output
    assert "1 error, 0 warnings" in result.output


def test_what_the_user_got_wrong_exits_2(tmp_path):
    code = "from attire.cli.app import main; main()"
    arguments = [sys.executable, "-c", code, "check", str(tmp_path / "nowhere")]
    result = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "no such file or folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_json_is_one_object_with_all_findings(folder):
    damage(folder, "1 3,60", "1 3 9,61")
    result = run(folder, "--json")
    assert result.exit_code == 1
    said = json.loads(result.output)
    assert {
        name: said[name] for name in ("data", "against", "photos", "instances", "errors", "warnings")
    } == {
        "data": str(folder),
        "against": None,
        "photos": 3,
        "instances": 3,
        "errors": 2,
        "warnings": 0,
    }
    assert said["counts"] == {"wrong-size": 1, "odd-count": 1}
    assert [set(fault) for fault in said["faults"]] == [{"level", "code", "file", "row", "what", "cure"}] * 2
    assert [fault["row"] for fault in said["faults"]] == [3, 3]


def test_long_lists_are_cut_in_the_table_only(folder):
    with (folder / "train.csv").open("a") as file:
        file.writelines(f"0.jpg,{start},60,40,23\n" for start in range(1, 31))
    result = run(folder)
    assert "odd-count · Runs without a length: 30" in result.output
    assert result.output.count("row ") == 20
    assert "… and 10 more; --json lists them all" in result.output
    assert len(json.loads(run(folder, "--json").output)["faults"]) == 30


def test_against_finds_a_photo_of_both_splits(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("val")
    Image.open(folder / "2.jpg").resize((80, 120)).save(other / "copy.png")
    result = run(folder, "--against", other, "--json")
    assert result.exit_code == 1
    said = json.loads(result.output)
    assert said["against"] == str(other)
    assert [(fault["code"], fault["file"]) for fault in said["faults"]] == [("same-photo", "2.jpg")]


def test_markup_in_names_is_printed_as_it_stands(folder):
    damage(folder, "1.jpg", "[red]1.jpg")
    result = run(folder)
    assert "'[red]1.jpg' is not beside the annotations" in result.output
