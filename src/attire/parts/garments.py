"""One record per garment, with its parts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attire.instances import Instances

__all__ = ["Garment", "gather_garments", "name_parts"]


@dataclass(frozen=True, slots=True)
class Garment:
    """A garment and what was found on it; or a part whose garment was not found."""

    row: int
    """Its place among the instances."""
    parts: tuple[int, ...] = ()
    """Places of its parts, rising."""


def gather_garments(instances: Instances, owners: npt.NDArray[np.int64]) -> list[Garment]:
    """List garments with their parts, and after each other what belongs to none, in the instances' order.

    Args:
        instances: Garments and parts of one photo.
        owners: What :func:`attire.parts.attach_parts` gives, shape ``(N,)``.
    """
    return [
        Garment(row, tuple(np.flatnonzero(owners == row).tolist()))
        for row in range(len(instances))
        if owners[row] < 0
    ]


def name_parts(instances: Instances, parts: Sequence[int]) -> str:
    """Count parts in words, in the order of their categories: ``collar, 2 sleeves, pocket not sure``.

    Args:
        instances: What holds them.
        parts: Their places.
    """
    counts = Counter((instances.is_unsure(row), int(instances.category_ids[row])) for row in parts)
    return ", ".join(
        (f"{count} " if count > 1 else "")
        + instances.ontology.categories[category].short_name
        + ("s" if count > 1 else "")
        + (" not sure" if unsure else "")
        for (unsure, category), count in sorted(counts.items())
    )
