import json
from dataclasses import fields, replace

import numpy as np
import pytest

from attire import Instances
from attire.errors import AnnotationError
from attire.masks import RunLengths


@pytest.fixture
def found(ontology):
    """Three garments in a photo of 6 × 8 pixels, with everything that instances can carry."""
    masks = np.zeros((3, 6, 8), bool)
    masks[0, 1:4, 2:5] = True
    masks[1, 0:6, 0:8] = True
    masks[2, 5, 7] = True
    runs = RunLengths.from_masks(masks)
    probs = np.linspace(0, 1, 3 * 92, dtype=np.float32).reshape(3, 92)
    return Instances(
        ontology=ontology,
        image_id="a.jpg",
        size=(6, 8),
        category_ids=np.array([0, 10, 23]),
        boxes=runs.boxes,
        masks=runs,
        scores=np.array([0.9, 0.5, 0.25], np.float32),
        attributes=probs > 0.5,
        attributes_known=np.ones((3, 92), bool),
        attribute_probs=probs,
        embeddings=np.arange(12, dtype=np.float32).reshape(3, 4),
    )


@pytest.mark.parametrize(
    ("index", "places"),
    [
        pytest.param(1, [1], id="an integer"),
        pytest.param(-1, [2], id="an integer from the end"),
        pytest.param(np.int64(0), [0], id="a numpy integer"),
        pytest.param(slice(1, None), [1, 2], id="a slice"),
        pytest.param(slice(None, None, -1), [2, 1, 0], id="backwards"),
        pytest.param([2, 0], [2, 0], id="places"),
        pytest.param([], [], id="no places"),
        pytest.param(np.array([True, False, True]), [0, 2], id="a bool array"),
    ],
)
def test_everything_filters_together(found, index, places):
    kept = found[index]
    assert len(kept) == len(places)
    assert (kept.image_id, kept.size, kept.ontology) == ("a.jpg", (6, 8), found.ontology)
    for field in fields(found):
        whole = getattr(found, field.name)
        if isinstance(whole, np.ndarray):
            assert (getattr(kept, field.name) == whole[places]).all(), field.name
    for i, place in enumerate(places):
        assert (kept.masks.decode(i) == found.masks.decode(place)).all()


def test_a_place_beyond_the_end_is_refused(found):
    with pytest.raises(IndexError):
        found[3]


def test_instances_can_be_walked_over(found):
    assert [one.category_name(0) for one in found] == ["shirt, blouse", "dress", "shoe"]


def test_what_is_absent_stays_absent(found):
    bare = replace(found, masks=None, scores=None, attributes=None, attribute_probs=None, embeddings=None)
    kept = bare[:2]
    assert kept.masks is None
    assert kept.scores is None
    assert kept.attribute_set(0) == ()
    assert kept.attribute_names(0) == ()
    assert set(kept.to_coco()[0]) == {"image_id", "category_id", "category", "bbox"}


def test_names_follow_from_ids(found):
    assert found.category_name(2) == "shoe"
    assert found.attribute_set(0) == ()
    assert found.attribute_set(2) == tuple(range(92))
    assert found.attribute_names(2)[0] == found.ontology.attributes[0].name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"scores": np.zeros(2)}, r"scores has shape \(2,\), expected \(3,\)", id="scores"),
        pytest.param({"boxes": np.zeros((3, 5))}, r"boxes has shape \(3, 5\)", id="boxes"),
        pytest.param({"attributes": np.zeros((3, 91), bool)}, "92 attributes", id="attributes"),
        pytest.param({"masks": RunLengths.empty()}, "0 masks for 3 instances", id="masks"),
        pytest.param({"embeddings": np.zeros((2, 4))}, "2 embeddings for 3", id="embeddings"),
    ],
)
def test_arrays_of_another_length_are_refused(found, change, said):
    with pytest.raises(AnnotationError, match=said) as caught:
        replace(found, **change)
    assert "'a.jpg'" in str(caught.value)


class TestCoco:
    def test_gives_results_ready_for_json(self, found):
        results = json.loads(json.dumps(found.to_coco()))
        assert [result["category_id"] for result in results] == [0, 10, 23]
        assert [result["category"] for result in results] == ["shirt, blouse", "dress", "shoe"]
        assert results[0]["bbox"] == [2.0, 1.0, 3.0, 3.0]
        assert [result["score"] for result in results] == [0.9, 0.5, 0.25]
        masks = RunLengths.from_coco([result["segmentation"] for result in results])
        assert masks.areas.tolist() == [9, 48, 1]
        assert results[2]["attribute_ids"] == list(range(92))
        first = found.ontology.attributes[0].name
        assert results[1]["attributes"][first] == pytest.approx(float(found.attribute_probs[1, 0]), abs=1e-4)

    def test_truth_gives_only_the_attributes_that_hold(self, found):
        truth = replace(found, scores=None, attribute_probs=None)
        assert truth.to_coco()[0]["attributes"] == {}
        assert set(truth.to_coco()[2]["attributes"].values()) == {1.0}
        assert "score" not in truth.to_coco()[0]

    def test_nothing_gives_no_results(self, found):
        assert found[[]].to_coco() == []


# supervision says on import that it would rather have OpenCV.
@pytest.mark.filterwarnings("ignore:OpenCV:UserWarning")
def test_supervision_gets_the_same_content(found):
    detections = found.to_supervision()
    assert detections.xyxy.tolist() == found.boxes.tolist()
    assert detections.mask.sum(axis=(1, 2)).tolist() == [9, 48, 1]
    assert detections.class_id.tolist() == [0, 10, 23]
    assert detections.confidence.tolist() == found.scores.tolist()
    assert detections.data["class_name"].tolist() == ["shirt, blouse", "dress", "shoe"]
    assert len(detections[detections.confidence > 0.4]) == 2
