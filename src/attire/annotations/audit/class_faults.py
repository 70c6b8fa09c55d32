"""What is wrong with a category and its attributes, in a ``ClassId`` or in COCO's fields."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from attire.ontology import Ontology

__all__ = ["judge_attributes", "judge_category", "judge_class_id"]

Finding = tuple[str, str]
"""Code of the fault, and what was found."""


def judge_class_id(text: str, ontology: Ontology) -> list[Finding]:
    """Judge one ``ClassId``.

    Args:
        text: Category id, then attribute ids, joined with ``_``.
        ontology: What may stand there.

    Returns:
        Code and words for everything that is wrong with it.

    Example:
        >>> judge_class_id("6_40_20", Ontology.imaterialist2019())
        [('unordered-attributes', "ClassId '6_40_20': attributes 40, 20 do not rise")]
    """
    parts = text.split("_")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return [("malformed-class", f"ClassId {text[:80]!r} holds more than ids joined by '_'")]
    category_id, *attribute_ids = (int(part[-18:]) for part in parts)
    findings = (
        *judge_category(category_id, range(len(ontology.categories)), ontology),
        *judge_attributes(attribute_ids, ontology, rising=True),
    )
    return [(code, f"ClassId {text[:80]!r}: {what}") for code, what in findings]


def judge_category(category_id: int, known: Collection[int], ontology: Ontology) -> Iterator[Finding]:
    """Say if a category id is unknown.

    Args:
        category_id: As it stands in the file.
        known: Ids that may stand there.
        ontology: What they mean.

    Yields:
        At most one finding.
    """
    if category_id not in known:
        span = f"{min(known)} to {max(known)}" if known else "none"
        yield "unknown-category", f"category {category_id}, {ontology.name} has {span}"


def judge_attributes(attribute_ids: Sequence[int], ontology: Ontology, *, rising: bool) -> Iterator[Finding]:
    """Say if attribute ids are unknown, repeated, out of order, or two of a kind.

    Args:
        attribute_ids: As they stand in the file.
        ontology: What may stand there.
        rising: Whether the file's format wants them in rising order.

    Yields:
        At most one finding of each code, but one per group for two of a kind.
    """
    distinct = list(dict.fromkeys(attribute_ids))
    places = ontology.index_of_attribute_id
    unknown = [number for number in distinct if number not in places]
    if unknown:
        what = f"attribute {_list(unknown)}, which {ontology.name} does not have"
        yield "unknown-attribute", what
    repeated = [number for number in distinct if attribute_ids.count(number) > 1]
    if repeated:
        yield "repeated-attribute", f"attribute {_list(repeated)} stands there more than once"
    fallen = next(((a, b) for a, b in pairwise(distinct) if b < a), None)
    if rising and fallen:
        yield "unordered-attributes", f"attributes {fallen[0]}, {fallen[1]} do not rise"
    for group in ontology.groups:
        if group.single_choice:
            held = [n for n in distinct if n in places and places[n] in group.indices]
            if len(held) > 1:
                names = " and ".join(ontology.attributes[places[n]].name for n in held)
                yield "two-in-group", f"{names}, but a garment has one {group.name}"


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
