"""Features say of a detection what its rivals make of it, and do not depend on the photo's size."""

import numpy as np
import pytest

from attire.instances import Instances
from attire.masks import RunLengths
from attire.predict.selection import FEATURES, detection_features

DRESS, SKIRT, SHOE = 10, 8, 23


def build(ontology, scale: int = 1) -> Instances:
    """A dress, the same taken for a skirt, a weaker dress inside it, and a shoe far away."""
    found = (
        (DRESS, (20, 10, 80, 110), 0.9),
        (SKIRT, (20, 10, 80, 100), 0.6),
        (DRESS, (30, 20, 70, 60), 0.3),
        (SHOE, (10, 130, 40, 150), 0.5),
    )
    masks = []
    for _, (x1, y1, x2, y2), _ in found:
        mask = np.zeros((160 * scale, 100 * scale), bool)
        mask[y1 * scale : y2 * scale, x1 * scale : x2 * scale] = True
        masks.append(RunLengths.from_mask(mask))
    runs = RunLengths.concatenate(masks)
    return Instances(
        ontology=ontology,
        image_id="a.jpg",
        size=(160 * scale, 100 * scale),
        category_ids=np.array([category for category, _, _ in found], np.int64),
        boxes=runs.boxes,
        masks=runs,
        scores=np.array([score for _, _, score in found], np.float32),
        mask_scores=np.array([0.9, 0.8, 0.7, 0.6], np.float32),
    )


@pytest.fixture
def table(ontology):
    return dict(zip(FEATURES, detection_features(build(ontology)).T, strict=True))


def test_rivals_under_other_names_are_seen(table):
    assert table["covers rival"] == pytest.approx([0, 0.9, 0.27, 0], abs=0.03)
    assert table["inside rival"] == pytest.approx([0, 1, 1, 0], abs=0.03)
    assert table["margin"][0] > 1.7, "0.9 against 0.6"
    assert table["margin"][1] < 0, "the dress is surer than the skirt"


def test_repeats_of_one_category_are_seen(table):
    assert table["repeats"] == pytest.approx([0, 0, 1600 / 6000, 0], abs=0.02)
    assert table["inside better"] == pytest.approx([0, 0, 1, 0], abs=0.02)
    assert table["better ones"].tolist() == [0, 0, 1, 0]
    assert table["rank"].tolist() == [0, 1, 3, 2]


def test_place_and_shape_are_shares_of_the_photo(table):
    assert np.exp(table["area"][0]) == pytest.approx(6000 / 16000, rel=1e-3)
    assert table["fill"] == pytest.approx([1, 1, 1, 1])
    assert table["middle y"][3] == pytest.approx(140 / 160)
    assert table["off centre"][3] == pytest.approx(0.25)
    assert table["mask score"] == pytest.approx([0.9, 0.8, 0.7, 0.6])


def test_a_larger_photo_of_the_same_gives_the_same(ontology):
    small, large = (detection_features(build(ontology, scale)) for scale in (1, 7))
    assert large == pytest.approx(small, abs=0.03)


def test_the_networks_own_scores_are_read_after_calibration_too(ontology):
    from dataclasses import replace

    found = build(ontology)
    rated = replace(found, network_scores=found.scores, scores=found.scores / 2)
    assert (detection_features(rated) == detection_features(found)).all()


def test_a_photo_without_detections_has_no_rows(ontology):
    assert detection_features(build(ontology)[:0]).shape == (0, len(FEATURES))
