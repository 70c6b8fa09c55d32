"""Wishes in plain words, such as ``floral midi dress under 60 in green``."""

import re
from collections.abc import Iterable

from attire.catalog.recommend.taste import Wishes
from attire.errors import DataError
from attire.ontology import Attribute, Category, Ontology

__all__ = ["read_wishes"]

_PRICE = re.compile(
    r"\b(?P<most>under|below|up to|at most|cheaper than|less than)|\b(?P<least>over|above|at least|more than)"
)
_NUMBER = re.compile(r"\s*[€$£]?\s*(\d+(?:[.,]\d{1,2})?)\s*[€$£]?")
_FILLERS = frozenset(
    {"a", "an", "the", "in", "with", "and", "or", "for", "of", "to", "my", "i", "want", "like"}
)
"""Words that say nothing."""


def read_wishes(text: str, ontology: Ontology, colours: Iterable[str]) -> Wishes:
    """Find the names of categories, attributes and colours in a sentence, and limits of the price.

    The longest name counts first, so that ``light blue`` is not ``blue``. Of several categories any will do.

    Args:
        text: As it was typed.
        ontology: What categories and attributes are named by.
        colours: Names of colours.

    Returns:
        The wishes.

    Raises:
        DataError: If a word is understood by nothing.

    Example:
        >>> found = read_wishes("Floral midi dress under 60 in green", Ontology.imaterialist2019(), ["green"])
        >>> found.categories, found.attributes, found.colours, found.price_max
        (('dress',), ('floral', 'midi'), ('green',), 60.0)
    """
    left, limits = _take_prices(text.lower())
    names: dict[str, tuple[str, str]] = {}
    for kind, spoken, name in _names(ontology, colours):
        names.setdefault(spoken, (kind, name))
    found: dict[str, dict[str, int]] = {"category": {}, "attribute": {}, "colour": {}}
    for spoken in sorted(names, key=len, reverse=True):
        kind, name = names[spoken]
        for match in re.finditer(rf"(?<!\w){re.escape(spoken)}(?!\w)", left):
            found[kind].setdefault(name, match.start())
            left = left[: match.start()] + " " * len(spoken) + left[match.end() :]
    unknown = [word for word in re.findall(r"[^\s,.;]+", left) if word not in _FILLERS]
    if unknown:
        raise DataError(
            f"{unknown[0]!r} in {text!r} is no category, attribute or colour of this catalogue. Leave it out."
        )
    said = {kind: tuple(sorted(places, key=places.__getitem__)) for kind, places in found.items()}
    return Wishes(
        categories=said["category"],
        attributes=said["attribute"],
        colours=said["colour"],
        price_min=limits.get("least"),
        price_max=limits.get("most"),
    )


def _take_prices(text: str) -> tuple[str, dict[str, float]]:
    limits: dict[str, float] = {}
    while (word := _PRICE.search(text)) is not None:
        number = _NUMBER.match(text, word.end())
        if number is None:
            raise DataError(f"{word.group()!r} wants a price after it, such as: {word.group()} 60")
        limits[str(word.lastgroup)] = float(number.group(1).replace(",", "."))
        text = f"{text[: word.start()]} {text[number.end() :]}"
    return text, limits


def _names(ontology: Ontology, colours: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    for name in colours:
        yield "colour", name.lower(), name
    for kind, entries in (("category", ontology.categories), ("attribute", ontology.attributes)):
        for entry in entries:
            if isinstance(entry, Category) and entry.is_part:
                continue
            for way in _ways(entry):
                yield kind, way, entry.short_name
                yield kind, f"{way}es" if way.endswith(("s", "ch", "x")) else f"{way}s", entry.short_name


def _ways(entry: Category | Attribute) -> Iterable[str]:
    yield from (way.strip().lower() for way in entry.name.split(" (")[0].split(","))
    yield entry.short_name.lower()
