"""The file of an embedding: read as it was written, and refused where it is none."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.catalog.embedding import Projection, identify, pool
from attire.catalog.embedding.projection import gather_inputs
from attire.errors import WeightsError
from attire.model.card import CardScore, ModelCard
from attire.model.config import ModelConfig
from attire.model.header import ModelHeader
from attire.preprocess import InputSpec


def test_what_is_read_is_what_was_written(projection, look, tmp_path):
    read = Projection.load(projection.save(tmp_path / "tiny.npz"))
    assert (read.version, read.model, read.card) == (projection.version, projection.model, projection.card)
    np.testing.assert_array_equal(read.colour, projection.colour)
    pooled = pool(look.maps, look.masks, look.photo)
    for name, layer in projection.layers.items():
        np.testing.assert_array_equal(read.layers[name](pooled), layer(pooled))


def test_no_number_is_unpickled(projection, tmp_path):
    with np.load(projection.save(tmp_path / "tiny.npz"), allow_pickle=False) as stored:
        assert {value.dtype.kind for value in stored.values()} == {"f", "U"}


def test_inputs_lie_side_by_side_in_the_order_asked_for(look):
    pooled = pool(look.maps, look.masks, look.photo)
    rows = gather_inputs(pooled, ("slenderness", "means2"))
    assert rows.shape == (3, 1 + 4)
    np.testing.assert_allclose(rows[:, 1:], np.sqrt(pooled.means[2]), rtol=1e-6)
    assert rows[0, 0] == pytest.approx(np.sqrt(np.log(2)))


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"PK\x03\x04 cut short"], ids=["empty", "text", "cut short"]
)
def test_another_file_is_refused(content, tmp_path):
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(WeightsError, match=r"x\.npz: not an embedding of Attire"):
        Projection.load(tmp_path / "x.npz")


def test_arrays_of_something_else_are_refused(tmp_path):
    np.savez(tmp_path / "x.npz", colour=np.zeros(3))
    with pytest.raises(WeightsError, match="not an embedding"):
        Projection.load(tmp_path / "x.npz")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(WeightsError, match="No such file"):
        Projection.load(tmp_path / "none.npz")


def test_one_of_a_newer_attire_asks_for_that(projection, tmp_path, monkeypatch):
    monkeypatch.setattr("attire.catalog.embedding.projection.FORMAT_VERSION", 3)
    projection.save(tmp_path / "x.npz")
    monkeypatch.undo()
    with pytest.raises(WeightsError, match="Upgrade"):
        Projection.load(tmp_path / "x.npz")


def test_one_from_before_there_were_gradients_is_read(projection, look, tmp_path):
    projection.save(tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz") as stored:
        arrays = dict(stored)
    about = json.loads(str(arrays["about"]))
    assert about["format_version"] == 2
    arrays["about"] = np.array(json.dumps(about | {"format_version": 1}))
    np.savez(tmp_path / "x.npz", **arrays)
    shape = Projection.load(tmp_path / "x.npz").layers["shape"]
    assert "gradients" not in shape.inputs
    assert shape(pool(look.maps, look.masks, look.photo)).shape == (3, 8)


def test_gradients_are_an_input_like_any_other(look):
    printed = Image.fromarray(np.random.default_rng(2).integers(0, 256, (*look.size, 3), np.uint8))
    pooled = pool(look.maps, look.masks, printed)
    rows = gather_inputs(pooled, ("gradients",))
    assert rows.any(axis=1).all()
    np.testing.assert_allclose(rows**2, pooled.gradients, atol=1e-6)


def test_features_of_another_network_are_refused(projection, look):
    maps = replace(look.maps, levels=(*look.maps.levels[:3], look.maps.levels[3][:2]))
    with pytest.raises(WeightsError, match=r"reads 272 features of a garment, and this network gives 263"):
        projection.layers["shape"](pool(maps, look.masks, look.photo))


class TestIdentify:
    """Which changes make another network."""

    @pytest.fixture
    def header(self, ontology):
        return ModelHeader(
            ontology=ontology,
            config=ModelConfig(),
            input_spec=InputSpec(height=96, width=64),
            card=ModelCard(name="tiny", data="photos: 3"),
        )

    def test_precision_scores_and_selector_do_not(self, header):
        other = replace(
            header,
            precision="int8",
            selector="{}",
            least_score=0.3,
            card=replace(header.card, scores=(CardScore(name="mask AP50", value=0.5),), limits=("none",)),
        )
        assert identify(other) == identify(header)

    @pytest.mark.parametrize(
        "change",
        [
            {"card": ModelCard(name="other", data="photos: 3")},
            {"recipe": {"epochs": 3}},
            {"input_spec": InputSpec(height=128, width=64)},
            {"config": ModelConfig(backbone="resnet18")},
        ],
        ids=["another name", "another training", "another input", "another backbone"],
    )
    def test_what_changes_features_does(self, header, change):
        assert identify(replace(header, **change)) != identify(header)
