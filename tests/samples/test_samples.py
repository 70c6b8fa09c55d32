"""The looks that come with the package can be read like any other data, without drawing anything."""

import subprocess
import sys

from PIL import Image

from attire.annotations import load_records
from attire.samples import sample_looks


def test_two_dozen_looks_with_labels_are_there() -> None:
    records = load_records(sample_looks())
    assert len(records) == 24
    assert len(records.category_ids) > 200
    assert len(set(records.category_ids.tolist())) > 25
    assert records.attributes.any(axis=0).sum() > 40


def test_photos_have_the_size_that_their_labels_state() -> None:
    records = load_records(sample_looks())
    for name, (height, width) in zip(records.image_ids, records.sizes, strict=True):
        with Image.open(sample_looks() / "photos" / str(name)) as photo:
            assert photo.size == (width, height)


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in sample_looks().rglob("*") if path.is_file()) < 2_000_000


def test_finding_them_loads_nothing_heavy() -> None:
    code = (
        "import sys; from attire.samples import sample_looks; sample_looks();"
        "print([m for m in ('skia', 'torch', 'polars', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
