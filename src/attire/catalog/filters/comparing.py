"""One comparison of a filter, checked against what its column can hold."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import NoReturn

from attire.catalog.filters.columns import Column
from attire.catalog.filters.filter import Comparison, Filter, Missing, Operator, Or, Value, conjoin
from attire.catalog.filters.tokens import Token, refuse
from attire.catalog.filters.values import Span, read_number, read_span, read_truth

__all__ = ["compare", "compare_any"]

_WITH = {
    "name": ("=",),
    "names": ("=", "holds"),
    "text": ("=", "holds"),
    "number": ("=", "<", "<=", ">", ">="),
    "truth": ("=",),
    "time": ("=", "<", "<=", ">", ">="),
    "date": ("=", "<", "<=", ">", ">="),
}
_SAID = {"holds": "has"}


def compare(column: Column, operator: Operator, token: Token, text: str) -> Filter:
    """Compare a column with one value.

    Raises:
        QueryError: If the column cannot be compared so, or the value is none of its own.
    """
    if operator not in _WITH[column.kind]:
        ways = ", ".join(_SAID.get(way, way) for way in _WITH[column.kind])
        said = _SAID.get(operator, operator)
        refuse(
            text,
            token.place,
            f"{column.name} holds {_said(column)}; {said!r} does not go with it: {ways}, in.",
        )
    if column.kind in ("time", "date"):
        return _compare_times(column, operator, _span(column, token, text))
    if column.kind == "text" and not token.value:
        if operator == "=":
            return Missing(column=column)
        refuse(text, token.place, "Every text has an empty one in it. Say what to look for.")
    value = _value(column, token, text)
    return Comparison(
        column=column, operator="holds" if column.kind == "names" else operator, values=(value,)
    )


def compare_any(column: Column, tokens: Sequence[Token], text: str) -> Filter:
    """Compare a column with several values, one of which has to hold.

    Raises:
        QueryError: If a value is none of the column's own.
    """
    if column.kind in ("names", "time", "date") or not all(token.value for token in tokens):
        each = tuple(compare(column, "=", token, text) for token in tokens)
        return each[0] if len(each) == 1 else Or(inner=each)
    return Comparison(
        column=column, operator="in", values=tuple(_value(column, token, text) for token in tokens)
    )


def _compare_times(column: Column, operator: Operator, span: Span) -> Filter:
    """A date names a span: ``> 2026-03`` begins in April, ``= 2026-03`` is all of March."""
    begin, end = span if column.kind == "time" else (span[0].date(), span[1].date())
    if operator == "=":
        return conjoin(
            Comparison(column=column, operator=">=", values=(begin,)),
            Comparison(column=column, operator="<", values=(end,)),
        )
    edge = begin if operator in ("<", ">=") else end
    return Comparison(column=column, operator="<" if operator in ("<", "<=") else ">=", values=(edge,))


def _span(column: Column, token: Token, text: str) -> Span:
    span = read_span(token.value)
    if span is None:
        refuse(
            text, token.place, f"{token.value!r} is no date. Say for example: 2026-03-01, 2026-03 or 2026."
        )
    if column.kind == "date" and any(_clock(edge) != time() for edge in span):
        refuse(text, token.place, f"{column.name} holds days without a time of day.")
    return span


def _clock(at: datetime) -> time:
    return at.time()


def _value(column: Column, token: Token, text: str) -> Value:
    if column.kind == "number":
        number = read_number(token.value)
        if number is None:
            refuse(
                text, token.place, f"{token.value!r} is no number that {column.name} can be compared with."
            )
        return number
    if column.kind == "truth":
        truth = read_truth(token.value)
        if truth is None:
            refuse(text, token.place, f"{column.name} is true or false, not {token.value!r}.")
        return truth
    if column.vocabulary is None:
        return token.value
    return column.vocabulary.find(token.value) or _unknown(column, token, text)


def _unknown(column: Column, token: Token, text: str) -> NoReturn:
    vocabulary = column.vocabulary
    near = () if vocabulary is None else vocabulary.near(token.value)
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    what = column.name if vocabulary is None else vocabulary.what
    refuse(text, token.place, f"{token.value!r} is no {what}.{meant}")


def _said(column: Column) -> str:
    return {
        "name": "a name",
        "names": "names",
        "text": "text",
        "number": "numbers",
        "truth": "true or false",
        "time": "times",
        "date": "dates",
    }[column.kind]
