"""A filter as LanceDB takes it: values go in as literals, never as text of a query.

LanceDB 0.40 builds expressions of comparisons, ``in``, and, or, not, and a handful of functions of text
(lower, contains, btrim, concat); there are none for lists and missing values. What is missing is found by
``concat``, which alone reads it as empty text. That a list holds a name is said as ``array_has`` in SQL,
which an index of labels answers; a filter that asks it is written as SQL as a whole. No text stands in it,
neither a user's nor a vocabulary's: a text goes in as its bytes, in hexadecimal digits, since LanceDB 0.40
writes a backslash before a quote so that the literal ends there. Names of columns are of the table's schema.
"""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from attire.catalog.filters.columns import Column
from attire.catalog.filters.filter import And, Comparison, Filter, Missing, Not, Or, Value

if TYPE_CHECKING:
    from lancedb.expr import Expr

__all__ = ["Condition", "to_expr"]

Condition: TypeAlias = "Expr | str"
"""What LanceDB takes in ``where``."""


def to_expr(filter: Filter) -> Condition:
    """Turn a filter into an expression that is true for exactly the rows that it holds for.

    SQL's third truth value never comes up: ``not`` is pushed down to the comparisons, each of which says
    what becomes of a missing value.

    Returns:
        SQL if the filter asks what a list holds, else an expression. So join filters, not what comes of them.
    """
    return _sql(filter, wanted=True) if _asks_lists(filter) else _expr(filter, wanted=True)


def _asks_lists(one: Filter) -> bool:
    if isinstance(one, Not):
        return _asks_lists(one.inner)
    if isinstance(one, And | Or):
        return any(map(_asks_lists, one.inner))
    return isinstance(one, Comparison) and one.column.kind == "names"


def _sql(one: Filter, wanted: bool, *, within_and: bool = False) -> str:
    """Write SQL with no brackets but those it needs, since LanceDB reads forty within one another at most."""
    if isinstance(one, Not):
        return _sql(one.inner, not wanted, within_and=within_and)
    if isinstance(one, And | Or):
        every = isinstance(one, And) == wanted
        said = (" AND " if every else " OR ").join(_sql(each, wanted, within_and=every) for each in one.inner)
        return f"({said})" if within_and and not every else said
    if isinstance(one, Comparison) and one.column.kind == "names":
        return _list_sql(one.column, str(one.values[0]), wanted)
    return f"({_expr(one, wanted).to_sql()})"


def _list_sql(column: Column, name: str, wanted: bool) -> str:
    from lancedb.expr import col

    listed = col(column.name).to_sql()
    holds = f"array_has({listed}, {_text(name).to_sql()})"
    if wanted:
        return holds
    return f"NOT {holds}" if column.required else f"({listed} IS NULL OR NOT {holds})"


def _expr(one: Filter, wanted: bool) -> "Expr":
    if isinstance(one, Not):
        return _expr(one.inner, not wanted)
    if isinstance(one, And | Or):
        inner = [_expr(each, wanted) for each in one.inner]
        return _joined(inner, all_of=isinstance(one, And) == wanted)
    if isinstance(one, Missing):
        missing = _missing(one.column)
        return missing if wanted else ~missing
    holds = _compare(one)
    if wanted or one.column.required:
        return holds if wanted else ~holds
    return ~holds | _missing(one.column)


def _joined(inner: Sequence["Expr"], *, all_of: bool) -> "Expr":
    """Join many as a balanced tree: a chain of thousands would overflow the stack of what reads it."""
    inner = list(inner)
    while len(inner) > 1:
        pairs = [inner[n : n + 2] for n in range(0, len(inner), 2)]
        inner = [reduce(lambda a, b: a & b if all_of else a | b, pair) for pair in pairs]
    return inner[0]


def _compare(one: Comparison) -> "Expr":
    from lancedb.expr import lit

    column, value = _column(one.column), _literal(one.column, one.values[0])
    if one.operator == "holds":
        return column.lower().contains(_text(str(one.values[0]).lower()))
    if one.operator == "in":
        return column.isin([_literal(one.column, each) for each in one.values])
    if one.operator == "=":
        return column == value
    if one.operator in ("<", "<="):
        return column < value if one.operator == "<" else column <= value
    above = column > value if one.operator == ">" else column >= value
    # In Arrow's order NaN comes after every number; here it counts as missing.
    floating = one.column.kind == "number" and not one.column.exact
    return above & (column <= lit(math.inf)) if floating else above


def _column(column: Column) -> "Expr":
    import pyarrow as pa
    from lancedb.expr import col

    return col(column.name).cast(pa.timestamp("us", tz="UTC")) if column.zoned else col(column.name)


def _literal(column: Column, value: Value) -> "Expr":
    from lancedb.expr import lit

    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return lit(value.astimezone(UTC))
    if isinstance(value, bool | date):
        return lit(value)
    if column.single:
        import numpy as np

        value = float(np.float32(value))
    # Without a type of its own, SQL's 0.5 or 3e9 beside a column of int32 is an error.
    return lit(value).cast("int64" if isinstance(value, int) else "float64")


def _text(value: str) -> "Expr":
    """A literal that is a text, and stays one in SQL."""
    from lancedb.expr import lit

    return lit(value.encode()).cast("string")


def _missing(column: Column) -> "Expr":
    from lancedb.expr import col, func, lit

    read = func("concat", col(column.name).cast("string"), lit(""))
    if column.kind in ("names", "number"):
        return read.isin([lit(way) for way in ("", "[]", "NaN")])
    return read == lit("")
