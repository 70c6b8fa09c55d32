"""The choice of a garment for every part."""

import numpy as np
import numpy.typing as npt

from attire.instances import Instances
from attire.parts.pairs import pair_up
from attire.parts.rules import PartRules, pair_features

__all__ = ["attach_parts", "largest_overlap"]

Rows = npt.NDArray[np.int64]
_WITHIN = 0.5
"""Share of a part inside a garment that it is never on, above which the garment's name is what is wrong."""


def attach_parts(instances: Instances, *, rules: PartRules | None = None) -> Rows:
    """Say which garment each part of a photo belongs to.

    Among the garments that a part touches, the likeliest is chosen by how much of the part and of what is
    around it lies in the garment, what such parts are usually sewn to, and where on a garment they sit.

    Args:
        instances: Garments and parts of one photo.
        rules: What is known of parts; those that ship with the package if None.

    Returns:
        Row of each part's garment, shape ``(N,)``; -1 for garments, and for parts that touch none that they
        could be on.
    """
    rules = rules or PartRules.load()
    owners = np.full(len(instances), -1, np.int64)
    pairs = pair_up(instances)
    if not len(pairs.parts) or not len(pairs.garments):
        return owners
    ids, ontology = instances.category_ids, instances.ontology
    features = pair_features(pairs, ids, instances.scores, rules, ontology)
    usual = rules.possible(ontology)[np.ix_(ids[pairs.parts], ids[pairs.garments])]
    possible = pairs.touching & (usual | (pairs.inside > _WITHIN))
    liking = np.where(possible, features @ rules.weight_array, -np.inf)
    best = liking.argmax(axis=1)
    found = possible.any(axis=1)
    owners[pairs.parts[found]] = pairs.garments[best[found]]
    return owners


def largest_overlap(instances: Instances) -> Rows:
    """Attach each part to the garment that holds most of it: the baseline.

    Args:
        instances: Garments and parts of one photo.

    Returns:
        As :func:`attach_parts`.
    """
    owners = np.full(len(instances), -1, np.int64)
    pairs = pair_up(instances)
    if not len(pairs.parts) or not len(pairs.garments):
        return owners
    found = pairs.inside.max(axis=1) > 0
    owners[pairs.parts[found]] = pairs.garments[pairs.inside.argmax(axis=1)[found]]
    return owners
