"""What goes from stage to stage: groups of photos, pickled, one group a row of Ray's blocks."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from attire.catalog.indexing import Broken
from attire.catalog.indexing.fetching import PhotoBytes
from attire.catalog.own_columns import Own
from attire.catalog.sources import Photo
from attire.scale.indexing.spent import Spent

__all__ = ["Carried", "Errand", "Group", "ReadPhoto", "Same", "Written", "pack", "packed", "unpack"]

_COLUMN = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A photo that may have to be read."""

    photo: Photo
    digest: str | None
    """Of the bytes it had when it was read the same way; None if it was not, or is to be read anew."""
    known: bool
    """Whether the table may hold garments of it, which have to go when new ones come."""
    said: Own | None
    """What the user says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A photo with its bytes, on the way to a reader."""

    errand: Errand
    got: PhotoBytes


@dataclass(frozen=True, slots=True)
class Same:
    """A photo that has the bytes it had."""

    photo: Photo
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPhoto:
    """A photo that was read."""

    photo: Photo
    digest: str
    size: int
    """In bytes."""
    known: bool
    """As in :class:`Errand`."""
    garments: int
    rows: Sequence[dict[str, Any]] = ()
    """Its rows; none once they are in a fragment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Photos that go through a stage together."""

    ones: Sequence[Any]
    """Each of one of the kinds above: errands at first."""
    spent: Spent = field(default_factory=Spent)
    """So far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of some groups."""

    fragments: Sequence[str]
    """Files of rows, see :func:`attire.catalog.fragments.write_fragments`."""
    inside: Sequence[ReadPhoto]
    """Photos whose rows are in them, or that have none."""
    beside: Sequence[ReadPhoto]
    """Photos that the table may hold already: their rows are here."""
    others: Sequence[Same | Broken]
    spent: Spent


def packed(what: Group | Written) -> dict[str, bytes]:
    """Make a row of a block."""
    return {_COLUMN: pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)}


def pack(groups: Iterable[Group | Written]) -> pa.Table:
    """Make a block."""
    return pa.table({_COLUMN: pa.array([packed(one)[_COLUMN] for one in groups], pa.large_binary())})


def unpack(block: pa.Table) -> Iterator[Any]:
    """Give what is in a block, one by one."""
    for value in block.column(_COLUMN):
        yield pickle.loads(value.as_buffer())
