import csv
import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.annotations.pairs import decode_runs
from attire.cli.app import app
from attire.errors import DataError


@pytest.fixture
def photos(tmp_path):
    rng = np.random.default_rng(0)
    folder = tmp_path / "photos"
    folder.mkdir()
    for n, size in enumerate([(120, 160), (200, 90), (64, 64)]):
        Image.fromarray(rng.integers(0, 256, (8, 6, 3), dtype=np.uint8)).resize(size).save(
            folder / f"{n}.jpg"
        )
    return folder


@pytest.fixture
def invoke(tiny_model, photos, tmp_path):
    def run(*words):
        given = ["submit", str(photos), "-o", str(tmp_path / "out.csv"), "--model", str(tiny_model)]
        result = CliRunner().invoke(app, [*given, "--device", "cpu", *words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_photo_has_rows_of_the_right_form(invoke, tmp_path):
    result = invoke("--score", "0.0001")
    rows = read(tmp_path / "out.csv")
    assert {row["ImageId"] for row in rows} == {"0.jpg", "1.jpg", "2.jpg"}
    assert len(rows) > 6
    for row in rows:
        category_id, *attribute_ids = map(int, row["ClassId"].split("_"))
        assert 0 <= category_id < 46
        assert attribute_ids == sorted(set(attribute_ids))
        assert decode_runs(row["EncodedPixels"], 512, 512).any()
    assert f"{len(rows)} rows for 3 photos" in result.stdout


def test_only_masks_of_one_category_are_kept_apart(invoke, tmp_path):
    invoke("--score", "0.0001")
    rows = read(tmp_path / "out.csv")
    across = 0
    for name in {row["ImageId"] for row in rows}:
        own = [row for row in rows if row["ImageId"] == name]
        masks = [decode_runs(row["EncodedPixels"], 512, 512) for row in own]
        for i in range(len(own)):
            for j in range(i):
                common = int((masks[i] & masks[j]).sum())
                if own[i]["ClassId"].split("_")[0] == own[j]["ClassId"].split("_")[0]:
                    assert common == 0
                across += common
    assert across > 0


def test_a_photo_without_a_sure_garment_sends_its_best_guess(invoke, tmp_path):
    result = invoke()
    rows = read(tmp_path / "out.csv")
    assert [row["ImageId"] for row in rows] == ["0.jpg", "1.jpg", "2.jpg"]
    assert all(row["EncodedPixels"] != "1 1" for row in rows)
    assert "3 photos show nothing sure enough" in result.stdout


def test_a_broken_photo_has_a_row_and_is_reported(invoke, photos, tmp_path):
    (photos / "1.jpg").write_text("no photo")
    result = invoke("--json", "--score", "0.0001")
    assert result.exit_code == 0
    rows = read(tmp_path / "out.csv")
    assert [row["EncodedPixels"] for row in rows if row["ImageId"] == "1.jpg"] == ["1 1"]
    summary = json.loads(result.stdout)
    assert summary["rows"] == sum(summary["categories"].values()) == len(rows)
    assert summary["photos"] == 3
    assert list(summary["failures"]) == summary["without_a_sure_garment"] == ["1.jpg"]
    assert "1 of 3 photos could not be read" in result.stderr


def test_a_folder_without_photos_is_refused(tiny_model, tmp_path):
    (tmp_path / "empty").mkdir()
    given = ["submit", str(tmp_path / "empty"), "-o", str(tmp_path / "out.csv"), "--model", str(tiny_model)]
    result = CliRunner().invoke(app, given)
    assert isinstance(result.exception, DataError)
    assert not (tmp_path / "out.csv").exists()
