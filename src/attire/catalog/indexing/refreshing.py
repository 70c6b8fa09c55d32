"""What the user says of photos that need not be read again: prices and stock change, photos do not."""

from collections.abc import Container
from datetime import UTC
from typing import Any

import pyarrow as pa

from attire.catalog.own_columns import SaysOwn
from attire.catalog.store import Store

__all__ = ["refresh_own"]

_AT_ONCE = 50_000


def refresh_own(store: Store, photo_ids: Container[int], own: SaysOwn | None, source: str | None) -> int:
    """Write the user's columns, times and source of known photos anew, where they have changed.

    Args:
        store: The catalogue.
        photo_ids: The photos, as numbers.
        own: The user's table; what it does not speak of stays.
        source: Where they come from; None leaves what is said.

    Returns:
        Garments whose row was changed.
    """
    names = () if own is None else tuple(field.name for field in own.fields)
    if not names and source is None and (own is None or own.seen_at is None):
        return 0
    columns = ["garment_id", *names, "seen_at", "source"]
    changed: list[dict[str, Any]] = []
    done = 0
    for batch in store.batches(["photo_id", "photo_uri", *columns]):
        for row in batch.to_pylist():
            if int(row.pop("photo_id"), 16) not in photo_ids:
                continue
            wanted = _wanted(row, row.pop("photo_uri"), own, source)
            if wanted != row:
                changed.append(wanted)
    for start in range(0, len(changed), _AT_ONCE):
        some = changed[start : start + _AT_ONCE]
        schema = pa.schema([store.table.schema.field(name) for name in columns])
        store.update(pa.Table.from_pylist(some, schema=schema))
        done += len(some)
    return done


def _wanted(row: dict[str, Any], uri: str, own: SaysOwn | None, source: str | None) -> dict[str, Any]:
    wanted = dict(row) if source is None else {**row, "source": source}
    said = None if own is None else own.of(uri)
    if said is None:
        return wanted
    if said.seen_at is not None:
        wanted["seen_at"] = said.seen_at.astimezone(UTC).replace(tzinfo=None)
    return {**wanted, **said.values}
