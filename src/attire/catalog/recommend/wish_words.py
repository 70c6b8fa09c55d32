"""Wishes in plain words, such as ``floral midi dress under 60 in green, without pockets``."""

from collections.abc import Sequence

from attire.catalog.filters import And, Columns, Comparison, Filter
from attire.catalog.recommend.taste import Wishes
from attire.catalog.search.names import Names
from attire.catalog.search.text import parse_query
from attire.catalog.search.wishes import Kind, Named

__all__ = ["read_wishes"]


def read_wishes(text: str, names: Names, columns: Columns) -> Wishes:
    """Read wishes as a search reads its words (:func:`attire.catalog.search.parse_query`).

    Args:
        text: As it was typed.
        names: What is understood.
        columns: Of the table; ``under 60`` needs a column ``price`` of numbers.

    Raises:
        QueryError: If nothing is wished, or for a step such as ``longer``.

    Example:
        >>> from attire.catalog.filters import Column
        >>> from attire.ontology import Ontology
        >>> names = Names.of(Ontology.imaterialist2019(), ["green"])
        >>> columns = Columns(columns={"price": Column(name="price", kind="number")})
        >>> found = read_wishes("Flowery gown in green by Zara under 60, no pockets", names, columns)
        >>> found.categories, found.attributes, found.colours, found.words, found.price_max
        (('dress',), ('floral',), ('green',), ('Zara',), 60.0)
        >>> [str(wish) for wish in found.unwanted]
        ['no pocket']
    """
    found = parse_query(text, names, columns)
    limits = _comparisons(found.limits)
    return Wishes(
        categories=found.categories,
        attributes=_wanted(found.wishes, "attribute"),
        colours=_wanted(found.wishes, "colour"),
        parts=_wanted(found.wishes, "part"),
        unwanted=(
            *(Named(kind="category", name=name, wanted=False) for name in found.never),
            *(wish for wish in found.wishes if not wish.wanted),
        ),
        words=found.words,
        price_min=max((number for operator, number in limits if operator == ">="), default=None),
        price_max=min((number for operator, number in limits if operator == "<="), default=None),
    )


def _wanted(wishes: Sequence[Named], kind: Kind) -> tuple[str, ...]:
    return tuple(wish.name for wish in wishes if wish.kind == kind and wish.wanted)


def _comparisons(limits: Filter | None) -> list[tuple[str, float]]:
    """Operators and numbers of what was said of the price."""
    each = limits.inner if isinstance(limits, And) else (limits,)
    return [(one.operator, float(str(one.values[0]))) for one in each if isinstance(one, Comparison)]
