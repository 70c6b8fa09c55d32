"""Fashionpedia's AP against the benchmark's own package, which is used here and nowhere else."""

import contextlib
import io

import numpy as np
import pytest

from attire.evaluate.fashionpedia_ap import attribute_f1, fashionpedia_ap
from attire.evaluate.overlaps import find_overlaps

pytestmark = [
    # The oracle and what it imports predate today's libraries.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture
def oracle(monkeypatch):
    """The package, which needs the alias that NumPy 2 dropped."""
    monkeypatch.setattr(np, "float", float, raising=False)
    fp = pytest.importorskip("fashionpedia.fp")
    fp_eval = pytest.importorskip("fashionpedia.fp_eval")

    def run(truth, said):
        with contextlib.redirect_stdout(io.StringIO()):
            real, guess = fp.Fashionpedia(), fp.Fashionpedia()
            for side, records in ((real, truth), (guess, said)):
                side.dataset = dataset(records)
                side.createIndex()
            evaluation = fp_eval.FPEval(real, guess, "segm")
            evaluation.params.imgIds = sorted(real.getImgIds())
            evaluation.params.catIds = sorted(real.getCatIds())
            evaluation.run()
        return evaluation

    return run


def dataset(records):
    rows = []
    for i, segmentation in enumerate(records.masks.to_coco()):
        rows.append(
            {
                "id": i + 1,
                "image_id": int(records.photo_indices[i]) + 1,
                "category_id": int(records.category_ids[i]),
                "attribute_ids": records.ontology.attribute_ids[records.attributes[i]].tolist(),
                "iscrowd": 0,
                "segmentation": segmentation,
                "area": float(records.masks.areas[i]),
                "score": 1.0 if records.scores is None else float(records.scores[i]),
            }
        )
    return {
        "images": [
            {"id": i + 1, "height": int(h), "width": int(w)} for i, (h, w) in enumerate(records.sizes)
        ],
        "categories": [{"id": c.id, "name": c.name} for c in records.ontology.categories],
        "attributes": [{"id": a.id, "name": a.name} for a in records.ontology.attributes],
        "annotations": rows,
    }


def check(oracle, truth, said):
    overlaps = find_overlaps(truth, said, truth.masks.to_coco(), said.masks.to_coco())
    found = fashionpedia_ap(truth, said, overlaps)
    expected = oracle(truth, said)
    iou, both = expected.resultDet, expected.results
    assert [found.iou.ap, found.iou.ap50, found.iou.ap75] == pytest.approx(
        [iou["AP"], iou["AP_IOU50"], iou["AP_IOU75"]], abs=1e-6
    )
    assert [found.iou_f1.ap, found.iou_f1.ap50, found.iou_f1.ap75] == pytest.approx(
        [both["AP"], both["AP_IOU50"], both["AP_IOU75"]], abs=1e-6
    )
    assert [found.ap50_f50, found.ap75_f75] == pytest.approx(
        [both["AP_IOU50_F150"], both["AP_IOU75_F175"]], abs=1e-6
    )
    return found


@pytest.mark.parametrize("mishap", ["perfect", "duplicated", "muddled"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_on_made_up_photos(oracle, made_up, mishaps, mishap, seed):
    truth = made_up(8, seed=seed)
    check(oracle, truth, mishaps[mishap](truth))


@pytest.mark.data
def test_on_real_photos(oracle, street, mishaps):
    truth = street.select(np.arange(40))
    found = check(oracle, truth, mishaps["muddled"](truth))
    assert 0.0 < found.iou_f1.ap < found.iou.ap < 1.0


@pytest.mark.parametrize("attributes", [1, 5])
def test_attribute_f1_is_scikit_learns(attributes):
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(0)
    real, said = (random.random((60, attributes)) < share for share in (0.4, 0.5))
    expected = [metrics.f1_score(a, b, average="macro") for a, b in zip(real, said, strict=True)]
    assert attribute_f1(real, said) == pytest.approx(expected)


def test_no_truth_leaves_nothing_to_measure(made_up):
    said = made_up()
    truth = said.keep(np.zeros(len(said.category_ids), bool))
    overlaps = find_overlaps(truth, said, truth.masks.to_coco(), said.masks.to_coco())
    found = fashionpedia_ap(truth, said, overlaps)
    assert np.isnan([found.iou.ap, found.iou_f1.ap, found.ap50_f50]).all()
