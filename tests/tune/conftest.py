"""Photos of one rectangle, a recipe that takes a second for them, and a plan that searches around it."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from tests.tune.small_recipe import SMALL

from attire.annotations import write_imaterialist
from attire.train import find_recipe
from attire.train.overrides import override
from attire.tune.searching import Plan
from attire.tune.space import Choice, Range

RECIPE = {
    **SMALL,
    "min_steps": 0,
    "max_steps": 2,
}
SPACE = (
    Range(path="stages.0.lr", low=1e-4, high=1e-2, log=True),
    Choice(path="augment.scale", options=([1.0, 1.0], [0.8, 1.25])),
)


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def make_folder(tmp_path: Path, make_records):
    def make(name: str, photos: int, shift: int = 0) -> Path:
        (tmp_path / name / "photos").mkdir(parents=True)
        contents = {}
        for i in range(photos):
            pixels = np.full((64, 48, 3), 220, np.uint8)
            x = 4 + (i + shift) % 9
            pixels[8:40, x : x + 26] = (40, 60, 200)
            Image.fromarray(pixels).save(tmp_path / name / f"photos/{i}.png")
            contents[f"{i}.png"] = ((64, 48), [(0, (x, 8, x + 26, 40), [5, 20])])
        write_imaterialist(make_records(contents), tmp_path / name / "train.csv")
        return tmp_path / name

    return make


@pytest.fixture
def plan(make_folder, tmp_path) -> Plan:
    return Plan(
        recipe=override(find_recipe("quick"), RECIPE),
        space=SPACE,
        data=make_folder("train", 4),
        validation=make_folder("val", 2, shift=4),
        out_dir=tmp_path / "search",
        trials=2,
        accelerator="cpu",
        prune=False,
    )
