"""The ontology of a COCO file, whose category ids may start at 1 or have gaps."""

from typing import Any

from attire.ontology import Ontology, parse_ontology

__all__ = ["coco_ontology"]


def coco_ontology(content: dict[str, Any], where: str = "COCO file") -> tuple[Ontology, dict[int, int]]:
    """Read the ontology of a COCO file.

    Category ids 0 … C−1, as Fashionpedia has them, stay. Others are numbered anew in rising order, since
    everything downstream counts categories from 0; data sets and models meet by names, never by numbers,
    so nothing is lost but the file's own numbers.

    Args:
        content: Parsed JSON.
        where: Said in errors.

    Returns:
        The ontology, and the file's category ids → the ontology's.

    Raises:
        OntologyError: If there are no categories, or an entry has no id or name, or twice the same.

    Example:
        >>> content = {"categories": [{"id": 7, "name": "hat"}, {"id": 1, "name": "shoe"}]}
        >>> ontology, categories = coco_ontology(content)
        >>> ontology.categories[0].name, categories
        ('shoe', {1: 0, 7: 1})
    """
    entries = content.get("categories")
    ids = [entry.get("id") for entry in entries or [] if isinstance(entry, dict)]
    distinct = sorted({number for number in ids if type(number) is int})
    if not isinstance(entries, list) or len(distinct) != len(entries):
        ontology = parse_ontology(content, where)  # says what is wrong
        return ontology, {category.id: category.id for category in ontology.categories}
    places = {number: place for place, number in enumerate(distinct)}
    renumbered = [{**entry, "id": places[entry["id"]]} for entry in entries]
    return parse_ontology({**content, "categories": renumbered}, where), places
