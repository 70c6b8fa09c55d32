"""A filter as a tree of values; ``str`` says it in the language it was read from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, TypeAlias

from attire.catalog.filters.columns import Column
from attire.errors import QueryError

__all__ = [
    "And",
    "Comparison",
    "Filter",
    "Missing",
    "Not",
    "Operator",
    "Or",
    "Value",
    "all_of",
    "any_of",
    "conjoin",
    "named",
]

Value: TypeAlias = str | int | float | bool | date | datetime
Operator: TypeAlias = Literal["=", "<", "<=", ">", ">=", "in", "holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A column against values; what is missing compares with nothing, so that it does not hold.

    Names compare equal as the table spells them. ``holds`` is for a list that contains a name, and for text
    that contains other text, ignoring case. Times are compared by ``<`` and ``>=`` only.
    """

    column: Column
    operator: Operator
    values: tuple[Value, ...]
    """One, but for ``in``; none is empty text, which counts as missing."""

    def __post_init__(self) -> None:
        """Refuse what no row is compared with."""
        if not self.values or "" in self.values or (len(self.values) > 1 and self.operator != "in"):
            raise QueryError(
                f"{self.column.name} {self.operator} takes a value that is not empty, in one or more; found "
                f"{self.values!r}. Empty text is asked for by Missing."
            )

    def __str__(self) -> str:
        if self.operator == "in":
            return f"{_name(self.column)} in ({', '.join(map(_quoted, self.values))})"
        (value,) = self.values
        if self.operator == "holds":
            return f"{_quoted(value)} in {_name(self.column)}"
        return f"{_name(self.column)} {self.operator} {_quoted(value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A column without a value, with empty text, an empty list or no number (NaN)."""

    column: Column

    def __str__(self) -> str:
        return f"{_name(self.column)} is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Everything that ``inner`` does not hold for, missing values included."""

    inner: "Filter"

    def __str__(self) -> str:
        return f"not {_bracketed(self.inner, And, Or)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """What all of two or more hold for."""

    inner: "tuple[Filter, ...]"

    def __str__(self) -> str:
        return " and ".join(_bracketed(one, Or) for one in self.inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """What any of two or more holds for."""

    inner: "tuple[Filter, ...]"

    def __str__(self) -> str:
        return " or ".join(str(one) for one in self.inner)


Filter: TypeAlias = Comparison | Missing | Not | And | Or


def conjoin(first: Filter, *more: Filter | None) -> Filter:
    """Demand all of some filters, without a tree deeper than needed; None demands nothing."""
    flat: list[Filter] = []
    for one in (first, *more):
        if one is not None:
            flat.extend(one.inner if isinstance(one, And) else [one])
    return flat[0] if len(flat) == 1 else And(inner=tuple(flat))


def all_of(*filters: Filter | None) -> Filter | None:
    """Demand all of some filters as :func:`conjoin` does; None if there are none."""
    given = [one for one in filters if one is not None]
    return conjoin(*given) if given else None


def any_of(*filters: Filter) -> Filter:
    """Demand any of one or more filters."""
    return filters[0] if len(filters) == 1 else Or(inner=filters)


def named(column: str, *names: str) -> Filter:
    """Demand that the category is one of some names, or that a list of ours holds one of them.

    Args:
        column: ``category``, ``attributes``, ``parts`` or ``colours``.
        names: One or more, as the table spells them.

    Example:
        >>> str(named("category", "dress")), str(named("colours", "red", "navy"))
        ('category = "dress"', '"red" in colours or "navy" in colours')
    """
    of = Column.ours(column)
    operator: Operator = "holds" if of.kind == "names" else "="
    return any_of(*(Comparison(column=of, operator=operator, values=(name,)) for name in names))


def _bracketed(one: Filter, *kinds: type) -> str:
    return f"({one})" if isinstance(one, kinds) else str(one)


def _name(column: Column) -> str:
    from attire.catalog.filters.tokens import is_plain

    return column.name if is_plain(column.name) else "`" + column.name.replace("`", "``") + "`"


def _quoted(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        at = value.astimezone(UTC)
        midnight = at.hour == at.minute == at.second == at.microsecond == 0
        return at.date().isoformat() if midnight else at.replace(tzinfo=None).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)
