"""Truth and predictions have to be of the same photos, at the same sizes."""

from dataclasses import replace

import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.evaluate import align, at_size
from attire.ontology import Ontology

GARMENT = (0, (0, 0, 4, 4), None)


def test_photos_come_into_the_truths_order(make_records):
    truth = make_records({"a": ((8, 6), [GARMENT]), "b": ((8, 6), []), "c": ((8, 6), [GARMENT])})
    said = make_records({"c": ((8, 6), [GARMENT, GARMENT]), "a": ((8, 6), [(6, (0, 0, 2, 2), None)])})
    aligned = align(truth, said)
    assert aligned.image_ids.tolist() == ["a", "b", "c"]
    assert np.diff(aligned.offsets).tolist() == [1, 0, 2]
    assert aligned.category_ids.tolist() == [6, 0, 0]


def test_photo_of_another_size_names_the_way_out(make_records):
    truth, said = make_records({"a": ((8, 6), [GARMENT])}), make_records({"a": ((6, 8), [GARMENT])})
    with pytest.raises(AnnotationError, match=r"'a' are 6x8 pixels, the truth is 8x6 .* --size 512x512"):
        align(truth, said)


def test_unknown_photo_is_refused(make_records):
    with pytest.raises(AnnotationError, match="1 photos that the truth does not have, such as 'b'"):
        align(make_records({"a": ((8, 6), [])}), make_records({"b": ((8, 6), [GARMENT])}))


def test_no_photo_is_refused(make_records):
    with pytest.raises(AnnotationError, match="nothing to score"):
        align(make_records({}), make_records({}))


def test_other_ontology_is_refused(make_records):
    truth = make_records({"a": ((8, 6), [])})
    fewer = Ontology("fewer", truth.ontology.categories[:3], (), ())
    empty = np.zeros((0, 0), bool)
    said = replace(truth, ontology=fewer, attributes=empty, attributes_known=empty)
    with pytest.raises(AnnotationError, match=r"fewer \(3 categories, 0 attributes\)"):
        align(truth, said)


def test_at_size_resizes_masks_and_photos(make_records):
    records = make_records({"a": ((8, 6), [(0, (0, 0, 3, 8), None)]), "b": ((4, 4), [])})
    small = at_size(records, (4, 4))
    assert small.sizes.tolist() == [[4, 4], [4, 4]]
    assert small.masks.areas.tolist() == [8]
