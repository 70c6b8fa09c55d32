"""Columns of the user's that a recommendation understands: stock, price, brand and sku."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from attire.catalog.filters import Column, Comparison, Filter
from attire.catalog.garment import Garment
from attire.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Shop"]

_STOCK = ("stock", "in_stock", "available")
"""Names of a column of stock; the first that is there is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Which columns say what an item costs, whether it can be had, and whose it is; None where none does."""

    stock: str | None = None
    """Of numbers (more than 0 is in stock) or of flags; what is missing is not in stock."""
    price: str | None = None
    brand: str | None = None
    sku: str | None = None

    @classmethod
    def of(cls, schema: "pa.Schema", *, stock: bool = True) -> Self:
        """Find the columns by their names, whatever their case; ``In Stock`` is ``in_stock``.

        Args:
            schema: Of the table.
            stock: Whether stock matters.

        Raises:
            DataError: If the column of stock holds neither numbers nor flags.
        """
        import pyarrow.types as kinds

        known = {name.lower().replace(" ", "_").replace("-", "_"): name for name in schema.names}
        counted = next((known[name] for name in _STOCK if stock and name in known), None)
        if counted is not None and not _counts(schema.field(counted).type):
            raise DataError(
                f"Column {counted!r} holds {schema.field(counted).type}, expected numbers or true and false. "
                "Write its values so and index again, or ask for items whether in stock or not (--any-stock)."
            )
        price = known.get("price")
        if price is not None and (kinds.is_boolean(kind := schema.field(price).type) or not _counts(kind)):
            price = None
        return cls(stock=counted, price=price, brand=known.get("brand"), sku=known.get("sku"))

    def in_stock(self, schema: "pa.Schema") -> Filter | None:
        """Give the filter that holds for what is in stock; None if nothing says."""
        import pyarrow.types as kinds

        if self.stock is None:
            return None
        kind = schema.field(self.stock).type
        if kinds.is_boolean(kind):
            return Comparison(column=Column(name=self.stock, kind="truth"), operator="=", values=(True,))
        counted = Column(name=self.stock, kind="number", exact=not kinds.is_floating(kind))
        return Comparison(column=counted, operator=">", values=(0,))

    def price_of(self, garment: Garment) -> float | None:
        """Give a price above 0; None where there is none."""
        value = _own(garment, self.price)
        number = math.nan if value is None else float(value)
        return number if 0 < number < math.inf else None

    def brand_of(self, garment: Garment) -> str:
        """Give the brand; empty where there is none."""
        return str(_own(garment, self.brand) or "").strip()

    def sku_of(self, garment: Garment) -> str:
        """Give the number by which the shop knows the item; empty where there is none."""
        value = _own(garment, self.sku)
        return "" if value is None else str(value).strip()


def _own(garment: Garment, column: str | None) -> Any:
    own: Mapping[str, Any] = garment.own
    return None if column is None else own.get(column)


def _counts(kind: "pa.DataType") -> bool:
    import pyarrow.types as kinds

    return any(
        test(kind) for test in (kinds.is_boolean, kinds.is_integer, kinds.is_floating, kinds.is_decimal)
    )
