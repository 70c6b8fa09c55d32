"""A look on made-up maps, and a projection of random numbers."""

import numpy as np
import pytest
from PIL import Image

from attire.catalog.colours import CHANNELS
from attire.catalog.embedding.projection import Layer, Projection
from attire.instances import Instances
from attire.masks import RunLengths
from attire.predict import FeatureMaps, Look
from attire.predict.source import PhotoPixels
from attire.preprocess import InputSpec

SIZE = (128, 64)
RED, BLUE = (200, 20, 30), (30, 60, 200)


@pytest.fixture
def look(ontology) -> Look:
    """A red dress above two blue shoes, on white."""
    pixels = np.full((*SIZE, 3), 255, np.uint8)
    masks = np.zeros((3, *SIZE), bool)
    masks[0, 10:90, 12:52] = True
    masks[1, 100:120, 4:24] = True
    masks[2, 100:120, 40:60] = True
    pixels[masks[0]], pixels[masks[1] | masks[2]] = RED, BLUE
    runs = RunLengths.from_masks(masks)
    instances = Instances(
        ontology=ontology,
        image_id="red.jpg",
        size=SIZE,
        category_ids=np.array([10, 23, 23]),
        boxes=runs.boxes,
        masks=runs,
        scores=np.array([0.9, 0.8, 0.7], np.float32),
    )
    random = np.random.default_rng(4)
    levels = tuple(
        np.abs(random.normal(size=(features, 128 // cell, 64 // cell))).astype(np.float16)
        for features, cell in ((2, 4), (3, 8), (4, 16), (5, 32))
    )
    maps = FeatureMaps(levels=levels, geometry=InputSpec(height=128, width=64).geometry(SIZE))
    return Look.of(instances, PhotoPixels("red.jpg", Image.fromarray(pixels)), None, maps)


def layer(inputs, width, numbers, seed) -> Layer:
    random = np.random.default_rng(seed)
    return Layer(
        inputs=inputs,
        mean=random.normal(size=width).astype(np.float16).astype(np.float32),
        scale=(1 + random.random(width)).astype(np.float16).astype(np.float32),
        matrix=random.normal(size=(width, numbers)).astype(np.float16).astype(np.float32),
    )


@pytest.fixture
def projection() -> Projection:
    random = np.random.default_rng(9)
    return Projection(
        version="tiny 1",
        model="0123456789abcdef",
        layers={
            "shape": layer(("bands3", "outlines", "slenderness"), 15 + 256 + 1, 8, 1),
            "pattern": layer(("means0", "spreads1"), 5, 4, 2),
        },
        colour=np.linalg.qr(random.normal(size=(CHANNELS, 32)))[0].astype(np.float16).astype(np.float32),
        card={"data": "made up"},
    )
