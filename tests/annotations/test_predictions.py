"""Predictions from CSV and from COCO results, placed beside the truth."""

import json
from dataclasses import replace

import numpy as np
import pytest

from attire.annotations import read_predictions, read_submission, write_imaterialist
from attire.errors import AnnotationError


@pytest.fixture
def write_results(tmp_path):
    def write(results):
        path = tmp_path / "predictions.json"
        path.write_text(json.dumps(results), encoding="utf-8")
        return path

    return write


@pytest.fixture
def result(looks):
    """One good result, of which tests change single fields."""

    def build(**fields):
        found = looks.instances("a.jpg")[0]
        return replace(found, scores=np.array([0.5], np.float32)).to_coco()[0] | fields

    return build


class TestCsv:
    def test_photos_are_those_of_the_truth_in_its_order(self, looks, write_csv):
        path = write_csv("c.jpg,1 625,25,25,7", "a.jpg,1 2,30,20,3_20", "c.jpg,4 1,25,25,8")
        found = read_predictions(path, looks)
        assert found.image_ids.tolist() == ["a.jpg", "b.jpg", "c.jpg"]
        assert found.offsets.tolist() == [0, 1, 1, 3]
        assert found.category_ids.tolist() == [3, 7, 8]
        assert found.rows.tolist() == [3, 2, 4]
        assert found.scores.tolist() == [1, 1, 1]
        assert found.masks.areas.tolist() == [2, 625, 1]
        assert found.instances(0).attribute_set(0) == (20,)
        assert found.attributes_known.all()

    def test_without_height_and_width_masks_are_at_the_size_of_the_truth(self, looks, write_csv):
        path = write_csv("c.jpg,1 625,7", header="ImageId,EncodedPixels,ClassId")
        found = read_predictions(path, looks)
        assert found.sizes.tolist() == looks.sizes.tolist()
        assert found.masks.sizes.tolist() == [[25, 25]]

    def test_a_size_is_taken_when_it_is_given(self, looks, write_csv):
        path = write_csv("c.jpg,512 2,7", "c.jpg,262144 1,8", header="ImageId,EncodedPixels,ClassId")
        found = read_submission(path, looks)
        assert found.sizes.tolist() == [[512, 512]] * 3
        assert found.masks.boxes.tolist() == [[0, 0, 2, 512], [511, 511, 512, 512]]
        assert read_predictions(path, looks, size=(1024, 256)).masks.sizes.tolist() == [[1024, 256]] * 2

    def test_and_never_guessed_from_the_runs(self, looks, write_csv):
        path = write_csv("c.jpg,262144 1,7", header="ImageId,EncodedPixels,ClassId")
        with pytest.raises(AnnotationError, match=r"row 2 \(c\.jpg\): run 262144\+1 ends .* --size"):
            read_predictions(path, looks)

    @pytest.mark.parametrize("class_id", ["", "7", "nonsense"])
    def test_a_row_without_pixels_says_that_nothing_was_found(self, looks, write_csv, class_id):
        path = write_csv(f"c.jpg,,{class_id}", header="ImageId,EncodedPixels,ClassId")
        found = read_predictions(path, looks)
        assert len(found) == 3
        assert len(found.category_ids) == 0
        assert found.scores.shape == (0,)

    def test_a_truth_read_as_prediction_is_itself(self, looks, tmp_path, assert_same_records):
        write_imaterialist(looks, tmp_path / "same.csv")
        found = read_predictions(tmp_path / "same.csv", looks)
        scored = replace(
            looks, scores=np.ones(3, np.float32), attributes_known=np.ones_like(looks.attributes)
        )
        assert_same_records(found, scored, rows=False)

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            pytest.param("d.jpg,1 1,9,9,3", "'d.jpg' are not among the 3 photos", id="unknown photo"),
            pytest.param("a.jpg,1 1,20,30,3", "Height/Width say 20x30, expected 30x20", id="another size"),
            pytest.param("a.jpg,1 1 1 1,30,20,3", "run 1+1 overlaps run 1+1", id="overlap"),
            pytest.param("a.jpg,1 1,30,20,77", "category 77", id="unknown category"),
        ],
    )
    def test_what_is_no_good_stops_reading(self, looks, write_csv, row, said):
        with pytest.raises(AnnotationError) as caught:
            read_predictions(write_csv("c.jpg,1 1,25,25,7", row), looks)
        assert said in str(caught.value)
        assert "train.csv" in str(caught.value)


