"""Records and files to test annotations with."""

import numpy as np
import pytest

HEADER = "ImageId,EncodedPixels,Height,Width,ClassId"


@pytest.fixture
def write_csv(tmp_path):
    """Writer of a ``train.csv`` from its rows after the header; or under another header and name."""

    def write(*rows, header=HEADER, name="train.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def assert_same_records():
    """Comparison of two records, field by field; ``rows`` on demand, as some forms count them anew."""

    def compare(left, right, *, rows=True):
        assert left.ontology == right.ontology
        assert left.image_ids.tolist() == right.image_ids.tolist()
        for name in ("sizes", "offsets", "category_ids", "attributes", "attributes_known", "scores"):
            ours, theirs = getattr(left, name), getattr(right, name)
            assert (ours is None) == (theirs is None), name
            assert ours is None or np.array_equal(ours, theirs), name
        for name in ("starts", "lengths", "offsets", "sizes"):
            assert np.array_equal(getattr(left.masks, name), getattr(right.masks, name)), name
        if rows:
            assert left.rows.tolist() == right.rows.tolist()

    return compare


@pytest.fixture
def looks(make_records):
    """Three photos: two garments, none, one garment whose attributes nobody looked at."""
    return make_records(
        {
            "a.jpg": ((30, 20), [(10, (2, 3, 15, 25), [20, 36]), (23, (4, 25, 8, 30), None)]),
            "b.jpg": ((10, 40), []),
            "c.jpg": ((25, 25), [(0, (0, 0, 25, 25), None)]),
        }
    )
