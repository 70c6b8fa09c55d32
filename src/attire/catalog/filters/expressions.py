"""A filter as an expression of LanceDB: values go in as literals, never as text of a query.

LanceDB 0.40 builds expressions of comparisons, ``in``, and, or, not, and a handful of functions of text
(lower, contains, btrim, concat); there are none for lists and missing values. So lists are compared as the
text that Arrow makes of them, ``[a, b]``, which is exact for names of a vocabulary, none of which ends in
a comma or a bracket; and what is missing is found by ``concat``, which alone reads it as empty text.
Measured (``benchmarks/search.py``), a list costs 1.8 times what ``array_has`` without an index would.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING

from attire.catalog.filters.columns import Column
from attire.catalog.filters.filter import And, Comparison, Filter, Missing, Not, Or, Value

if TYPE_CHECKING:
    from lancedb.expr import Expr

__all__ = ["to_expr"]


def to_expr(filter: Filter) -> "Expr":
    """Turn a filter into an expression that is true for exactly the rows that it holds for.

    SQL's third truth value never comes up: ``not`` is pushed down to the comparisons, each of which says
    what becomes of a missing value.
    """
    return _expr(filter, wanted=True)


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
    if wanted or one.column.kind == "names":
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
        if one.column.kind == "names":
            return _listed(one.column).contains(lit(f", {one.values[0]}, "))
        return column.lower().contains(lit(str(one.values[0]).lower()))
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

    if isinstance(value, datetime):
        return lit(value.astimezone(UTC))
    if column.single and isinstance(value, int | float):
        import numpy as np

        return lit(float(np.float32(value)))
    return lit(value)


def _listed(column: Column) -> "Expr":
    """A list as text, with a comma before and after every name: ``, floral, midi, ``."""
    from lancedb.expr import col, func, lit

    return func("concat", lit(", "), func("btrim", col(column.name).cast("string"), lit("[]")), lit(", "))


def _missing(column: Column) -> "Expr":
    from lancedb.expr import col, func, lit

    read = func("concat", col(column.name).cast("string"), lit(""))
    return (
        read.isin([lit(way) for way in ("", "[]", "NaN")])
        if column.kind in ("names", "number")
        else read == lit("")
    )
