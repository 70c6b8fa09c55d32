"""Looks become records, and nothing is lost on the way."""

from dataclasses import replace

import numpy as np
import pytest

from attire.errors import AnnotationError
from attire.evaluate.collecting import collect


def test_records_come_back_as_they_were(made_up, mishaps):
    said = mishaps["muddled"](made_up(8))
    again = collect((said.instances(photo) for photo in range(len(said))), said.ontology)
    for name in ("image_ids", "sizes", "offsets", "category_ids", "attributes", "scores"):
        assert np.array_equal(getattr(again, name), getattr(said, name)), name
    assert again.masks.to_coco() == said.masks.to_coco()
    assert again.attributes_known.all()


def test_photos_without_anything_stay(make_records, ontology):
    bare = make_records({"a": ((4, 4), []), "b": ((4, 4), [])})
    again = collect((bare.instances(photo) for photo in range(2)), ontology)
    assert again.image_ids.tolist() == ["a", "b"]
    assert again.offsets.tolist() == [0, 0, 0]


def test_instances_without_masks_are_refused(make_records, ontology):
    photo = make_records({"a": ((4, 4), [(0, (0, 0, 2, 2), None)])}).instances(0)
    with pytest.raises(AnnotationError, match="a: 1 instances without masks"):
        collect([replace(photo, masks=None)], ontology)
