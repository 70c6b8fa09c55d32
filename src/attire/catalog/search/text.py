"""A question in free words, such as ``striped midi dress under 50``."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from attire.catalog.filters import Columns, Comparison, Filter
from attire.catalog.filters.filter import conjoin
from attire.catalog.filters.values import read_number
from attire.catalog.search.names import Names
from attire.catalog.search.phrases import read_phrases
from attire.catalog.search.wishes import Named, Step
from attire.errors import QueryError

__all__ = ["TextQuery", "parse_query"]

_NUMBER = r"(?:[€$£]\s*)?(\d+(?:[.,]\d+)?)(?:\s*(?:[€$£]|eur(?:os?)?|usd|dollars?|gbp|pounds?)(?!\w))?"
_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_NUMBER}\s+(?:and|to)\s+{_NUMBER}", re.IGNORECASE)
_BELOW = re.compile(
    rf"\b(?:under|below|less than|cheaper than|up to|at most|max(?:imum)?)\s+{_NUMBER}", re.IGNORECASE
)
_ABOVE = re.compile(rf"\b(?:over|above|more than|at least|min(?:imum)?)\s+{_NUMBER}", re.IGNORECASE)
_PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """What free words ask for."""

    categories: tuple[str, ...] = ()
    """One of them has to be it; any may if there are none."""
    never: tuple[str, ...] = ()
    """Categories that it must not be."""
    wishes: tuple[Named, ...] = ()
    """Attributes, colours and parts, wanted or not: they rank, and exclude nothing."""
    words: tuple[str, ...] = ()
    """What is no name, to be found in the user's own columns of text."""
    limits: Filter | None = None
    """What was said of the price."""

    def __str__(self) -> str:
        said = [" or ".join(self.categories), *(f"no {name}" for name in self.never)]
        said += [str(wish) for wish in self.wishes]
        said += [f"“{word}”" for word in self.words]
        said += [str(self.limits)] if self.limits is not None else []
        return ", ".join(filter(None, said))


def parse_query(text: str, names: Names, columns: Columns) -> TextQuery:
    """Read a question in free words.

    Args:
        text: Such as ``red floral blouse without pockets under 50``.
        names: What is understood.
        columns: Of the table; ``under 50`` needs a column ``price`` of numbers.

    Raises:
        QueryError: If nothing is asked, or for a step such as ``longer``, which has to start from a garment.
    """
    limits, left = _limits(text, columns)
    found = read_phrases(left, names)
    steps = [wish for wish in found.wishes if isinstance(wish, Step)]
    if steps:
        raise QueryError(f"{steps[0].word!r} than what? Search by a photo or garment, but {steps[0]}.")
    named = [wish for wish in found.wishes if isinstance(wish, Named)]
    query = TextQuery(
        categories=tuple(wish.name for wish in named if wish.kind == "category" and wish.wanted),
        never=tuple(wish.name for wish in named if wish.kind == "category" and not wish.wanted),
        wishes=tuple(wish for wish in named if wish.kind != "category"),
        words=tuple(found.rest),
        limits=limits,
    )
    if query == TextQuery():
        raise QueryError(f"{text!r} asks for nothing. Say for example: striped midi dress")
    return query


def _limits(text: str, columns: Columns) -> tuple[Filter | None, str]:
    """Take what is said of the price out of a text."""
    price = columns.find(_PRICE)
    if price is None or price.kind != "number":
        return None, text
    limits: list[Filter] = []

    def at_least(value: str) -> Comparison:
        return Comparison(column=price, operator=">=", values=(_number(value),))

    def at_most(value: str) -> Comparison:
        return Comparison(column=price, operator="<=", values=(_number(value),))

    ways: list[tuple[re.Pattern[str], tuple[Callable[[str], Comparison], ...]]] = [
        (_BETWEEN, (at_least, at_most)),
        (_BELOW, (at_most,)),
        (_ABOVE, (at_least,)),
    ]
    for pattern, edges in ways:
        for found in pattern.finditer(text):
            limits += [edge(value) for edge, value in zip(edges, found.groups(), strict=True)]
        text = pattern.sub(" , ", text)
    return (conjoin(*limits) if limits else None), text


def _number(text: str) -> int | float:
    number = read_number(text.replace(",", "."))
    if number is None:
        raise QueryError(f"{text} is no price that can be compared.")
    return number
