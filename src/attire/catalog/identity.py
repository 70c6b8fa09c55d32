"""What a table says of itself: version of its columns, what made its embeddings, which table it is."""

from dataclasses import dataclass
from typing import Self
from uuid import uuid4

import pyarrow as pa

from attire.catalog.row import SCHEMA_VERSION

__all__ = ["Identity"]

_VERSION, _ENCODER, _ID = b"attire.schema", b"attire.encoder", b"attire.id"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Kept in the metadata of the table's schema."""

    schema_version: int = SCHEMA_VERSION
    """Of the columns; 0 for tables that do not say."""
    encoder: str = ""
    """Version of what makes the embeddings; empty where that was not said when the table was begun."""
    table_id: str = ""
    """Made up when the table was begun: tells it from another one at the same place."""

    @classmethod
    def new(cls, encoder: str = "") -> Self:
        """Make the identity of a table that is begun now."""
        return cls(encoder=encoder, table_id=uuid4().hex)

    @classmethod
    def of(cls, schema: pa.Schema) -> Self:
        """Read it from a schema.

        Example:
            >>> Identity.of(pa.schema([])).schema_version
            0
            >>> Identity.of(pa.schema([], metadata=Identity(encoder="mine 2").to_metadata())).encoder
            'mine 2'
        """
        said = {key: value.decode() for key, value in (schema.metadata or {}).items()}
        version = said.get(_VERSION, "0")
        return cls(
            schema_version=int(version) if version.isdecimal() else 0,
            encoder=said.get(_ENCODER, ""),
            table_id=said.get(_ID, ""),
        )

    def to_metadata(self) -> dict[str, str | None]:
        """Give it as a schema's metadata holds it."""
        return {
            _VERSION.decode(): str(self.schema_version),
            _ENCODER.decode(): self.encoder,
            _ID.decode(): self.table_id,
        }
