"""Which categories carry attributes at all."""

from attire.ontology import Ontology

__all__ = ["attribute_carriers"]

_GARMENTS = ("upperbody", "lowerbody", "wholebody")
_PARTS = ("hood", "collar", "neckline")


def attribute_carriers(ontology: Ontology) -> frozenset[int] | None:
    """Give the categories whose attributes people annotate in iMaterialist 2019.

    These are whole garments (ids 0 … 12) and hood, collar and neckline (27, 28, 33), found here by
    family and name, so that every ontology with the same names is served.

    Args:
        ontology: What a model can name.

    Returns:
        Category ids; None where the ontology has no such garments and so nothing is known.

    Example:
        >>> sorted(attribute_carriers(Ontology.imaterialist2019()))[-4:]
        [12, 27, 28, 33]
    """
    garments = {c.id for c in ontology.categories if c.supercategory in _GARMENTS}
    if not garments:
        return None
    return frozenset(garments | {c.id for c in ontology.categories if c.name in _PARTS})
