"""The model in the box: there, small enough, honest about itself, and able to see."""

import numpy as np
import pytest
import torch

import attire
from attire import bundled
from attire.bundled import BUNDLED, bundled_model
from attire.dataset import open_dataset
from attire.errors import WeightsError
from attire.evaluate import Bootstrap, evaluate
from attire.evaluate.predicting import predict_dataset
from attire.model import load_model
from attire.model.header import read_header
from attire.ontology import Ontology
from attire.predict import Predictor
from attire.samples import sample_looks

LARGEST = 60_000_000
"""Bytes that one model in the package may have."""


ALL = 90_000_000
"""And all of them together."""


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("suffix", [".safetensors", ".onnx", ".int8.onnx"])
def test_it_is_small_enough_for_a_package(suffix, name) -> None:
    least = 1_000_000 if suffix == ".safetensors" else 100_000
    assert least < bundled_model(suffix, name).stat().st_size <= LARGEST


def test_all_of_them_fit_into_the_package() -> None:
    files = [path for path in bundled_model().parent.iterdir() if path.suffix != ".py" and path.is_file()]
    assert len(files) >= 3
    assert sum(path.stat().st_size for path in files) <= ALL


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize(("suffix", "precision"), [(".onnx", "fp32"), (".int8.onnx", "int8")])
def test_all_its_forms_say_the_same_of_themselves(suffix, precision, name) -> None:
    exported, trained = read_header(bundled_model(suffix, name)), read_header(bundled_model(name=name))
    assert exported.precision == precision
    for part in ("ontology", "config", "input_spec", "card", "recipe", "least_score", "selector"):
        assert getattr(exported, part) == getattr(trained, part)


@pytest.mark.parametrize("name", BUNDLED)
def test_it_knows_what_it_is_and_what_it_scores(name) -> None:
    header = read_header(bundled_model(name=name))
    assert header.card.name == name
    assert header.ontology == Ontology.imaterialist2019()
    assert header.recipe is not None
    assert 0 < (header.least_score or 0) < 1
    card = header.card
    assert card.licence
    assert len(card.limits) >= 3
    figures = {score.name: score for score in card.scores}
    assert {"score_categories image", "score image", "mask AP50", "attribute F1"} <= set(figures)
    for score in card.scores:
        assert 0 <= score.value <= 1
        assert score.data
        assert score.command.startswith(("attire evaluate", "attire select")), "how it is got again"
        assert ".." not in score.command, "and names no place outside of where it is run"


def test_it_says_how_sure_it_is() -> None:
    predictor = Predictor.load(device="cpu")
    assert predictor.calibration is not None
    assert "100 photos" in predictor.calibration.about
    figures = {score.name: score.value for score in read_header(bundled_model()).card.scores}
    name = "score_categories image, {}, out of fold"
    assert figures[name.format("decision rule")] > 1.15 * figures[name.format("cut at 0.5")]
    look = predictor(sorted((sample_looks() / "photos").iterdir())[0], keep="all")
    assert look.hit_probs is not None
    assert look.scores == pytest.approx(look.hit_probs[:, 0])
    assert look.network_scores.mean() > look.scores.mean(), "the network is too sure of itself"


@pytest.mark.parametrize("name", BUNDLED)
def test_every_weight_is_a_number(name) -> None:
    weights = load_model(bundled_model(name=name)).model.state_dict()
    assert all(torch.isfinite(value).all() for value in weights.values())


@pytest.mark.parametrize("name", BUNDLED)
def test_it_sees_garments_in_the_looks_in_the_box(name) -> None:
    dataset = open_dataset(sample_looks())
    predictor = Predictor.load(name, device="cpu")
    assert predictor.ontology == dataset.records.ontology
    found = predict_dataset(dataset, predictor)
    report = evaluate(dataset.records, found.kept, ranked=found.ranked, bootstrap=Bootstrap(resamples=0))
    assert report.coco.mask.ap50 > 0.05


def test_a_copy_without_it_says_what_to_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(WeightsError, match=r"Install the whole package, or train one: .* pass --model FILE"):
        Predictor.load()


def test_the_top_of_the_package_reads_a_photo() -> None:
    look = attire.Predictor.load(device="cpu")(sorted((sample_looks() / "photos").iterdir())[0])
    assert len(look) >= 2
    assert (np.diff(look.scores) <= 0).all()
