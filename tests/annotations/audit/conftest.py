"""A small healthy data set on disk, to be broken on purpose."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attire.annotations.audit import Audit, audit
from attire.masks import RunLengths

HEADER = ("ImageId", "EncodedPixels", "Height", "Width", "ClassId")


def draw_photo(seed: int, size: tuple[int, int]) -> Image.Image:
    """Draw coloured blots, large and small as in photos, which differ from seed to seed."""
    height, width = size
    chance = np.random.default_rng(seed)
    layers = [
        Image.fromarray(chance.integers(0, 256, (*grid, 3), dtype=np.uint8)).resize(
            (width, height), Image.Resampling.BICUBIC
        )
        for grid in ((7, 5), (40, 30))
    ]
    return Image.blend(*layers, 0.3)


class Looks:
    """A folder with photos and ``train.csv``; change it, then audit it."""

    sizes = (("a.jpg", (60, 40)), ("b.jpg", (45, 70)), ("c.png", (50, 50)), ("d.jpg", (64, 48)))

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.photos = folder / "photos"
        self.photos.mkdir(parents=True)
        self.rows: list[dict[str, str]] = []
        for seed, (name, size) in enumerate(self.sizes):
            draw_photo(seed, size).save(self.photos / name, quality=90)
            for class_id, pairs in (("6_20_36_40", "11 5 80 7"), ("23", "200 3"), ("23", "300 4 310 4")):
                values = (name, pairs, str(size[0]), str(size[1]), class_id)
                self.rows.append(dict(zip(HEADER, values, strict=True)))

    def change(self, row: int, **fields: object) -> None:
        """Change fields of a row of the file; the header is row 1."""
        self.rows[row - 2].update({name: str(value) for name, value in fields.items()})

    def write(self, ending: str = "") -> None:
        with (self.folder / "train.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, HEADER, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
            file.write(ending)

    def redraw(self, name: str, change=lambda photo: photo, **options) -> None:
        """Save a photo again in another way."""
        seed = [known for known, _ in self.sizes].index(name)
        change(draw_photo(seed, dict(self.sizes)[name])).save(self.photos / name, **options)

    def audit(self) -> Audit:
        self.write()
        return audit(self.folder)


class Coco:
    """A COCO JSON beside its photos; change it, then audit it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.images = []
        self.annotations = []
        for seed, (name, (height, width)) in enumerate(Looks.sizes[:3]):
            draw_photo(seed, (height, width)).save(folder / name, quality=90)
            self.images.append({"id": 100 + seed, "file_name": name, "height": height, "width": width})
            for category_id, segmentation in (
                (6, [[1, 1, 20, 1, 20, 30.5], [2, 32, 9, 32, 9, 40]]),
                (23, {"size": [height, width], "counts": [5, 4, height * width - 9]}),
                (23, RunLengths.from_mask(np.eye(height, width)).to_coco()[0]),
            ):
                self.annotations.append(
                    {
                        "id": 1 + len(self.annotations),
                        "image_id": 100 + seed,
                        "category_id": category_id,
                        "segmentation": segmentation,
                        "attribute_ids": [36, 20] if category_id == 6 else [],
                    }
                )

    def audit(self, ontology) -> Audit:
        content = {"images": self.images, "annotations": self.annotations} | ontology.to_dict()
        path = self.folder / "instances.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return audit(path)


@pytest.fixture
def looks(tmp_path: Path) -> Looks:
    return Looks(tmp_path / "looks")


@pytest.fixture
def coco(tmp_path: Path) -> Coco:
    return Coco(tmp_path / "coco")


@pytest.fixture(scope="session")
def draw():
    return draw_photo


@pytest.fixture(scope="session")
def places():
    """Gives level, code, file and row of every finding."""
    return lambda audit: [(one.level, one.code, one.file, one.row) for one in audit.faults]
