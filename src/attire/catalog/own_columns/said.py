"""What the user says of single photos, value by value, without a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self

import pyarrow as pa

from attire.catalog.own_columns.joining import Own
from attire.catalog.own_columns.types import TIME, as_times, fit_to, plain_column, proper_name
from attire.errors import DataError

__all__ = ["SaidOfPhotos", "SaysOwn"]


class SaysOwn(Protocol):
    """Says what the user's columns hold of a photo."""

    @property
    def fields(self) -> Sequence[pa.Field]:
        """Columns that the catalogue is to keep."""

    @property
    def seen_at(self) -> str | None:
        """What says when; None if nothing does."""

    def of(self, uri: str) -> Own | None:
        """Give what is said of a photo; None if nothing is."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SaidOfPhotos:
    """Values by photo; a column that is not named for a photo stays as it is."""

    fields: tuple[pa.Field, ...]
    seen_at: str | None
    said: Mapping[str, Own]
    """By the photo's URI."""

    @classmethod
    def of_values(
        cls,
        values: Mapping[str, Mapping[str, Any]],
        *,
        seen_at: Mapping[str, datetime] | None = None,
        have: Sequence[pa.Field] = (),
        called: str = "own",
    ) -> Self:
        """Take values as JSON has them: text, numbers, true, false and null, which says nothing.

        Args:
            values: Of each photo, by URI and column.
            seen_at: When garments were seen, by URI.
            have: The user's columns that the catalogue has already; times in them are given as text.
            called: What the values are called in messages.

        Raises:
            DataError: If a name is taken, or a column's values are of several kinds.

        Example:
            >>> said = SaidOfPhotos.of_values({"/a.jpg": {"price": 20}, "/b.jpg": {"price": 9.5}})
            >>> said.fields[0].type, said.of("/a.jpg").values
            (DataType(double), {'price': 20.0})
        """
        kinds = {one.name: one.type for one in have}
        names = dict.fromkeys(name for said in values.values() for name in said)
        kept: dict[str, dict[str, Any]] = {uri: {} for uri in (*values, *(seen_at or {}))}
        fields = []
        for name in names:
            column = _column(name, [said.get(name) for said in values.values()], kinds.get(name), called)
            fields.append(pa.field(proper_name(name, called), column.type))
            for uri, value in zip(values, column.to_pylist(), strict=True):
                if value is not None:
                    kept[uri][name] = value
        said_of = {
            uri: Own(values=own, seen_at=(seen_at or {}).get(uri))
            for uri, own in kept.items()
            if own or uri in (seen_at or {})
        }
        return cls(fields=tuple(fields), seen_at="seen_at" if seen_at else None, said=said_of)

    def of(self, uri: str) -> Own | None:
        """Give what is said of a photo; None if nothing is."""
        return self.said.get(uri)


def _column(name: str, values: Sequence[Any], kind: pa.DataType | None, called: str) -> pa.ChunkedArray:
    try:
        column = plain_column(name, pa.chunked_array([pa.array(values)]), called)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        raise DataError(
            f"{called}: column {name!r} holds values of several kinds, or too large ones. Make all of them "
            "text, numbers, or true and false."
        ) from None
    times = as_times(column) if kind == TIME else None
    return fit_to(column if times is None else times, kind)
