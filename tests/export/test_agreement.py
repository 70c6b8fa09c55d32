"""How far two answers agree, counted by hand."""

import numpy as np
import pytest

from attire.export.agreement import agreement
from attire.predict import RawDetections


def answer(*rows):
    """Detections of ``(x1, label, score)``, ten pixels wide."""
    boxes = np.array([(x, 0, x + 10, 10) for x, _, _ in rows], np.float32).reshape(-1, 4)
    return RawDetections(
        boxes=boxes,
        labels=np.array([label for _, label, _ in rows], np.int64),
        scores=np.array([score for _, _, score in rows], np.float32),
        masks=np.full((len(rows), 4, 4), 0.5, np.float32),
        attribute_probs=np.zeros((len(rows), 3), np.float32),
    )


def test_order_does_not_matter_and_differences_are_the_largest():
    found = agreement([(answer((0, 1, 0.9), (50, 2, 0.5)), answer((50.2, 2, 0.4), (0.1, 1, 0.88)))])
    assert (found.detections, found.found, found.share) == (2, 2, 1.0)
    assert found.box_px == pytest.approx(0.2, abs=1e-5)
    assert found.score == pytest.approx(0.1)
    assert found.mask == 0


@pytest.mark.parametrize(
    "other",
    [answer(), answer((0, 2, 0.9)), answer((0.3, 1, 0.9))],
    ids=["nothing", "another label", "too far"],
)
def test_what_is_not_there_is_not_found(other):
    found = agreement([(answer((0, 1, 0.9)), other)])
    assert (found.detections, found.found, found.share) == (1, 0, 0.0)


def test_nothing_agrees_with_nothing():
    assert agreement([(answer(), answer((0, 1, 0.9)))]).share == 1
