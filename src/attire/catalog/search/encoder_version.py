"""Only vectors of one encoder can be compared."""

import logging

from attire.catalog.filters import Column, Comparison, Filter, Not, to_expr
from attire.catalog.store import Store
from attire.errors import DataError

__all__ = ["rows_of"]

log = logging.getLogger(__name__)


def rows_of(store: Store, version: str) -> Filter | None:
    """Give the filter for rows of an encoder; None if all are.

    Raises:
        DataError: If none are.
    """
    column = Column(name="encoder", kind="text", required=True)
    same = Comparison(column=column, operator="=", values=(version,))
    others = store.rows(["encoder"], where=to_expr(Not(inner=same)), limit=1)["encoder"].to_pylist()
    if not others:
        return None
    if not store.rows(["encoder"], where=to_expr(same), limit=1).num_rows:
        raise DataError(
            f"The catalogue's garments were encoded by {others[0]!r}, and the photo would be by {version!r}: "
            "they cannot be compared. Index the photos again: attire index PHOTOS --catalog DIR"
        )
    log.warning(
        "Some garments of the catalogue were encoded by %r, not %r, and are left out. Index them again.",
        others[0],
        version,
    )
    return same