class TestResults:
    def test_what_predict_writes_comes_back(self, make_records, looks, write_results):
        said = make_records(
            {
                "c.jpg": ((25, 25), [(3, (1, 1, 9, 9), [5, 7]), (8, (0, 0, 5, 25), [])]),
                "a.jpg": ((30, 20), [(7, (0, 0, 20, 30), [])]),
            },
            scores=[0.25, 0.75, 0.5],
        )
        probs = np.linspace(0, 1, 3 * 92, dtype=np.float32).reshape(3, 92).round(4)
        said = replace(said, attribute_probs=probs)
        path = write_results([*said.instances("c.jpg").to_coco(), *said.instances("a.jpg").to_coco()])
        found = read_predictions(path, looks)
        assert found.image_ids.tolist() == ["a.jpg", "b.jpg", "c.jpg"]
        assert found.offsets.tolist() == [0, 1, 1, 3]
        for name in ("a.jpg", "c.jpg"):
            ours, theirs = found.instances(name), said.instances(name)
            assert ours.category_ids.tolist() == theirs.category_ids.tolist()
            assert ours.scores.tolist() == theirs.scores.tolist()
            assert ours.boxes.tolist() == theirs.boxes.tolist()
            assert ours.masks.areas.tolist() == theirs.masks.areas.tolist()
            assert (ours.attributes == theirs.attributes).all()
            assert ours.attributes_known.all()
            assert np.allclose(ours.attribute_probs, theirs.attribute_probs)

    def test_scores_and_attributes_may_be_absent(self, looks, result, write_results):
        bare = {key: result()[key] for key in ("image_id", "category_id", "segmentation")}
        found = read_predictions(write_results([bare]), looks)
        assert found.scores.tolist() == [1.0]
        assert found.attribute_probs is None
        assert not found.attributes.any()

    def test_nothing_found_is_no_predictions(self, looks, write_results):
        found = read_predictions(write_results([]), looks)
        assert (len(found), len(found.category_ids), found.scores.shape) == (3, 0, (0,))

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            pytest.param({"image_id": "d.jpg"}, "'d.jpg' are not among the 3 photos", id="unknown photo"),
            pytest.param({"image_id": 17}, "'17' are not among", id="a number for a photo"),
            pytest.param({"category_id": 46, "category": "x"}, "category_id is 46", id="unknown category"),
            pytest.param({"category": "hat"}, "called 'hat', but 'dress' in", id="of another ontology"),
            pytest.param({"score": 1.5}, "score is 1.5, expected", id="score above 1"),
            pytest.param({"score": "high"}, "score is 'high'", id="score in words"),
            pytest.param({"attributes": {"shiny": 1}}, "attributes hold 'shiny'", id="unknown attribute"),
            pytest.param({"attribute_ids": [92]}, "attribute_ids hold 92", id="unknown attribute id"),
            pytest.param({"segmentation": {"size": [9, 9], "counts": [0, 81]}}, "of size [9, 9]", id="size"),
        ],
    )
    def test_what_is_no_good_stops_reading(self, looks, result, write_results, fields, said):
        path = write_results([result(), result(**fields)])
        with pytest.raises(AnnotationError) as caught:
            read_predictions(path, looks)
        assert said in str(caught.value)
        assert "predictions.json" in str(caught.value)

    def test_an_annotation_file_is_told_from_results(self, looks, write_results):
        with pytest.raises(AnnotationError, match="no list of COCO results"):
            read_predictions(write_results({"images": [], "annotations": []}), looks)
