"""The embedding in the box: small, of its network, and the same whatever runs that."""

import numpy as np
import pytest

from attire.bundled import bundled_embedding, bundled_model
from attire.catalog.colours import COLOUR_NAMES
from attire.catalog.embedding import Projection, RoiEncoder, identify
from attire.masks import RunLengths
from attire.model.header import read_header
from attire.photos import list_photos
from attire.predict import Look, Predictor
from attire.samples import sample_looks

LARGEST = 1_000_000
PHOTOS = 8


@pytest.fixture(scope="module")
def encoder() -> RoiEncoder:
    return RoiEncoder.load(model=read_header(bundled_model()))


def read(**how) -> list[Look]:
    predictor = Predictor.load(device="cpu", **how)
    return [predictor(path, maps=True) for path in list_photos(sample_looks() / "photos")[:PHOTOS]]


@pytest.fixture(scope="module")
def looks() -> list[Look]:
    pytest.importorskip("torch")
    return read(runtime="torch")


@pytest.mark.parametrize("suffix", [".safetensors", ".onnx", ".int8.onnx"])
def test_it_goes_with_all_forms_of_the_model_in_the_box(suffix):
    assert Projection.load(bundled_embedding()).model == identify(read_header(bundled_model(suffix)))


def test_it_is_small_and_says_where_it_is_from(encoder):
    assert bundled_embedding().stat().st_size < LARGEST
    assert encoder.dimensions == 256
    assert list(encoder.parts) == ["shape", "pattern", "colour"]
    assert "no photo of a shop" in encoder.projection.card["data"]
    assert encoder.version == "box 2"


def test_vectors_tell_categories_apart(encoder, looks):
    vectors = np.concatenate([encoder.encode(look) for look in looks])
    categories = np.concatenate([look.category_ids for look in looks])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    shape = vectors[:, encoder.parts["shape"]]
    alike = shape @ shape.T
    np.fill_diagonal(alike, -1)
    several = np.isin(categories, np.flatnonzero(np.bincount(categories) > 1))
    right = (categories[alike.argmax(axis=1)] == categories)[several].mean()
    assert several.sum() >= 15
    assert right > 0.6


def test_names_of_colours_are_told_apart(encoder):
    vectors = np.stack([encoder.colour_vector(name) for name in COLOUR_NAMES])
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, 0)
    assert alike.max() < 0.97
    at = {name: place for place, name in enumerate(COLOUR_NAMES)}
    assert alike[at["red"], at["burgundy"]] > alike[at["red"], at["green"]] + 0.1
    assert alike[at["navy"], at["blue"]] > alike[at["navy"], at["yellow"]] + 0.1


@pytest.mark.parametrize(
    ("runtime", "precision", "least"),
    [
        ("onnxruntime", "fp32", 0.9999),
        ("onnxruntime", "int8", 0.99),
        ("openvino", "fp32", 0.9999),
        ("openvino", "bf16", 0.999),
        ("openvino", "int8", 0.99),
    ],
)
def test_regions_get_the_same_vectors_in_all_forms(runtime, precision, least, encoder, looks):
    openvino = pytest.importorskip("openvino", reason="the extra openvino is not installed")
    if precision == "bf16" and "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        pytest.skip("this processor does not compute in bfloat16")
    for look, other in zip(looks, read(runtime=runtime, precision=precision), strict=True):
        same = Look.of(look, look.source, None, other.maps)
        cosine = (encoder.encode(look) * encoder.encode(same)).sum(axis=1)
        assert isinstance(same.masks, RunLengths)
        assert cosine.mean() > least
