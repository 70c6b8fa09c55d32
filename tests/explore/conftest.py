"""A small data set on disk, in which every number can be worked out by hand."""

import shutil

import numpy as np
import pytest
from PIL import Image

from attire.dataset import open_dataset
from attire.explore import explore

SHIRT, PANTS, SHOE = 0, 6, 23
PHOTOS = {
    "a.jpg": ((80, 60), [(SHIRT, (10, 10, 50, 40), [0, 1]), (PANTS, (15, 40, 45, 70), None)]),
    "b.jpg": (
        (80, 60),
        [
            (SHIRT, (0, 0, 60, 40), [0]),
            (SHOE, (10, 70, 20, 78), None),
            (SHOE, (30, 70, 40, 78), None),
        ],
    ),
    "c.jpg": ((40, 120), [(PANTS, (0, 0, 120, 20), None)]),
    "d.jpg": ((100, 100), []),
}


@pytest.fixture
def records(make_records):
    """Four photos: shirt + pants, shirt + two shoes, pants alone, nothing; two instances with attributes."""
    return make_records(PHOTOS)


@pytest.fixture(scope="session")
def looks_dir(tmp_path_factory):
    """The same as an iMaterialist folder, whose CSV does not list the photo without instances. Read only."""
    folder = tmp_path_factory.mktemp("explore") / "looks"
    (folder / "photos").mkdir(parents=True)
    rng = np.random.default_rng(0)
    lines = ["ImageId,EncodedPixels,Height,Width,ClassId"]
    for name, ((height, width), rectangles) in PHOTOS.items():
        noise = rng.integers(0, 255, (height, width, 3), dtype=np.uint8)
        Image.fromarray(noise).save(folder / "photos" / name)
        for category_id, (x1, y1, x2, y2), held in rectangles:
            runs = " ".join(f"{x * height + y1 + 1} {y2 - y1}" for x in range(x1, x2))
            class_id = "_".join(str(number) for number in [category_id, *(held or [])])
            lines.append(f"{name},{runs},{height},{width},{class_id}")
    (folder / "train.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="session")
def page(looks_dir, tmp_path_factory):
    """Its report. Read only."""
    return explore(open_dataset(looks_dir), tmp_path_factory.mktemp("report"))


@pytest.fixture
def folder(looks_dir, tmp_path):
    """A copy to break."""
    return shutil.copytree(looks_dir, tmp_path / "looks")


@pytest.fixture
def dataset(folder):
    return open_dataset(folder)
