"""Tiny photos of coloured rectangles in the iMaterialist layout, and a recipe that learns from them in a second."""

import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.annotations import write_imaterialist
from attire.dataset import AugmentConfig, Dataset, open_dataset
from attire.model import cpu_config
from attire.preprocess import InputSpec
from attire.train import Recipe, Stage

SIZE = (96, 64)


@pytest.fixture
def make_folder(tmp_path: Path, make_records):
    """Builder of a folder with ``train.csv`` and photos: a shirt (0) above trousers (6), at random places."""

    def make(name: str = "looks", photos: int = 10, seed: int = 0) -> Path:
        rng = np.random.default_rng(seed)
        contents, folder = {}, tmp_path / name
        (folder / "photos").mkdir(parents=True)
        for i in range(photos):
            x, y = int(rng.integers(4, 24)), int(rng.integers(4, 16))
            shirt, trousers = (x, y, x + 30, y + 32), (x + 2, y + 34, x + 28, y + 70)
            pixels = np.full((*SIZE, 3), 230, np.uint8)
            for (x1, y1, x2, y2), color in ((shirt, (40, 60, 200)), (trousers, (90, 30, 30))):
                pixels[y1:y2, x1:x2] = color
            pixels[:] = np.clip(pixels + rng.integers(-9, 9, pixels.shape), 0, 255)
            Image.fromarray(pixels).save(folder / "photos" / f"{i:03}.png")
            attributes = [5, 20] if i % 2 else None
            contents[f"{i:03}.png"] = (SIZE, [(0, shirt, attributes), (6, trousers, None)])
        write_imaterialist(make_records(contents), folder / "train.csv")
        return folder

    return make


@pytest.fixture
def looks(make_folder) -> Dataset:
    return open_dataset(make_folder())


@pytest.fixture(scope="session")
def tiny() -> Recipe:
    """Two stages over two epochs each, in a second or two."""
    model = replace(
        cpu_config(),
        backbone="mobilenet_v3_large",
        norm="batch",
        fpn_channels=16,
        anchor_sizes=((8,), (16,), (32,), (64,), (96,)),
        rpn_pre_nms_train=40,
        rpn_post_nms_train=24,
        rpn_batch=16,
        roi_batch=16,
        roi_canonical=32,
        box_dense=(16,),
        mask_convs=(8,),
        mask_channels=8,
        attribute_hidden=16,
        embedding_dim=8,
    )
    return Recipe(
        name="tiny",
        about="For tests.",
        model=model,
        input=InputSpec(height=96, width=64),
        weights="none",
        stages=(Stage(epochs=2, lr=0.02, layers="4+"), Stage(epochs=2, lr=0.01, schedule="cosine")),
        batch_size=2,
        warmup_steps=3,
        augment=AugmentConfig(),
        validation_share=0.2,
        workers=0,
    )
