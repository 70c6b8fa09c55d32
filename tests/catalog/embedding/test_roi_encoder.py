"""Vectors of a look: parts of equal length, colours that follow the pixels, clear refusals."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.catalog.embedding import RoiEncoder
from attire.catalog.embedding.gradients import GRADIENTS
from attire.catalog.encoder import Encoder, weigh
from attire.errors import RecipeError, WeightsError
from attire.masks import RunLengths
from attire.model.card import ModelCard
from attire.model.config import ModelConfig
from attire.model.header import ModelHeader
from attire.predict.source import PhotoPixels
from attire.preprocess import InputSpec


@pytest.fixture
def encoder(projection) -> RoiEncoder:
    return RoiEncoder(projection)


def test_it_is_an_encoder(encoder):
    typed: Encoder = encoder
    assert typed.wants_maps
    assert typed.version == "tiny 1"
    assert typed.parts == {"shape": slice(0, 8), "pattern": slice(8, 12), "colour": slice(12, 44)}
    assert typed.dimensions == 44


def test_rows_have_length_one_and_parts_the_same(encoder, look):
    vectors = encoder.encode(look)
    assert vectors.shape == (3, 44)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for part in encoder.parts.values():
        np.testing.assert_allclose(np.linalg.norm(vectors[:, part], axis=1), 1 / np.sqrt(3), atol=1e-5)


def test_a_part_of_a_look_gets_the_same_vectors(encoder, look):
    np.testing.assert_allclose(encoder.encode(look[[2, 0]]), encoder.encode(look)[[2, 0]], atol=1e-5)
    assert encoder.encode(look[[]]).shape == (0, 44)


def test_colours_follow_the_pixels_alone(encoder, look):
    colour = encoder.parts["colour"]
    dress, one_shoe, other_shoe = encoder.encode(look)[:, colour] * np.sqrt(3)
    assert one_shoe @ other_shoe > 0.99
    assert dress @ one_shoe < 0.5
    blind = replace(look, maps=replace(look.maps, levels=tuple(0 * level for level in look.maps.levels)))
    np.testing.assert_allclose(encoder.encode(blind)[:, colour], encoder.encode(look)[:, colour], atol=1e-5)


def test_shape_follows_the_edges_inside_a_mask_and_none_outside(encoder, look):
    random = np.random.default_rng(5)
    edges = replace(
        encoder.projection.layers["shape"],
        inputs=("gradients",),
        mean=np.zeros(GRADIENTS, np.float32),
        scale=np.ones(GRADIENTS, np.float32),
        matrix=random.normal(size=(GRADIENTS, 8)).astype(np.float32),
    )
    encoder = RoiEncoder(replace(encoder.projection, layers=encoder.projection.layers | {"shape": edges}))
    shape = encoder.parts["shape"]

    def shape_of(pixels):
        source = PhotoPixels("red.jpg", Image.fromarray(pixels))
        return encoder.encode(replace(look, source=source))[0, shape] * np.sqrt(3)

    pixels, dress = np.array(look.photo), look.masks.decode(0)
    pixels[dress] = random.integers(0, 256, (dress.sum(), 3))
    around = np.where(dress[..., None], pixels, random.integers(0, 256, pixels.shape).astype(np.uint8))
    turned = pixels.copy()
    turned[dress] = pixels[dress][::-1]
    np.testing.assert_allclose(shape_of(around), shape_of(pixels), atol=1e-6)
    assert shape_of(turned) @ shape_of(pixels) < 0.99


def test_a_named_colour_is_near_garments_of_it(encoder, look):
    vectors = encoder.encode(look)
    for name, nearest in (("red", 0), ("blue", 1)):
        query = np.zeros(44, np.float32)
        query[encoder.parts["colour"]] = encoder.colour_vector(name)
        alike = vectors @ weigh(query, encoder.parts, {})
        assert alike.argmax() == nearest or alike[nearest] == pytest.approx(alike.max(), abs=1e-4)
    with pytest.raises(RecipeError, match="'plaid' is unknown"):
        encoder.colour_vector("plaid")


def test_any_region_can_be_asked_for(encoder, look):
    marked = np.zeros(look.size, bool)
    marked[100:120, 4:60] = True
    region = replace(look[[0]], masks=RunLengths.from_mask(marked))
    colour = encoder.parts["colour"]
    assert encoder.encode(region)[0, colour] @ encoder.encode(look)[1, colour] > 0.2


def test_a_look_without_maps_says_how_to_get_them(encoder, look):
    with pytest.raises(RecipeError, match=r"red\.jpg: was read without maps.*maps=True"):
        encoder.encode(replace(look, maps=None))


def test_another_network_is_refused(projection, ontology, tmp_path):
    path = projection.save(tmp_path / "tiny.npz")
    header = ModelHeader(
        ontology=ontology,
        config=ModelConfig(),
        input_spec=InputSpec(height=96, width=64),
        card=ModelCard(name="other"),
    )
    with pytest.raises(WeightsError, match=r"goes with network 0123456789abcdef, and other is"):
        RoiEncoder.load(path, model=header)
    assert RoiEncoder.load(path).version == "tiny 1"
