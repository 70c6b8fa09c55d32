"""Truth squeezed through the network's output form and back, on real street photos."""

import numpy as np
import pytest
from PIL import Image

from attire.annotations import find_layout, load_records
from attire.ontology import category_to_label
from attire.predict import Predictor, RawDetections
from attire.preprocess import InputSpec

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def dataset(ccp):
    pytest.importorskip("polars")
    return find_layout(ccp / "val"), load_records(ccp / "val").select(np.arange(0, 100, 4))


def squeeze(truth, geometry) -> RawDetections:
    """What a network without error would say: true boxes, masks on a 28×28 grid over them."""
    grids = []
    for i, (x1, y1, x2, y2) in enumerate(truth.masks.boxes.astype(int).tolist()):
        crop = truth.masks.sample(i, np.arange(y1, y2), np.arange(x1, x2)).astype(np.uint8) * 255
        grids.append(np.asarray(Image.fromarray(crop).resize((28, 28), Image.Resampling.BOX)) / 255)
    return RawDetections(
        boxes=geometry.to_network(truth.boxes),
        labels=category_to_label(truth.category_ids),
        scores=np.linspace(0.99, 0.9, len(truth), dtype=np.float32),
        masks=np.array(grids, np.float32),
        attribute_probs=truth.attributes.astype(np.float32),
    )


@pytest.mark.parametrize(
    "spec",
    [InputSpec(min_side=480, max_side=800), InputSpec(height=384, width=256, mode="plain")],
    ids=["keeping the shape", "stretching"],
)
def test_outlines_of_real_garments_survive(dataset, make_runtime, spec):
    layout, records = dataset
    overlaps, shares = [], []
    for place in range(len(records)):
        truth = records.instances(place)
        runtime = make_runtime(squeeze(truth, spec.geometry(truth.size)), input_spec=spec)
        look = Predictor(runtime)(layout.photo_path(truth.image_id))
        assert look.category_ids.tolist() == truth.category_ids.tolist()
        assert np.abs(look.boxes - truth.boxes).max() < 0.01
        single = [i for g in truth.ontology.groups if g.single_choice for i in g.indices]
        others = np.setdiff1d(np.arange(truth.attributes.shape[1]), single)
        assert (look.attributes[:, others] == truth.attributes[:, others]).all()
        for i in range(len(truth)):
            a, b = truth.masks.decode(i), look.masks.decode(i)
            overlaps.append((a & b).sum() / (a | b).sum())
            shares.append(a.mean())
    overlaps, large = np.array(overlaps), np.array(shares) > 0.03
    assert large.sum() > 30
    assert overlaps[large].min() > 0.85
    assert overlaps.mean() > 0.93
