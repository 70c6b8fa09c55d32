"""Tiny photos of two rectangles in the iMaterialist layout, and a recipe that takes a second for them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from attire.annotations import write_imaterialist
from attire.dataset import AugmentConfig, Dataset, open_dataset
from attire.model import cpu_config
from attire.preprocess import InputSpec
from attire.train import Recipe, Stage

SIZE = (96, 64)


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Keep torch to one thread: for photos this small, more only wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def make_folder(tmp_path: Path, make_records):
    """Builder of a folder with ``train.csv`` and photos: a shirt (0) above trousers (6), somewhere."""

    def make(name: str = "looks", photos: int = 8, seed: int = 0) -> Path:
        rng = np.random.default_rng(seed)
        contents, folder = {}, tmp_path / name
        (folder / "photos").mkdir(parents=True)
        for i in range(photos):
            x, y = int(rng.integers(4, 24)), int(rng.integers(4, 16))
            shirt, trousers = (x, y, x + 30, y + 32), (x + 2, y + 34, x + 28, y + 70)
            pixels = np.full((*SIZE, 3), 230, np.int64)
            for (x1, y1, x2, y2), color in ((shirt, (40, 60, 200)), (trousers, (90, 30, 30))):
                pixels[y1:y2, x1:x2] = color
            pixels += rng.integers(-9, 9, pixels.shape)
            Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(folder / "photos" / f"{i:03}.png")
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
    """Two stages, one epoch with the lower backbone frozen and two with all, three steps each."""
    model = replace(
        cpu_config(),
        backbone="mobilenet_v3_large",
        norm="batch",
        fpn_channels=16,
        anchor_sizes=((8,), (16,), (32,), (64,), (96,)),
        rpn_pre_nms_train=40,
        rpn_pre_nms_test=20,
        rpn_post_nms_train=24,
        rpn_post_nms_test=12,
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
        stages=(Stage(epochs=1, lr=0.02, layers="4+"), Stage(epochs=2, lr=0.01, schedule="cosine")),
        batch_size=2,
        warmup_steps=2,
        augment=AugmentConfig(),
        validation_share=0.15,
        workers=0,
    )
