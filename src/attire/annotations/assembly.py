"""Instances in file order → records, sorted by photo."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attire.annotations.records import Records
from attire.masks import RunLengths
from attire.ontology import Ontology

__all__ = ["assemble", "attribute_table"]


def assemble(
    *,
    ontology: Ontology,
    image_ids: Sequence[str],
    sizes: npt.NDArray[np.int32],
    photos: npt.NDArray[np.int64],
    category_ids: npt.NDArray[np.int64],
    masks: RunLengths,
    attributes: npt.NDArray[np.bool_],
    attributes_known: npt.NDArray[np.bool_],
    rows: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float32] | None = None,
    attribute_probs: npt.NDArray[np.float32] | None = None,
) -> Records:
    """Sort instances by photo, keeping their order within each.

    Args:
        ontology: What the ids and columns mean.
        image_ids: File names of all photos, with instances or without.
        sizes: ``(height, width)`` of each photo in pixels, shape ``(P, 2)``.
        photos: Which photo each instance is of, shape ``(N,)``.
        category_ids: Ontology ids, shape ``(N,)``.
        masks: N masks.
        attributes: Which attributes hold, shape ``(N, A)``.
        attributes_known: Which of them anybody looked for, shape ``(N, A)``.
        rows: Where each instance stands in its file, shape ``(N,)``.
        scores: Confidence of predictions, shape ``(N,)``.
        attribute_probs: Probability of each attribute, shape ``(N, A)``.
    """
    order: npt.NDArray[np.int64] | slice = slice(None)
    if (photos[1:] < photos[:-1]).any():
        order = np.argsort(photos, kind="stable")
    counts = np.bincount(photos, minlength=len(image_ids))
    return Records(
        ontology=ontology,
        image_ids=np.array(image_ids, np.str_),
        sizes=sizes,
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        category_ids=category_ids[order],
        masks=masks[order],
        attributes=attributes[order],
        attributes_known=attributes_known[order],
        rows=rows[order],
        scores=None if scores is None else scores[order],
        attribute_probs=None if attribute_probs is None else attribute_probs[order],
    )


def attribute_table(indices: Sequence[Sequence[int]], ontology: Ontology) -> npt.NDArray[np.bool_]:
    """Spread lists of attribute indices over columns, shape ``(N, A)``."""
    table = np.zeros((len(indices), len(ontology.attributes)), bool)
    rows = np.repeat(np.arange(len(indices)), [len(held) for held in indices])
    table[rows, np.array([index for held in indices for index in held], np.int64)] = True
    return table
