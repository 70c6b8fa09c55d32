"""What tests of several verbs need: a model file that takes no training and no time."""

import pytest

from attire.preprocess import InputSpec


@pytest.fixture(scope="session")
def tiny_model(tiny_network, tmp_path_factory):
    """File of the tiny network; it is sure of nothing (scores near 0.02)."""
    from attire.model import ModelCard, save_model

    return save_model(
        tmp_path_factory.mktemp("model") / "model.safetensors",
        tiny_network,
        card=ModelCard(name="tiny"),
        input_spec=InputSpec(min_side=64, max_side=96),
    )
