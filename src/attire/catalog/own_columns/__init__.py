"""The user's own columns (brand, price, stock, season …), from a table that names their photos."""

from attire.catalog.own_columns.joining import Own, OwnColumns, read_own_columns

__all__ = ["Own", "OwnColumns", "read_own_columns"]
