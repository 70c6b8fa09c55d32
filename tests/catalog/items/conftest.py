from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from attire.catalog.items import PhotoOrigin
from attire.masks import RunLengths
from attire.predict import Look
from attire.predict.source import PhotoPixels


class FlatEncoder:
    """An encoder that says of a garment which category it is."""

    version = "flat 1"
    dimensions = 2
    wants_maps = False

    @property
    def parts(self):
        return {"shape": slice(0, 2)}

    def encode(self, look):
        return np.stack([np.cos(look.category_ids), np.sin(look.category_ids)], axis=1).astype(np.float32)


@dataclass(frozen=True)
class OneColour:
    name: str
    lab: tuple[float, float, float]
    share: float


def mean_colour(pixels):
    """Stands in for the naming of colours: the mean, as it is."""
    red, green, blue = pixels.reshape(-1, 3).mean(axis=0).tolist()
    return [OneColour(f"{red:.0f} {green:.0f} {blue:.0f}", (red, green, blue), 1.0)]


@pytest.fixture
def row_settings():
    """What ``rows_of`` needs beside a look and a framed photo."""
    moment = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    origin = PhotoOrigin(
        uri="/shop/a.jpg", digest="ab" * 16, source="shop", seen_at=None, indexed_at=moment, model="box"
    )
    return {"encoder": FlatEncoder(), "origin": origin, "colours": mean_colour}


@pytest.fixture
def make_look(ontology):
    """Builder of a look from ``(category name, (x1, y1, x2, y2), score)`` on a photo."""

    def make(photo: Image.Image, *things) -> Look:
        masks = []
        for _, (x1, y1, x2, y2), _ in things:
            mask = np.zeros((photo.height, photo.width), bool)
            mask[y1:y2, x1:x2] = True
            masks.append(RunLengths.from_mask(mask))
        runs = RunLengths.concatenate(masks)
        scores = np.array([score for _, _, score in things], np.float32)
        width = len(ontology.attributes)
        probs = np.full((len(things), width), 0.1, np.float32)
        probs[:, 0] = 0.9
        return Look(
            ontology=ontology,
            image_id="a.jpg",
            size=(photo.height, photo.width),
            category_ids=np.array([ontology.category(name).id for name, _, _ in things], np.int64),
            boxes=runs.boxes,
            masks=runs,
            scores=scores,
            network_scores=scores / 2,
            attributes=probs > 0.5,
            attribute_probs=probs,
            source=PhotoPixels("a.jpg", photo),
        )

    return make


@pytest.fixture
def handbag() -> Image.Image:
    """A red bag with a handle on white, with a soft shadow below it."""
    photo = Image.new("RGB", (300, 240), "white")
    draw = ImageDraw.Draw(photo)
    for step in range(20):
        shade = 255 - 2 * step
        draw.ellipse((60 + step, 190 + step // 2, 240 - step, 214 - step // 2), fill=(shade,) * 3)
    draw.rectangle((70, 100, 230, 200), fill=(170, 20, 40))
    draw.arc((100, 30, 200, 170), 180, 360, fill=(170, 20, 40), width=12)
    return photo


@pytest.fixture
def street() -> Image.Image:
    """A photo whose rim is not plain."""
    noise = np.random.default_rng(3).integers(0, 255, (30, 20, 3), np.uint8)
    return Image.fromarray(noise).resize((200, 300), Image.Resampling.BICUBIC)


@pytest.fixture(scope="session")
def products() -> Path:
    """Folder of the shared product photos."""
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "products"
    if not folder.is_dir():
        pytest.skip("no shared/data/products beside the checkout: tests on real products need it")
    return folder
