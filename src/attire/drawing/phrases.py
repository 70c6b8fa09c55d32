"""Attributes in few words: what is special about a garment before what is not."""

import numpy as np

from attire.instances import Instances

__all__ = ["telling_attributes"]

_PLAIN = frozenset({"plain", "regular", "symmetrical"})


def telling_attributes(instances: Instances, i: int, *, all_of_them: bool = False) -> list[str]:
    """Name the attributes said to hold for instance ``i`` by their short names, in ontology order.

    Args:
        instances: What holds the attributes.
        i: Which instance.
        all_of_them: Whether to add at the end those that say that there is nothing special:
            ``no opening``, ``symmetrical``, ``plain``, …
    """
    if instances.attributes is None:
        return []
    names = [instances.ontology.attributes[a].short_name for a in np.flatnonzero(instances.attributes[i])]
    telling = [name for name in names if not _is_plain(name)]
    return telling + [name for name in names if _is_plain(name)] if all_of_them else telling


def _is_plain(name: str) -> bool:
    return name in _PLAIN or name.startswith("no ")
