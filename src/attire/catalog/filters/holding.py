"""Whether a filter holds for a garment that is in memory; it agrees with the expression, row by row."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from attire.catalog.filters.columns import Column
from attire.catalog.filters.filter import And, Comparison, Filter, Missing, Not, Or, Value
from attire.catalog.garment import Garment

__all__ = ["holds"]


def holds(filter: Filter, garment: Garment) -> bool:
    """Whether a filter holds for a garment."""
    if isinstance(filter, Not):
        return not holds(filter.inner, garment)
    if isinstance(filter, And):
        return all(holds(one, garment) for one in filter.inner)
    if isinstance(filter, Or):
        return any(holds(one, garment) for one in filter.inner)
    found = _read(filter.column, garment)
    if isinstance(filter, Missing):
        return found is None or found == ()
    return found is not None and _compare(filter, found)


def _compare(one: Comparison, found: Any) -> bool:
    values = [_rounded(one.column, value) for value in one.values]
    if one.operator == "holds":
        return _contains(found, values[0])
    if one.operator == "in":
        return found in values
    value: Any = values[0]
    if one.operator == "=":
        return bool(found == value)
    if one.operator in ("<", "<="):
        return bool(found < value if one.operator == "<" else found <= value)
    return bool(found > value if one.operator == ">" else found >= value)


def _contains(found: str | Sequence[str], value: Value) -> bool:
    if isinstance(found, str):
        return str(value).lower() in found.lower()
    return value in found


def _read(column: Column, garment: Garment) -> Any:
    """Give a column's value; None where it is missing."""
    found = garment.own[column.name] if column.name in garment.own else getattr(garment, column.name, None)
    if isinstance(found, float | np.floating | Decimal):
        found = float(found)
        return None if math.isnan(found) else found
    if isinstance(found, datetime):
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return None if found == "" else found


def _rounded(column: Column, value: Value) -> Value:
    if column.single and isinstance(value, int | float) and not isinstance(value, bool | date):
        return float(np.float32(value))
    return value
