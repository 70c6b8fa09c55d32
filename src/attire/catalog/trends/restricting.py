"""For whom and at what price: the part of a brief that chooses garments, not lines."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from attire.catalog.filters import Column, Comparison, Filter, all_of
from attire.catalog.search.names import Names
from attire.catalog.store import Store
from attire.catalog.trends.brief import Brief
from attire.catalog.trends.wording import price_range

__all__ = ["restrict"]

_PRICE = "price"
_MOST_VALUES = 30
_FOR = re.compile(r"\bfor\s+((?:\w+[ -]?){1,3})", re.IGNORECASE)


def restrict(store: Store, brief: Brief, names: Names) -> tuple[Filter | None, list[str]]:
    """Find the columns of the user's that a brief speaks of.

    A price needs a column ``price`` of numbers. A word of the audience, or after "for" in the text, that is a
    value of a column with few values, such as ``Women`` of ``gender``, asks for that value.

    Args:
        store: The catalogue.
        brief: What is wanted.
        names: What words name; such words ask for no value.

    Returns:
        What garments have to be, None if anything; and sentences that say so.
    """
    wanted: list[Filter] = []
    notes = []
    low, high = brief.price
    if low is not None or high is not None:
        field = store.table.schema.field(_PRICE) if _PRICE in store.own_columns else None
        if field is None or not (pa.types.is_integer(field.type) or pa.types.is_floating(field.type)):
            notes.append(
                "The catalogue has no column price of numbers, so the price in the brief is not heeded."
            )
        else:
            price = Column(name=_PRICE, kind="number", exact=pa.types.is_integer(field.type))
            if low is not None:
                wanted.append(Comparison(column=price, operator=">=", values=(low,)))
            if high is not None:
                wanted.append(Comparison(column=price, operator="<=", values=(high,)))
            notes.append(f"Only garments with a price {price_range(low, high)}.")
    audience = " ".join([brief.audience, *_FOR.findall(brief.text)])
    said = {word for word in re.findall(r"\w+", audience.lower()) if names.find(word) is None}
    for name in store.own_columns:
        values = _values(store, name)
        asked = [value for value in values if value.lower() in said]
        if asked and len(asked) < len(values):
            own = Column(name=name, kind="text")
            wanted.append(Comparison(column=own, operator="in", values=tuple(asked)))
            notes.append(f"Only garments whose {name} is {' or '.join(asked)}.")
    return all_of(*wanted), notes


def _values(store: Store, name: str) -> list[str]:
    """Values of a column of words; none if there are many."""
    kind = store.table.schema.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return []
    found = pc.unique(store.rows([name])[name].combine_chunks()).drop_null().to_pylist()
    return [value for value in found if value] if len(found) <= _MOST_VALUES else []
