"""Detections of the looks in the box by a made-up network that is too sure of itself."""

import numpy as np
import pytest

from attire.annotations import Records, load_records
from attire.instances import Instances
from attire.masks import RunLengths
from attire.samples import sample_looks


@pytest.fixture(scope="session")
def truth() -> Records:
    return load_records(sample_looks())


@pytest.fixture(scope="session")
def looks(truth) -> list[Instances]:
    return [overconfident(truth.instances(photo), seed=photo) for photo in range(len(truth))]


def overconfident(real: Instances, seed: int) -> Instances:
    """Each truth three times over: as it is with a chance of q, else under another name; q ** 0.3 is said."""
    random = np.random.default_rng(seed)
    n = 3 * len(real)
    source = np.repeat(np.arange(len(real)), 3)
    q = random.beta(0.5, 1.5, n)
    right = random.random(n) < q
    categories = np.where(right, real.category_ids[source], random.integers(0, 46, n))
    order = np.argsort(-q)
    masks = RunLengths.concatenate([real.masks[int(i)] for i in source[order]])
    return Instances(
        ontology=real.ontology,
        image_id=real.image_id,
        size=real.size,
        category_ids=categories[order].astype(np.int64),
        boxes=masks.boxes,
        masks=masks,
        scores=(q[order] ** 0.3).astype(np.float32),
        mask_scores=np.full(n, 0.9, np.float32),
        attributes=np.zeros((n, len(real.ontology.attributes)), bool),
        attribute_probs=np.zeros((n, len(real.ontology.attributes)), np.float32),
    )
