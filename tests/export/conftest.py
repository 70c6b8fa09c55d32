"""A small network's file and its exports, made once."""

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxscript")


@pytest.fixture(scope="session")
def trained(tiny_network, tmp_path_factory):
    """A model file with a selector, as training leaves it."""
    from attire.model import ModelCard, save_model
    from attire.preprocess import InputSpec

    return save_model(
        tmp_path_factory.mktemp("trained") / "tiny.safetensors",
        tiny_network.eval(),
        card=ModelCard(name="tiny"),
        input_spec=InputSpec(min_side=64, max_side=96),
        least_score=0.25,
        half=True,
    )


@pytest.fixture(scope="session")
def exported(trained, tmp_path_factory):
    """What ``export_model`` made of it, in float32."""
    from attire.export import export_model

    return export_model(trained, tmp_path_factory.mktemp("exported") / "tiny.onnx")


@pytest.fixture(scope="session")
def exported_int8(trained, tmp_path_factory):
    """The same in int8."""
    from attire.export import export_model

    rng = np.random.default_rng(0)
    photos = [rng.integers(0, 256, (3, 96, 64), np.uint8) for _ in range(4)]
    out = tmp_path_factory.mktemp("int8") / "tiny.int8.onnx"
    return export_model(trained, out, calibration=iter(photos))
