"""Stored readings: what a predictor gives, bit by bit, and nothing for other data or models."""

import numpy as np
import pytest

from attire.dataset import open_dataset
from attire.errors import DataError
from attire.predict import ChoiceValues, Predictor
from attire.predict.runtime_torch import TorchRuntime
from attire.preprocess import InputSpec
from attire.tune.readings import Origin, load_readings, read_raw, save_readings

ORIGIN = Origin(data="a" * 64, model="b" * 64)


@pytest.fixture
def dataset(make_folder):
    return open_dataset(make_folder("looks", 3))


@pytest.fixture
def predictor(tiny_network) -> Predictor:
    runtime = TorchRuntime(
        tiny_network, InputSpec(min_side=64, max_side=96), attribute_categories=frozenset({0, 3})
    )
    values = ChoiceValues(mask_threshold=0.45, single_choice=0.02, others=0.04)
    return Predictor(runtime, rule=values.rule, mask_threshold=values.mask_threshold)


@pytest.mark.parametrize("batch", [1, 2])
def test_what_is_stored_is_what_a_predictor_gives(batch, dataset, predictor, tmp_path) -> None:
    path = tmp_path / "readings.safetensors"
    save_readings(path, read_raw(dataset, predictor, batch_size=batch), ORIGIN)
    readings = load_readings(path, ORIGIN)
    looks = list(readings.looks(dataset.records.ontology, 0.45))
    assert len(looks) == len(dataset)
    for place, look in enumerate(looks):
        (straight,) = predictor.many([dataset.photo_path(place)], keep="all")
        assert look.image_id == straight.image_id
        assert look.size == straight.size
        assert len(look) == len(straight) > 0
        for name in ("category_ids", "boxes", "scores", "mask_scores", "attribute_probs"):
            np.testing.assert_allclose(getattr(look, name), getattr(straight, name), atol=1e-6)
        assert look.masks.areas.tolist() == straight.masks.areas.tolist()


@pytest.mark.parametrize(
    ("other", "part"),
    [
        (Origin(data="c" * 64, model="b" * 64), "data with fingerprint aaaaaaaaaaaa, this is cccccccccccc"),
        (Origin(data="a" * 64, model="c" * 64), "model with SHA-256 bbbbbbbbbbbb, this is cccccccccccc"),
        (Origin(data="a" * 64, model="b" * 64, tta=True), "--tta False, this is True"),
    ],
)
def test_readings_of_something_else_are_refused(other, part, dataset, predictor, tmp_path) -> None:
    path = tmp_path / "readings.safetensors"
    save_readings(path, read_raw(dataset, predictor), ORIGIN)
    with pytest.raises(DataError, match=part):
        load_readings(path, other)


@pytest.mark.parametrize("content", [b"", b"nonsense that is longer than a header"])
def test_a_damaged_file_is_said(content, tmp_path) -> None:
    path = tmp_path / "readings.safetensors"
    path.write_bytes(content)
    with pytest.raises(DataError, match="holds no readings"):
        load_readings(path, ORIGIN)


def test_a_photo_that_cannot_be_read_is_said(dataset, predictor) -> None:
    dataset.photo_path(1).write_bytes(b"no photo")
    with pytest.raises(DataError, match=r"1\.png.*attire check"):
        read_raw(dataset, predictor)
