"""What tests of several stages share: the real photos where they are there, and small made-up records."""

from pathlib import Path

import numpy as np
import pytest

from attire.annotations import Records
from attire.masks import RunLengths
from attire.ontology import Ontology


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Keep compiled graphs of models that live as long as a test out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTIRE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def ccp() -> Path:
    """Folder of the shared street photos (``train`` and ``val``), which never enter the repository."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data" / "ccp"
    if not folder.is_dir():
        pytest.skip("no shared/data/ccp beside the checkout: tests on real photos need it")
    return folder


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.imaterialist2019()


@pytest.fixture
def make_records(ontology: Ontology):
    """Builder of records from ``{name: (size, [(category_id, (x1, y1, x2, y2), attribute_ids)])}``.

    ``attribute_ids`` of None means that nobody looked; ``scores``, one per rectangle, makes predictions.
    """

    def make(photos, scores=None) -> Records:
        masks, categories, rows = [], [], []
        known, held, counts = [], [], []
        for size, rectangles in photos.values():
            counts.append(len(rectangles))
            for category_id, (x1, y1, x2, y2), attribute_ids in rectangles:
                mask = np.zeros(size, bool)
                mask[y1:y2, x1:x2] = True
                masks.append(RunLengths.from_mask(mask))
                categories.append(category_id)
                rows.append(len(rows) + 2)
                held.append(np.isin(ontology.attribute_ids, attribute_ids or []))
                known.append(np.full(len(ontology.attributes), attribute_ids is not None))
        width = len(ontology.attributes)
        return Records(
            ontology=ontology,
            image_ids=np.array(list(photos), dtype=np.str_),
            sizes=np.array([size for size, _ in photos.values()], np.int32).reshape(-1, 2),
            offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            category_ids=np.array(categories, np.int64),
            masks=RunLengths.concatenate(masks),
            attributes=np.array(held, bool).reshape(-1, width),
            attributes_known=np.array(known, bool).reshape(-1, width),
            rows=np.array(rows, np.int64),
            scores=None if scores is None else np.array(scores, np.float32),
        )

    return make


@pytest.fixture(scope="session")
def tiny_network(ontology: Ontology):
    """A network of the real kind, untrained, a thousandth of the work."""
    torch = pytest.importorskip("torch")
    from attire.model import ModelConfig, build_model

    torch.manual_seed(0)
    config = ModelConfig(
        backbone="resnet18",
        fpn_channels=16,
        anchor_sizes=((8,), (16,), (32,), (64,), (128,)),
        rpn_pre_nms_test=60,
        rpn_post_nms_test=30,
        box_dense=(32,),
        mask_convs=(16,),
        mask_channels=16,
        score_thresh=0.0,
        detections_per_photo=10,
        attribute_hidden=16,
        embedding_dim=8,
    )
    return build_model(config, ontology)
