"""How attributes fall into groups, decided by supercategory and, within silhouettes, by name."""

from collections.abc import Iterable

from attire.ontology.ontology import Attribute, AttributeGroup

__all__ = ["SINGLE_CHOICE", "group_attributes", "group_name"]

SINGLE_CHOICE = frozenset({"length", "opening", "symmetry", "fit", "waistline"})
"""Groups in which exactly one attribute holds for a garment. Shapes, finishings and patterns combine
(a flared skirt can be high-low, a pleated one printed, a striped one floral)."""

_BY_SUPERCATEGORY = {
    "length": "length",
    "opening type": "opening",
    "textile finishing, manufacturing techniques": "finishing",
    "textile pattern": "pattern",
    "animal": "pattern",
    "waistline": "waistline",
}
_SYMMETRY = frozenset({"symmetrical", "asymmetrical"})
_FIT = frozenset({"curved (fit)", "tight (fit)", "regular (fit)", "loose (fit)", "oversized"})


def group_name(name: str, supercategory: str) -> str:
    """Name the group of an attribute.

    Args:
        name: The attribute's full name.
        supercategory: As its source file has it.

    Returns:
        The group; a supercategory that iMaterialist 2019 does not have names its own group.

    Example:
        >>> group_name("oversized", "silhouette"), group_name("zebra", "animal")
        ('fit', 'pattern')
    """
    if supercategory == "silhouette":
        if name.lower() in _SYMMETRY:
            return "symmetry"
        return "fit" if name.lower() in _FIT else "shape"
    return _BY_SUPERCATEGORY.get(supercategory, supercategory or "other")


def group_attributes(attributes: Iterable[Attribute]) -> tuple[AttributeGroup, ...]:
    """Collect attributes into groups, in order of first appearance."""
    places: dict[str, list[int]] = {}
    for index, attribute in enumerate(attributes):
        places.setdefault(attribute.group, []).append(index)
    return tuple(AttributeGroup(name, name in SINGLE_CHOICE, tuple(where)) for name, where in places.items())
