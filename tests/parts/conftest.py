import numpy as np
import pytest

from attire.instances import Instances
from attire.masks import RunLengths

SIZE = (100, 80)


@pytest.fixture
def make_instances(ontology):
    """Builder of instances from ``(category name, (x1, y1, x2, y2))``, with or without masks."""

    def make(*things, masks=True, scores=None, hit_probs=False) -> Instances:
        boxes = np.array([box for _, box in things], np.float32).reshape(-1, 4)
        dense = np.zeros((len(things), *SIZE), bool)
        for mask, (_, (x1, y1, x2, y2)) in zip(dense, things, strict=True):
            mask[y1:y2, x1:x2] = True
        sure = None if scores is None else np.array(scores, np.float32)
        return Instances(
            ontology=ontology,
            image_id="a.jpg",
            size=SIZE,
            category_ids=np.array([ontology.category(name).id for name, _ in things], np.int64),
            boxes=boxes,
            masks=RunLengths.from_masks(dense) if masks else None,
            scores=sure,
            hit_probs=np.repeat(sure[:, None], 10, axis=1) if hit_probs and sure is not None else None,
        )

    return make
