"""The user's own columns (brand, price, stock, season …), from a table that names their photos."""

from attire.catalog.own_columns.joining import Own, OwnColumns, read_own_columns
from attire.catalog.own_columns.said import SaidOfPhotos, SaysOwn

__all__ = ["Own", "OwnColumns", "SaidOfPhotos", "SaysOwn", "read_own_columns"]
