"""The whole walk: data on disk, predictions in every form, figures out."""

import csv
import json

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from attire.annotations import write_imaterialist, write_submission
from attire.cli.app import app
from attire.errors import AnnotationError, DataError, RecipeError

SIZE = (48, 32)
SHIRT, SHOE = (0, (2, 2, 20, 20), [20, 41]), (23, (4, 30, 14, 46), None)


@pytest.fixture
def looks(make_records):
    return make_records(
        {"a.jpg": (SIZE, [SHIRT, SHOE]), "b.jpg": (SIZE, [SHOE]), "c.jpg": (SIZE, [(6, (0, 0, 30, 24), [1])])}
    )


@pytest.fixture
def data(looks, tmp_path):
    folder = tmp_path / "val"
    (folder / "photos").mkdir(parents=True)
    random = np.random.default_rng(0)
    for name in looks.image_ids:
        pixels = random.integers(0, 256, (*SIZE, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / "photos" / str(name))
    write_imaterialist(looks, folder / "train.csv")
    return folder


@pytest.fixture
def invoke(data):
    def run(*words):
        given = ["evaluate", str(data), "--resamples", "20", *map(str, words)]
        result = CliRunner().invoke(app, given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def instances_of(records):
    return (records.instances(photo) for photo in range(len(records)))


@pytest.fixture
def files(looks, data, tmp_path):
    """The truth itself, in each form that predictions come in."""
    write_submission(tmp_path / "submission.csv", instances_of(looks))
    results = [row for photo in instances_of(looks) for row in photo.to_coco()]
    (tmp_path / "predictions.json").write_text(json.dumps(results))
    return {
        "csv": [data / "train.csv"],
        "json": [tmp_path / "predictions.json"],
        "submission": [tmp_path / "submission.csv", "--size", "512x512"],
    }


@pytest.mark.parametrize("form", ["csv", "json", "submission"])
def test_truth_as_predictions_scores_one(invoke, files, form):
    found = json.loads(invoke("--json", "--predictions", *files[form]).stdout)
    assert found["score"]["image"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert found["coco"]["mask"]["ap50"] == 1.0
    assert found["provenance"]["size"] == ([512, 512] if form == "submission" else None)


def test_json_has_what_scripts_rely_on(invoke, files):
    found = json.loads(invoke("--json", "--predictions", *files["csv"]).stdout)
    for score in ("score", "score_categories", "score_stripped"):
        assert set(found[score]) == {"image", "pooled", "image_class"}
        assert all(set(value) == {"value", "low", "high"} for value in found[score].values())
    expected = {"coco", "fashionpedia", "attributes", "categories", "ledger", "photos", "instances"}
    assert expected <= set(found)
    assert (found["photos"], found["instances"], found["predictions"]) == (3, 4, 4)
    assert [(row["id"], row["sensitivity"]) for row in found["categories"]] == [(0, 1.0), (6, 1.0), (23, 1.0)]
    origin = found["provenance"]
    assert (origin["split"], len(origin["fingerprint"])) == ("val", 64)
    assert origin["predictions"].endswith("train.csv")
    assert origin["command"].startswith("attire ")


def test_json_is_the_same_in_the_folder(invoke, files, tmp_path):
    out_dir = tmp_path / "report"
    printed = json.loads(invoke("--json", "--predictions", *files["csv"], "-o", out_dir).stdout)
    assert json.loads((out_dir / "report.json").read_text()) == printed
    page = (out_dir / "index.html").read_text()
    assert "a.jpg" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    names = {path.name for path in out_dir.glob("*.png")}
    assert {"scores.png", "ledger.png", "thresholds.png", "categories.png", "confusion.png"} <= names
    with (out_dir / "photos.csv").open() as file:
        assert [row["image_id"] for row in csv.DictReader(file)] == ["a.jpg", "b.jpg", "c.jpg"]


def test_tables_say_what_was_measured(invoke, files):
    shown = invoke("--predictions", *files["csv"]).stdout
    for words in ("Score of 2019", "Average precision", "Attributes of 2 garments", "Where the points went"):
        assert words in shown
    assert "3 photos of" in shown


def test_score_selects_but_average_precision_ranks_all(invoke, looks, tmp_path):
    results = [row for photo in instances_of(looks) for row in photo.to_coco()]
    for row, score in zip(results, (0.9, 0.2, 0.8, 0.1), strict=True):
        row["score"] = score
    path = tmp_path / "scored.json"
    path.write_text(json.dumps(results))
    found = json.loads(invoke("--json", "--predictions", path, "--score", "0.5").stdout)
    assert (found["predictions"], found["ranked"]) == (2, 4)
    assert found["score"]["image"]["value"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert found["coco"]["mask"]["ap"] == 1.0
    assert found["provenance"]["selection"] == "the score counts what is at least 0.5 sure"


def test_mean_shape_stands_beside(invoke, files, data):
    found = json.loads(invoke("--json", "--predictions", *files["csv"], "--baseline", data).stdout)
    beside = found["baselines"]["mean_shape"]
    assert set(beside) == {"score", "score_categories", "score_stripped", "coco"}
    assert 0 < beside["coco"]["mask"]["ap50"] <= 1


def test_model_is_run_on_the_photos(invoke, tiny_model):
    words = ["--model", tiny_model, "--device", "cpu", "--untrained", "--score", "0.0001"]
    found = json.loads(invoke("--json", *words).stdout)
    assert found["ranked"] >= found["predictions"] > 0
    assert set(found["baselines"]) == {"untrained"}
    assert found["provenance"]["model"] == str(tiny_model)


def test_what_torch_does_not_run_has_no_untrained_twin_and_that_is_said_before_reading(invoke, monkeypatch):
    from attire.evaluate import predicting

    monkeypatch.setattr(predicting, "predict_dataset", lambda *_, **__: pytest.fail("photos were read"))
    with pytest.raises(RecipeError, match=r"ONNX Runtime .* runs it\. Add --runtime torch"):
        invoke("--untrained", "--runtime", "onnxruntime")


def test_forgotten_size_of_small_photos_is_an_error(invoke, files):
    with pytest.raises(AnnotationError, match="--size"):
        invoke("--predictions", files["submission"][0])


def test_forgotten_size_of_large_photos_is_pointed_out(invoke, make_records, data, tmp_path):
    large = make_records({"a.jpg": ((800, 700), [(0, (300, 300, 500, 600), None)])})
    write_imaterialist(large, data / "train.csv")
    write_submission(tmp_path / "submission.csv", instances_of(large))
    assert "--size 512x512" in invoke("--predictions", tmp_path / "submission.csv").stderr
    sized = invoke("--predictions", tmp_path / "submission.csv", "--size", "512x512", "--json")
    assert json.loads(sized.stdout)["score"]["image"]["value"] == 1.0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--predictions", "x.csv", "--model", "m"], "leave out --model"),
        (["--predictions", "x.csv", "--untrained"], "leave out --model"),
        (["--size", "512x512"], "with --predictions"),
        (["--unlabelled-groups", "maybe"], "expected 'unknown' or 'negative'"),
    ],
    ids=["file and model", "file and untrained", "size of a model", "unknown word"],
)
def test_options_that_do_not_go_together(invoke, words, message):
    with pytest.raises(RecipeError, match=message):
        invoke(*words)


def test_photos_without_annotations_have_no_truth(data, invoke):
    (data / "train.csv").unlink()
    with pytest.raises(DataError, match="no truth to score against"):
        invoke("--predictions", "x.csv")


def test_predictions_of_other_photos_are_refused(invoke, make_records, tmp_path):
    write_imaterialist(make_records({"z.jpg": (SIZE, [SHOE])}), tmp_path / "other.csv")
    with pytest.raises(AnnotationError, match=r"z\.jpg"):
        invoke("--predictions", tmp_path / "other.csv")
