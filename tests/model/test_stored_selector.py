"""A selector goes into a model file and out again, and the weights stay bit by bit."""

import numpy as np
import pytest
import torch

from attire.errors import WeightsError
from attire.model import ModelCard, load_model, save_model
from attire.model.header import read_header
from attire.model.stored_selector import StoredSelector, attach_selector
from attire.preprocess import InputSpec

SELECTOR = StoredSelector(arrays={"levels": np.arange(3.0), "trees.roots": np.array([0.0])}, rest='{"a": 1}')


@pytest.fixture
def file(model, tmp_path):
    return save_model(
        tmp_path / "m.safetensors",
        model,
        card=ModelCard(name="m"),
        input_spec=InputSpec(height=64, width=64),
        half=True,
    )


def test_it_comes_back_and_nothing_else_changes(file, tmp_path):
    before = load_model(file)
    assert before.selector is None
    out = attach_selector(file, tmp_path / "with.safetensors", SELECTOR)
    after = load_model(out)
    assert after.selector.rest == SELECTOR.rest
    assert after.selector.arrays.keys() == SELECTOR.arrays.keys()
    assert after.selector.arrays["levels"].tolist() == [0, 1, 2]
    for name, weight in before.model.state_dict().items():
        assert torch.equal(weight, after.model.state_dict()[name])
    assert after.card == before.card


def test_another_takes_its_place_in_the_same_file(file):
    attach_selector(file, file, SELECTOR)
    attach_selector(file, file, StoredSelector(arrays={"knots": np.ones(2)}, rest="{}"))
    assert load_model(file).selector.arrays.keys() == {"knots"}
    assert read_header(file).selector == "{}"


def test_saving_takes_it_along(file, tmp_path):
    loaded = load_model(attach_selector(file, file, SELECTOR))
    again = save_model(
        tmp_path / "again.safetensors",
        loaded.model,
        card=loaded.card,
        input_spec=loaded.input_spec,
        selector=loaded.selector,
    )
    assert load_model(again).selector.arrays["levels"].tolist() == [0, 1, 2]


def test_files_that_are_no_models_are_refused(file, tmp_path):
    with pytest.raises(WeightsError, match="safetensors"):
        attach_selector(file, tmp_path / "x.bin", SELECTOR)
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(WeightsError, match="damaged"):
        attach_selector(file, tmp_path / "x.safetensors", SELECTOR)
    assert not (tmp_path / "x.safetensors").exists()
