"""Where on a person a garment is worn, by the names of the ontology."""

from collections.abc import Mapping
from types import MappingProxyType

from attire.ontology import Ontology

__all__ = ["OUTFITS", "clash", "slots_of"]

_OVER = frozenset({"coat", "cape", "jacket", "cardigan", "vest"})
"""Worn over something else, wherever the ontology files them."""
_LEGWEAR = frozenset({"tights", "sock", "leg warmer"})
_SLOT_OF_FAMILY = {"upperbody": "top", "lowerbody": "bottom", "wholebody": "dress"}
_SLOT_OF_NAME = {"shoe": "shoes", "bag": "bag"}

OUTFITS = (
    ("top", "bottom", "shoes", "outerwear", "bag"),
    ("dress", "shoes", "outerwear", "bag"),
)
"""The ways to be dressed, each a list of slots."""


def slots_of(ontology: Ontology) -> Mapping[str, str]:
    """Give the slot of every category that is no part, by short name.

    Families decide: upper body, lower body, whole body. What is worn over others is outerwear; things that no
    family places, such as hats, have a slot of their own.

    Example:
        >>> slots = slots_of(Ontology.imaterialist2019())
        >>> [slots[name] for name in ("shirt", "skirt", "jumpsuit", "coat", "shoe", "hat")]
        ['top', 'bottom', 'dress', 'outerwear', 'shoes', 'hat']
    """
    found = {}
    for category in ontology.categories:
        name = category.short_name
        if category.is_part:
            continue
        if name in _OVER:
            found[name] = "outerwear"
        elif name in _LEGWEAR:
            found[name] = "legwear"
        else:
            found[name] = _SLOT_OF_NAME.get(name, _SLOT_OF_FAMILY.get(category.supercategory, name))
    return MappingProxyType(found)


def clash(one: str, other: str) -> bool:
    """Whether two slots are seldom filled at once, before any photo was seen.

    Example:
        >>> clash("bottom", "bottom"), clash("dress", "bottom"), clash("top", "outerwear")
        (True, True, False)
    """
    return one == other or {one, other} in ({"dress", "bottom"}, {"dress", "top"})
