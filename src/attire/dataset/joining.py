"""Several data sets as one, when each labels what it labels."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from attire.annotations.records import Records
from attire.dataset.dataset import Dataset
from attire.dataset.presence import category_presence
from attire.errors import DataError
from attire.masks import RunLengths

__all__ = ["join_datasets"]

_PER_ROW = ("image_ids", "sizes", "category_ids", "attributes", "attributes_known", "rows", "labelled")


def join_datasets(first: Dataset, others: Sequence[Dataset]) -> Dataset:
    """Put data sets together to learn from all of them.

    A category that a data set never shows, but another does, was not labelled there: its photos give no
    evidence against it (:attr:`attire.annotations.Records.labelled`). What none of them shows stays an
    ordinary negative, or else a network could call the background by its name and never be wrong.

    Args:
        first: Its photos keep places and names.
        others: Their photos follow, each named ``folder/name``.

    Returns:
        One data set; that of ``first`` where there are no others.

    Raises:
        DataError: If the ontologies differ, or two photos get the same name.
    """
    if not others:
        return first
    parts = [first.records, *(_renamed(other) for other in others)]
    for other in others:
        if other.ontology.to_dict() != first.ontology.to_dict():
            raise DataError(
                f"{other.layout.root} has other categories or attributes than {first.layout.root}, so they "
                "cannot be joined. Give both the same label_descriptions.json."
            )
    shown = np.stack([category_presence(part).any(axis=0) for part in parts])
    somewhere = shown.any(axis=0)
    parts = [
        replace(part, labelled=np.tile(own | ~somewhere, (len(part), 1)))
        for part, own in zip(parts, shown, strict=True)
    ]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _PER_ROW}
    names, counts = np.unique(columns["image_ids"], return_counts=True)
    if (counts > 1).any():
        raise DataError(
            f"{first.layout.root} and what is joined to it both hold {str(names[counts > 1][0])!r}. "
            "Rename a folder."
        )
    instances = np.cumsum([0, *(len(part.category_ids) for part in parts)])
    offsets = [part.offsets[1:] + shift for part, shift in zip(parts, instances[:-1], strict=True)]
    records = Records(
        ontology=first.ontology,
        masks=RunLengths.concatenate([part.masks for part in parts]),
        offsets=np.concatenate([np.zeros(1, np.int64), *offsets]),
        **columns,
    )
    starts = np.cumsum([len(part) for part in parts[:-1]])
    return Dataset(
        records=records,
        layout=first.layout,
        joined=tuple((int(start), other.layout) for start, other in zip(starts, others, strict=True)),
    )


def _renamed(dataset: Dataset) -> Records:
    folder = dataset.layout.root.resolve().name
    return replace(
        dataset.records,
        image_ids=np.array([f"{folder}/{name}" for name in dataset.records.image_ids], dtype=np.str_),
    )
