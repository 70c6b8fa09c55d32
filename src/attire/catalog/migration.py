"""Tables of older versions of Attire are brought up to date when they are opened."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import lancedb

from attire.catalog.committing import commit
from attire.catalog.connection import refresh
from attire.catalog.identity import Identity
from attire.catalog.row import SCHEMA_VERSION
from attire.errors import DataError

__all__ = ["KEY", "MARK", "STEPS", "is_key", "migrate"]

KEY = "garment_id"
"""Column that no two rows share: declared as the table's key, so that two writers cannot both add a row."""
MARK = "lance-schema:unenforced-primary-key"
"""What Lance writes beside the key's name."""
_ADDED_IN_1 = {"network_score": "score", "photo_look": "''"}
"""Columns that tables without a version may lack, and what stands in them for rows that are there."""


def _to_1(table: Any) -> None:
    """Tables that do not say their version: no key, and perhaps not yet all columns."""
    names = set(table.schema.names)
    missing = {name: said for name, said in _ADDED_IN_1.items() if name not in names}
    if missing:
        table.add_columns(missing)
    if not is_key(table):
        table.set_unenforced_primary_key(KEY)


STEPS: Mapping[int, Callable[[Any], None]] = {1: _to_1}
"""What brings a table from the version before to this one. A step may have been done in part, or be done by
two programs at once: it looks what is missing."""


def migrate(table: lancedb.Table, path: object) -> None:
    """Bring a table up to :data:`~attire.catalog.row.SCHEMA_VERSION`, one version after the other.

    Args:
        table: Open; nothing is done if it is up to date.
        path: Where it is, for messages.

    Raises:
        DataError: If a newer Attire made it.
    """
    version = Identity.of(table.schema).schema_version
    if version > SCHEMA_VERSION:
        raise DataError(
            f"{path}: the catalogue's columns have version {version}, this Attire knows up to "
            f"{SCHEMA_VERSION}. Upgrade: pip install --upgrade attire"
        )
    for target in range(version + 1, SCHEMA_VERSION + 1):
        _take(table, target)


def is_key(table: lancedb.Table) -> bool:
    """Whether the table knows that no two rows share an id."""
    said: Mapping[bytes, bytes] = table.schema.field(KEY).metadata or {}
    return any(name.startswith(MARK.encode()) for name in said)


def _take(table: lancedb.Table, target: int) -> None:
    def step() -> None:
        refresh(table)
        now = Identity.of(table.schema)
        if now.schema_version >= target:  # another program was faster
            return
        STEPS[target](table)
        done = replace(now, schema_version=target, table_id=now.table_id or uuid4().hex)
        table.to_lance().update_schema_metadata(done.to_metadata())
        refresh(table)

    commit(step)
