import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.annotations import write_imaterialist
from attire.cli.app import app


@pytest.fixture
def looks(tmp_path, make_records):
    folder = tmp_path / "looks"
    rectangles = [(0, (5, 5, 50, 40), None), (6, (5, 40, 50, 75), [])]
    write_imaterialist(
        make_records({f"{i}.jpg": ((80, 60), rectangles) for i in range(3)}), folder / "train.csv"
    )
    (folder / "photos").mkdir()
    for i in range(3):
        Image.fromarray(np.full((80, 60, 3), 60 * i, np.uint8)).save(folder / "photos" / f"{i}.jpg")
    return folder


def test_explore_writes_the_page_and_prints_the_numbers(looks, tmp_path):
    done = CliRunner().invoke(
        app, ["explore", str(looks), "-o", str(tmp_path / "out"), "--json", "--gallery", "1"]
    )
    assert done.exit_code == 0, done.stderr
    numbers = json.loads(done.stdout)
    assert (numbers["photos"], numbers["instances"], numbers["categories_seen"]) == (3, 6, 2)
    assert (tmp_path / "out" / "index.html").is_file()
    assert "index.html" in done.stderr


def test_explore_without_json_leaves_stdout_empty(looks, tmp_path):
    done = CliRunner().invoke(app, ["explore", str(looks), "-o", str(tmp_path / "out"), "--gallery", "0"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out" / "gallery.png").exists()


def test_explore_of_nothing_says_what_is_expected(tmp_path):
    done = CliRunner().invoke(app, ["explore", str(tmp_path / "none"), "-o", str(tmp_path / "out")])
    assert done.exit_code != 0
    assert "no such file or folder" in str(done.exception)
    assert not (tmp_path / "out").exists()
