"""Photos of coloured rectangles whose masks are exactly the coloured pixels."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from attire.annotations import Layout
from attire.dataset import Dataset

COLORS = ((220, 30, 30), (30, 200, 40), (40, 60, 220), (230, 210, 30))
"""One per category id, far apart, and far from the grey of the background."""


@pytest.fixture
def make_dataset(make_records, tmp_path):
    """Builder of a data set on disk; takes what ``make_records`` takes, and draws category k in COLORS[k]."""

    def make(photos) -> Dataset:
        for name, ((height, width), rectangles) in photos.items():
            photo = Image.new("RGB", (width, height), (128, 128, 128))
            for category_id, (x1, y1, x2, y2), _ in rectangles:
                color = COLORS[category_id % len(COLORS)]
                ImageDraw.Draw(photo).rectangle((x1, y1, x2 - 1, y2 - 1), fill=color)
            photo.save(tmp_path / name)
        layout = Layout(
            kind="photos", root=tmp_path, annotations=None, photos_dir=tmp_path, descriptions=None
        )
        return Dataset(records=make_records(photos), layout=layout)

    return make


@pytest.fixture
def looks(make_dataset):
    """Six photos of different shapes with up to three rectangles that do not overlap."""
    return make_dataset(
        {
            "tall.png": ((300, 200), [(0, (20, 30, 90, 160), [0, 3]), (1, (100, 170, 190, 280), None)]),
            "wide.png": ((150, 320), [(2, (10, 10, 120, 140), None), (3, (200, 20, 310, 130), [5])]),
            "square.png": ((256, 256), [(0, (60, 60, 200, 200), [0])]),
            "small.png": ((64, 48), [(1, (5, 5, 40, 60), None)]),
            "three.png": (
                (400, 300),
                [(0, (10, 10, 140, 190), []), (1, (150, 20, 290, 180), None), (2, (40, 210, 260, 390), [7])],
            ),
            "empty.png": ((200, 200), []),
        }
    )


@pytest.fixture
def colored():
    """Function: where an image of shape (3, h, w) shows the colour of a category, within a tolerance."""

    def find(image, category_id, tolerance=40):
        color = np.array(COLORS[category_id % len(COLORS)])[:, None, None]
        return np.abs(np.asarray(image, int) - color).max(axis=0) <= tolerance

    return find
