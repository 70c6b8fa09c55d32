"""The mean shape looks at no pixel, and finds what always lies in the same place."""

from dataclasses import replace

import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.evaluate import evaluate, mean_shape_baseline
from attire.ontology import Ontology

SIZE = (60, 40)


def test_box_and_mask_are_averages(make_records):
    train = make_records(
        {
            "a": (SIZE, [(0, (10, 10, 20, 30), None)]),
            "b": (SIZE, [(0, (14, 14, 24, 34), None), (6, (0, 40, 40, 60), [1])]),
        }
    )
    photos = make_records({"x": (SIZE, []), "y": ((120, 80), [])})
    said = mean_shape_baseline(train, photos)
    assert np.diff(said.offsets).tolist() == [2, 2]
    assert said.category_ids.tolist() == [0, 6, 0, 6]
    assert said.scores.tolist() == [1.0, 0.5, 1.0, 0.5]  # share of photos
    first, second = said.instances("x"), said.instances("y")
    assert first.boxes[0] == pytest.approx([12, 12, 22, 32], abs=1)
    assert second.boxes[0] == pytest.approx([24, 24, 44, 64], abs=1)
    assert first.attribute_set(0) == ()
    assert first.attribute_set(1) == (1,)


def test_what_never_moves_is_found(make_records, quick):
    truth = make_records({name: (SIZE, [(0, (10, 10, 30, 40), None)]) for name in "abc"})
    report = evaluate(truth, mean_shape_baseline(truth, truth), bootstrap=quick)
    assert report.coco.mask.ap50 == 1.0


@pytest.mark.data
def test_on_real_photos_it_is_a_low_bar(ccp, street, quick):
    from attire.annotations import load_records

    said = mean_shape_baseline(load_records(ccp / "train"), street)
    assert 0.005 < evaluate(street, said, bootstrap=quick).coco.mask.ap50 < 0.05


def test_no_masks_are_refused(make_records):
    bare = make_records({"a": (SIZE, [])})
    with pytest.raises(AnnotationError, match="hold none"):
        mean_shape_baseline(bare, bare)


def test_other_categories_are_refused(make_records):
    train = make_records({"a": (SIZE, [(0, (0, 0, 4, 4), None)])})
    other = replace(train.ontology, categories=train.ontology.categories[:5])
    assert isinstance(other, Ontology)
    with pytest.raises(AnnotationError, match="their categories differ"):
        mean_shape_baseline(train, replace(train, ontology=other))
