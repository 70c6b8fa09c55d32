"""The tool that learns the embedding: from a model and annotated photos to a file that encoders load."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from attire.catalog.embedding import RoiEncoder
from attire.model import ModelCard, save_model
from attire.model.header import read_header
from attire.predict import Predictor
from attire.preprocess import InputSpec
from attire.samples import sample_looks

TOOL = Path(__file__).parents[1] / "tools" / "embedding.py"


@pytest.mark.slow
def test_it_learns_what_the_catalogue_loads(tiny_network, tmp_path):
    model = save_model(
        tmp_path / "tiny.safetensors",
        tiny_network.eval(),
        card=ModelCard(name="tiny"),
        input_spec=InputSpec(height=96, width=64),
        least_score=0.0,
    )
    out, looks = tmp_path / "tiny.npz", str(sample_looks())
    command = [sys.executable, str(TOOL), str(model), looks, looks, "--val", looks, "--steps", "4"]
    command += ["--cache", str(tmp_path / "cache"), "--name", "tiny 1", "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "same garment first" in done.stdout

    encoder = RoiEncoder.load(out, model=read_header(model))
    assert encoder.version == "tiny 1"
    assert encoder.dimensions == 256
    look = Predictor.load(model, device="cpu")(
        next(iter((sample_looks() / "photos").iterdir())), keep="all", maps=True
    )
    assert len(look)
    vectors = encoder.encode(look)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
