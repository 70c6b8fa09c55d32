"""IoU and AP against pycocotools."""

import contextlib
import io

import numpy as np
import pytest
from pycocotools import mask as reference_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from attire.evaluate.coco_ap import coco_ap
from attire.evaluate.overlaps import FLOOR, find_overlaps


def annotations(records, *, boxes):
    rows = []
    sides = records.masks.boxes.astype(float)
    for i, segmentation in enumerate(records.masks.to_coco()):
        x1, y1, x2, y2 = sides[i]
        row = {
            "id": i + 1,
            "image_id": int(records.photo_indices[i]) + 1,
            "category_id": int(records.category_ids[i]),
            "iscrowd": 0,
            "segmentation": segmentation,
            "area": float(records.masks.areas[i]),
            "score": 1.0 if records.scores is None else float(records.scores[i]),
        }
        rows.append(row | ({"bbox": [x1, y1, x2 - x1, y2 - y1]} if boxes else {}))
    return rows


def reference(truth, said, kind):
    with contextlib.redirect_stdout(io.StringIO()):
        real = COCO()
        real.dataset = {
            "images": [
                {"id": i + 1, "height": int(h), "width": int(w)} for i, (h, w) in enumerate(truth.sizes)
            ],
            "categories": [{"id": c.id, "name": c.name} for c in truth.ontology.categories],
            "annotations": annotations(truth, boxes=True),
        }
        real.createIndex()
        evaluation = COCOeval(real, real.loadRes(annotations(said, boxes=kind == "bbox")), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return evaluation


def check(truth, said, kind):
    found = coco_ap(truth, said, truth.masks.to_coco(), said.masks.to_coco(), kind)
    expected = reference(truth, said, kind)
    figures = [value for name, value in vars(found).items() if name != "by_category"]
    assert np.nan_to_num(figures, nan=-1.0) == pytest.approx(expected.stats, abs=1e-9)
    precision = expected.eval["precision"][:, :, :, 0, 2]
    for category in range(precision.shape[2]):
        own = precision[:, :, category]
        assert (category in found.by_category) == (own > -1).any()
        if category in found.by_category:
            assert found.by_category[category] == pytest.approx((own.mean(), own[0].mean()), abs=1e-9)


@pytest.mark.parametrize("kind", ["segm", "bbox"])
@pytest.mark.parametrize("mishap", ["perfect", "duplicated", "muddled"])
def test_ap_on_made_up_photos(made_up, mishaps, mishap, kind):
    truth = made_up(30)
    check(truth, mishaps[mishap](truth), kind)


@pytest.mark.data
@pytest.mark.parametrize("kind", ["segm", "bbox"])
@pytest.mark.parametrize("mishap", ["shifted by 12", "muddled"])
def test_ap_on_real_photos(street, mishaps, mishap, kind):
    check(street, mishaps[mishap](street), kind)


@pytest.mark.parametrize("kind", ["segm", "bbox"])
def test_no_predictions_reach_nothing(made_up, kind):
    truth = made_up()
    said = truth.keep(np.zeros(len(truth.category_ids), bool))
    found = coco_ap(truth, said, truth.masks.to_coco(), said.masks.to_coco(), kind)
    assert (found.ap, found.ar100) == (0.0, 0.0)


def test_no_truth_leaves_nothing_to_measure(made_up):
    said = made_up()
    truth = said.keep(np.zeros(len(said.category_ids), bool))
    found = coco_ap(truth, said, truth.masks.to_coco(), said.masks.to_coco(), "segm")
    assert np.isnan(found.ap)
    assert found.by_category == {}


def test_iou_is_that_of_pycocotools(made_up, mishaps):
    truth = made_up(20, seed=5)
    said = mishaps["muddled"](truth)
    ours, theirs = truth.masks.to_coco(), said.masks.to_coco()
    overlaps = find_overlaps(truth, said, ours, theirs)
    found = {(t, p): iou for t, p, iou in zip(overlaps.truth, overlaps.prediction, overlaps.iou, strict=True)}
    expected = {}
    for t, photo in enumerate(truth.photo_indices):
        for p in np.flatnonzero(said.photo_indices == photo):
            iou = float(reference_mask.iou([theirs[p]], [ours[t]], [0])[0, 0])
            if iou >= FLOOR:
                expected[t, p] = iou
    assert len(expected) > 20
    assert found == expected
