"""Which attributes of an instance anybody looked for: unknown is not negative."""

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from attire.ontology import Ontology

__all__ = ["UnlabelledGroups", "known_attributes"]

UnlabelledGroups: TypeAlias = Literal["unknown", "negative"]
"""What a group without any label means on an instance that has labels in other groups."""


def known_attributes(
    attributes: npt.NDArray[np.bool_], ontology: Ontology, unlabelled_groups: UnlabelledGroups = "unknown"
) -> npt.NDArray[np.bool_]:
    """Tell which attributes were judged, from those that were said to hold.

    Args:
        attributes: Which attributes hold, shape ``(N, A)``.
        ontology: What the columns mean.
        unlabelled_groups: ``unknown`` leaves a group without any label unknown; ``negative`` takes
            instances with any label as judged in all groups.

    Returns:
        Bool, shape ``(N, A)``; an instance without labels is all False.

    Example:
        >>> ontology = Ontology.imaterialist2019()
        >>> held = np.zeros((1, len(ontology.attributes)), bool)
        >>> held[0, ontology.attribute_index("mini")] = True
        >>> [g.name for g in ontology.groups if known_attributes(held, ontology)[0, list(g.indices)].all()]
        ['length']
    """
    known = np.zeros_like(attributes)
    annotated = np.flatnonzero(attributes.any(axis=1))
    if unlabelled_groups == "negative":
        known[annotated] = True
        return known
    for group in ontology.groups:
        columns = np.array(group.indices)
        labelled = annotated[attributes[np.ix_(annotated, columns)].any(axis=1)]
        known[np.ix_(labelled, columns)] = True
    return known
