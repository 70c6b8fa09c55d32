"""Test-time augmentation and ensembles with the model in the box, on looks in the box."""

import shutil

import numpy as np
import pytest

from attire.predict import Predictor, find_model
from attire.samples import sample_looks

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def photos():
    return sorted((sample_looks() / "photos").glob("*.jpg"))[:2]


@pytest.fixture(scope="module")
def plain(photos):
    predictor = Predictor.load(find_model(), calibrated=False)
    return [predictor(photo, keep="all") for photo in photos]


def test_a_model_and_its_copy_say_what_the_model_says(photos, plain, tmp_path):
    shutil.copy(find_model(), tmp_path / "copy.safetensors")
    both = Predictor.load([find_model(), tmp_path / "copy.safetensors"], calibrated=False)
    look, alone = both(photos[0], keep="all"), plain[0]
    assert sorted(look.scores.tolist()) == pytest.approx(sorted(alone.scores.tolist()))
    assert sorted(look.masks.areas.tolist()) == sorted(alone.masks.areas.tolist())
    assert look.embeddings is None


def test_what_the_model_is_sure_of_it_finds_in_all_views(photos, plain):
    predictor = Predictor.load(calibrated=False, tta=True)
    for photo, alone in zip(photos, plain, strict=True):
        look = predictor(photo, keep="all")
        for i in np.flatnonzero(alone.scores > 0.9):
            own = alone.masks.decode(int(i))
            same = np.flatnonzero(look.category_ids == alone.category_ids[i])
            masks = [look.masks.decode(int(j)) for j in same]
            ious = [(own & mask).sum() / (own | mask).sum() for mask in masks]
            best = same[int(np.argmax(ious))]
            assert max(ious) > 0.6
            assert look.scores[best] > 0.4
        np.testing.assert_allclose(np.linalg.norm(look.embeddings, axis=1), 1, atol=1e-4)
